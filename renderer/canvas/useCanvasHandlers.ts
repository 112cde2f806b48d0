import { type FinalConnectionState, type OnConnectStartParams, useReactFlow } from '@xyflow/react'
import { type DragEvent, type MouseEvent as ReactMouseEvent, type RefObject, useMemo } from 'react'
import type { Position } from '../../engine/document/layoutSchema'
import { useSelection } from '../state/selection'
import { openMenu } from './CanvasMenu'
import { CARD } from './geometry'
import { readCanvasId } from './groups/canvasIds'
import type { CanvasNode } from './groups/canvasNodes'
import { inMotion } from './motion'
import { dragOverCanvas, dropOnCanvas, leaveCanvas } from './paletteDrop'
import { canvasView, type MenuTarget } from './view'
import { clickCard, dragging, pointIn } from './wiringGestures'

/** What the menu of an element of the canvas is about. */
function menuTarget(card: string): MenuTarget {
  const { kind, id } = readCanvasId(card)
  if (kind === 'group') return { kind, group: id }
  return kind === 'note' ? { kind, note: id } : { kind, node: id }
}

interface Client {
  clientX: number
  clientY: number
}

/** What the canvas answers to the pointer. The same functions for as long as it is there, so that drawing one card draws no other. */
export function useCanvasHandlers(section: RefObject<HTMLElement | null>) {
  const flow = useReactFlow<CanvasNode>()
  return useMemo(() => {
    const toFlow = (client: Position): Position => flow.screenToFlowPosition(client, { snapToGrid: false })
    const place = ({ clientX, clientY }: Client): Position => toFlow({ x: clientX, y: clientY })
    const at = ({ clientX, clientY }: Client): Position =>
      section.current ? pointIn(section.current, { x: clientX, y: clientY }) : { x: 0, y: 0 }
    return {
      section: {
        onDoubleClick(event: ReactMouseEvent): void {
          if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return
          const { x, y } = place(event)
          canvasView.set({
            search: { at: at(event), place: { x: x - CARD.width / 2, y: y - CARD.height / 2 }, joint: null },
          })
        },
        onDragOver: (event: DragEvent): void => dragOverCanvas(event, toFlow),
        onDragLeave: leaveCanvas,
        onDrop: (event: DragEvent): void => dropOnCanvas(event, toFlow),
      },
      flow: {
        onConnectStart: (_event: unknown, params: OnConnectStartParams): void => dragging.start(params),
        onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState): void =>
          dragging.end(event, state, toFlow),
        // React Flow wants to know that connections are answered; `onConnectEnd` does it once, when the wire is let go.
        onConnect: (): void => {},
        isValidConnection: dragging.fits,
        onNodeClick(event: ReactMouseEvent, node: CanvasNode): void {
          if (clickCard(node.id, event.currentTarget)) return
          const { kind, id } = readCanvasId(node.id)
          const { groups, select } = useSelection.getState()
          // A node of a group that was chosen by its head is taken alone, as it would be had another one been chosen before.
          const alone = !event.shiftKey && !event.ctrlKey && !event.metaKey
          if (kind === 'node' && alone && groups.length > 0) select({ nodes: [id] })
        },
        onNodeContextMenu(event: ReactMouseEvent, node: CanvasNode): void {
          event.preventDefault()
          openMenu(at(event), menuTarget(node.id))
        },
        onPaneContextMenu(event: ReactMouseEvent | MouseEvent): void {
          event.preventDefault()
          openMenu(at(event), { kind: 'canvas', place: place(event) })
        },
        onPaneClick(): void {
          // Wires are none of React Flow's, so it would leave them selected.
          if (!canvasView.close()) useSelection.getState().clear()
        },
        onMoveStart(event: MouseEvent | TouchEvent | null): void {
          inMotion(section.current, true)
          // The view also moves by itself, to show what was added last: what was opened meanwhile stays.
          if (!event) return
          const { search, refusal, menu } = canvasView.get()
          if (search || refusal || menu) canvasView.set({ search: null, refusal: null, menu: null })
        },
        onMoveEnd: (): void => inMotion(section.current, false),
      },
    }
  }, [flow, section])
}
