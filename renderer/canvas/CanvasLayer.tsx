import { type ReactFlowState, useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * Drawn on the canvas, in its own coordinates, beside the cards. React Flow's `ViewportPortal` does the same, but looks through the whole
 * page for its place at every change of the view or of a card.
 */
export function CanvasLayer({ children }: { children: ReactNode }) {
  const layer = useStore(layerOf)
  return layer && createPortal(children, layer)
}

const layers = new WeakMap<HTMLElement, Element>()

function layerOf({ domNode }: ReactFlowState): Element | null {
  if (!domNode) return null
  const known = layers.get(domNode)
  if (known?.isConnected) return known
  const found = domNode.querySelector('.react-flow__viewport-portal')
  if (found) layers.set(domNode, found)
  return found
}
