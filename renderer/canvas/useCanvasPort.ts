import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { hasLessMotion } from '../theme/motion'
import { positions } from './editing'
import { bounds, CARD, moveInto } from './geometry'
import { gliding } from './glide'
import type { CanvasNode } from './groups/canvasNodes'
import { isNoteCard, rectangleOfCard, shownNow } from './groups/groupEditing'
import { type CanvasPort, canvasView } from './view'

const DURATION = 180
/** Room around a model that was fitted into view; more at the sides, where wires turn around. */
const ROOM = { x: '32px', y: '24px' } as const

/** Milliseconds a movement of the view takes: none for those who asked for little motion. */
function duration(): number {
  return hasLessMotion() ? 0 : DURATION
}

/** Offers the canvas to other parts, fits a newly opened document into view and brings into view what they ask for. */
export function useCanvasPort(canvas: React.RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<CanvasNode>()
  const store = useStoreApi()
  const loads = useDocument((state) => state.loads)
  const model = useDocument((state) => state.activeModel)
  const reveal = useSelection((selection) => selection.reveal)
  // Wishes from before the canvas was there are none of its business.
  const heard = useRef(reveal.count)
  const pointer = useRef<{ x: number; y: number } | null>(null)

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const follow = (event: PointerEvent): void => {
      pointer.current = { x: event.clientX, y: event.clientY }
    }
    const forget = (): void => {
      pointer.current = null
    }
    const middleOnScreen = (): { x: number; y: number } => {
      const box = element.getBoundingClientRect()
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    }
    const port: CanvasPort = {
      middle: () => flow.screenToFlowPosition(middleOnScreen(), { snapToGrid: false }),
      toPlace(at) {
        const box = element.getBoundingClientRect()
        return flow.screenToFlowPosition({ x: box.left + at.x, y: box.top + at.y }, { snapToGrid: false })
      },
      fit(nodes) {
        const wanted = nodes ? { nodes: [...new Set(nodes.map(shownNow))].map((id) => ({ id })) } : {}
        void flow.fitView({ padding: ROOM, maxZoom: 1, duration: duration(), ...wanted })
      },
      glide: (act) => gliding(element, act),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      openSearch() {
        const box = element.getBoundingClientRect()
        const screen = pointer.current ?? { x: box.left + box.width / 2, y: box.top + box.height / 3 }
        const place = flow.screenToFlowPosition(screen, { snapToGrid: false })
        canvasView.set({
          search: {
            at: { x: screen.x - box.left, y: screen.y - box.top },
            place: { x: place.x - CARD.width / 2, y: place.y - CARD.height / 2 },
            joint: null,
            behindSelected: pointer.current === null,
          },
        })
      },
      focusCanvas: () => element.focus({ preventScroll: true }),
    }
    canvasView.set({ port })
    element.addEventListener('pointermove', follow)
    element.addEventListener('pointerleave', forget)
    return () => {
      canvasView.set({ port: null, wiring: null, search: null, refusal: null, menu: null, hovered: null })
      element.removeEventListener('pointermove', follow)
      element.removeEventListener('pointerleave', forget)
    }
  }, [canvas, flow])

  // biome-ignore lint/correctness/useExhaustiveDependencies: fits again when another document or model is on the canvas
  useEffect(() => {
    void flow.fitView({ padding: ROOM, maxZoom: 1 })
  }, [flow, loads, model])

  useEffect(() => {
    if (reveal.count === heard.current) return
    heard.current = reveal.count
    const [first] = reveal.nodes
    const end = first === undefined ? () => {} : focusCard(canvas.current, shownNow(first))
    const around = bounds(reveal.nodes.filter((id) => id in positions() || isNoteCard(id)).map(rectangleOfCard))
    if (!around) return end
    const { transform, width, height } = store.getState()
    const [x, y, zoom] = transform
    const move = moveInto(
      { x: around.x * zoom + x, y: around.y * zoom + y, width: around.width * zoom, height: around.height * zoom },
      { width, height },
    )
    if (move.x !== 0 || move.y !== 0) {
      void flow.setViewport({ x: x + move.x, y: y + move.y, zoom }, { duration: duration() })
    }
    return end
  }, [canvas, flow, store, reveal])
}

/** Frames that a new card may take until it is drawn. */
const PATIENCE = 20

/**
 * Gives the card the keyboard as soon as it is drawn, unless another part of the window has it (the palette, the problems list).
 * Returns what stops the waiting.
 */
function focusCard(canvas: HTMLElement | null, node: string): () => void {
  let frames = 0
  let frame = 0
  const look = (): void => {
    const active = document.activeElement
    if (!canvas || (active && active !== document.body && !canvas.contains(active))) return
    const card = canvas.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`)
    // A field in the card has it already.
    if (card?.contains(active)) return
    if (card && card.style.visibility !== 'hidden') card.focus({ preventScroll: true })
    else if (frames++ < PATIENCE) frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}
