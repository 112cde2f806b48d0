import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { positions, rectangleOf } from './editing'
import type { CardNode, WireEdge } from './flow'
import { bounds, CARD } from './geometry'
import { type CanvasPort, canvasView } from './view'

const DURATION = 180
const ROOM = 16

/** Milliseconds a movement of the view takes: none for those who asked for little motion. */
function duration(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : DURATION
}

/** Offers the canvas to other parts, fits a newly opened document into view and brings into view what they ask for. */
export function useCanvasPort(canvas: React.RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<CardNode, WireEdge>()
  const store = useStoreApi()
  const loads = useDocument((state) => state.loads)
  const model = useDocument((state) => state.activeModel)
  const reveal = useSelection((selection) => selection.reveal)
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
        const wanted = nodes ? { nodes: nodes.map((id) => ({ id })) } : {}
        void flow.fitView({ padding: `${ROOM}px`, maxZoom: 1, duration: duration(), ...wanted })
      },
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
          },
        })
      },
      focusNode(node) {
        element
          .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`)
          ?.focus({ preventScroll: true })
      },
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
    void flow.fitView({ padding: `${ROOM}px`, maxZoom: 1 })
  }, [flow, loads, model])

  useEffect(() => {
    const around = bounds(reveal.nodes.filter((id) => id in positions()).map(rectangleOf))
    if (!around) return
    const { transform, width, height } = store.getState()
    const [x, y, zoom] = transform
    const left = around.x * zoom + x
    const top = around.y * zoom + y
    const seen = left >= 0 && top >= 0 && left + around.width * zoom <= width && top + around.height * zoom <= height
    if (!seen) {
      const middle = { x: around.x + around.width / 2, y: around.y + around.height / 2 }
      void flow.setCenter(middle.x, middle.y, { zoom, duration: duration() })
    }
  }, [flow, store, reveal])
}
