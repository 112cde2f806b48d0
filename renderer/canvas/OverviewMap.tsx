import { Panel, useReactFlow, useStoreApi } from '@xyflow/react'
import { type PointerEvent, useEffect, useRef } from 'react'
import { categories } from '../nodes/categories'
import styles from './Canvas.module.css'
import { bounds, CARD, type Rectangle } from './geometry'
import type { CanvasNode } from './groups/canvasNodes'

const SIZE = { width: 152, height: 96 }
/** Pixels left free at the edge of the map. */
const ROOM = 8

/** How the map lies over the canvas: its scale, and the canvas point at its top left corner. */
interface Scale {
  x: number
  y: number
  zoom: number
}

type Flow = ReturnType<typeof useStoreApi<CanvasNode>>

/** The mini-map: the whole model in a corner, and what of it is seen. Drag in it to move the view. */
export function OverviewMap() {
  const flow = useReactFlow<CanvasNode>()
  const store = useStoreApi<CanvasNode>()
  const area = useRef<HTMLCanvasElement>(null)
  const scale = useRef<Scale>({ x: 0, y: 0, zoom: 1 })

  useEffect(() => {
    let frame = 0
    let timer = 0
    const draw = (): void => {
      frame = 0
      if (area.current) scale.current = drawMap(area.current, store)
    }
    // Once a frame, after it: the model itself is drawn first.
    const later = (): void => {
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        timer = window.setTimeout(draw)
      })
    }
    later()
    const theme = new MutationObserver(later)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const end = store.subscribe(later)
    return () => {
      end()
      theme.disconnect()
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
    }
  }, [store])

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons % 2 !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    const { x, y, zoom } = scale.current
    const place = { x: x + (event.clientX - box.left) / zoom, y: y + (event.clientY - box.top) / zoom }
    void flow.setCenter(place.x, place.y, { zoom: flow.getZoom() })
  }
  return (
    <Panel position="bottom-right" className={styles.map ?? ''}>
      <canvas
        ref={area}
        role="img"
        aria-label="Mini-map of the model"
        style={SIZE}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
      />
    </Panel>
  )
}

function drawMap(area: HTMLCanvasElement, store: Flow): Scale {
  const { nodeLookup, transform, width, height } = store.getState()
  const [left, top, zoom] = transform
  const seen: Rectangle = { x: -left / zoom, y: -top / zoom, width: width / zoom, height: height / zoom }
  const cards = [...nodeLookup.values()].map(({ internals, measured, data }) => ({
    ...internals.positionAbsolute,
    width: measured.width ?? CARD.width,
    height: measured.height ?? CARD.height,
    hue: 'category' in data ? categories[data.category].hue : data.hue,
    // What it holds, or what lies under it, is seen through it.
    isThin: 'category' in data ? data.ways !== null : !('inputs' in data),
  }))
  const around = bounds([...cards, seen]) ?? seen
  const fit = Math.min((SIZE.width - 2 * ROOM) / around.width, (SIZE.height - 2 * ROOM) / around.height)
  const scale: Scale = {
    zoom: fit,
    x: around.x + around.width / 2 - SIZE.width / 2 / fit,
    y: around.y + around.height / 2 - SIZE.height / 2 / fit,
  }
  const density = window.devicePixelRatio
  if (area.width !== SIZE.width * density) {
    area.width = SIZE.width * density
    area.height = SIZE.height * density
  }
  const pen = area.getContext('2d')
  if (!pen) return scale
  const style = getComputedStyle(area)
  const toMap = (one: Rectangle): [number, number, number, number] => [
    (one.x - scale.x) * fit,
    (one.y - scale.y) * fit,
    Math.max(1, one.width * fit),
    Math.max(1, one.height * fit),
  ]
  pen.setTransform(density, 0, 0, density, 0, 0)
  pen.clearRect(0, 0, SIZE.width, SIZE.height)
  // All cards of a colour in one stroke of the pen.
  for (const isThin of [true, false]) {
    pen.globalAlpha = isThin ? 0.35 : 1
    for (const hue of new Set(cards.map((card) => card.hue))) {
      pen.fillStyle = style.getPropertyValue(`--map-${hue}`)
      pen.beginPath()
      for (const card of cards) {
        if (card.hue === hue && card.isThin === isThin) pen.roundRect(...toMap(card), Math.min(2, 8 * fit))
      }
      pen.fill()
    }
  }
  pen.globalAlpha = 1
  // Everything but what is seen is veiled.
  pen.fillStyle = style.getPropertyValue('--map-mask')
  pen.beginPath()
  pen.rect(0, 0, SIZE.width, SIZE.height)
  pen.rect(...toMap(seen))
  pen.fill('evenodd')
  return scale
}
