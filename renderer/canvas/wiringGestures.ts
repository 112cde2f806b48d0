import type { Connection, FinalConnectionState, OnConnectStartParams } from '@xyflow/react'
import type { Position } from '../../engine/document/layoutSchema'
import { nodeFacts } from '../nodes/nodeFacts'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import type { Joint } from './acts/addNode'
import { adaptersForMove, moveWireAct } from './acts/connect'
import { type End, endKey, type Side, sameEnd } from './acts/ends'
import { connect, currentContext, deleteWire, positions } from './editing'
import { CARD } from './geometry'
import { blockEnds } from './groups/blocks'
import { endOfHandle, readCanvasId } from './groups/canvasIds'
import { currentGroups } from './groups/currentGroups'
import { canvasView, type Wiring } from './view'
import { carriedKind, endOnCard, fittingEnds, judge, takenKinds } from './wiring'

/** Pixels from the top left corner of the canvas that `element` lies in. */
export function pointIn(element: Element, client: { x: number; y: number }): Position {
  const box = (element.closest('.react-flow') ?? element).getBoundingClientRect()
  return { x: client.x - box.left, y: client.y - box.top }
}

function begin(start: End, side: Side, options: { moved: string | null; clicking: boolean }): void {
  const fits = fittingEnds(currentContext(), start, side)
  canvasView.set({ wiring: { start, side, fits, ...options }, hovered: null, refusal: null, search: null })
}

/** A socket was clicked, or Enter pressed on it: begins a wire, or ends the one that was begun so. */
export function clickSocket(end: End, side: Side, element: Element): void {
  const { wiring } = canvasView.get()
  if (!wiring?.clicking) {
    begin(end, side, { moved: null, clicking: true })
    const title = nodeFacts(currentContext().model, end.node, null)?.title ?? end.node
    useDocument.getState().announce(`Choose where ${title} connects to. Escape cancels.`)
    return
  }
  canvasView.set({ wiring: null })
  if (wiring.start.node === end.node) return
  if (wiring.side === side) {
    begin(end, side, { moved: null, clicking: true })
    return
  }
  const box = element.getBoundingClientRect()
  join(wiring, end, pointIn(element, { x: box.left + box.width / 2, y: box.bottom }))
}

/** A card was clicked while a wire is laid by clicking: it goes to the card's best socket. False: no such wire. */
export function clickCard(node: string, element: Element): boolean {
  const { wiring } = canvasView.get()
  if (!wiring?.clicking) return false
  const end = node === wiring.start.node ? null : bestEnd(wiring, node)
  if (end) clickSocket(end, wiring.side === 'output' ? 'input' : 'output', element)
  else canvasView.set({ wiring: null })
  return true
}

/** Where a wire goes that is let go anywhere on a card: to its best socket; null: it has none. */
function bestEnd(wiring: Wiring, card: string): End | null {
  const context = currentContext()
  const { kind, id } = readCanvasId(card)
  if (kind === 'node') return endOnCard(context, wiring.start, wiring.side, card, wiring.fits)
  const group = kind === 'group' ? currentGroups()[id] : undefined
  if (group?.closed !== true) return null
  const { inputs, outputs } = blockEnds(context.model, group, positions(), context.summary)
  const ends = wiring.side === 'output' ? inputs : outputs
  return ends.find((end) => wiring.fits.has(endKey(end))) ?? ends.find(({ node }) => node !== wiring.start.node) ?? null
}

/** Lays the wire or says in a small window why not. */
function join(wiring: Pick<Wiring, 'start' | 'side'>, other: End, at: Position): void {
  const [from, to] = wiring.side === 'output' ? [wiring.start, other] : [other, wiring.start]
  const judgement = connect(from, to)
  if (!judgement.ok) refuse(at, judgement)
}

function refuse(at: Position, { message, adapters }: Extract<ReturnType<typeof judge>, { ok: false }>): void {
  canvasView.set({ refusal: { at, message, adapters } })
  useDocument.getState().announce(message)
}

/** Where a node goes whose socket is to be at the pointer. */
function placeFor(side: Side, pointer: Position): Position {
  return { x: side === 'output' ? pointer.x + 8 : pointer.x - CARD.width - 8, y: pointer.y - 28 }
}

function jointFor({ start, side }: Pick<Wiring, 'start' | 'side'>): Joint {
  const context = currentContext()
  return side === 'output'
    ? { kind: 'after', from: start, carries: carriedKind(context, start) }
    : { kind: 'before', to: start, takes: takenKinds(context, start) }
}

/** React Flow's callbacks while a wire is dragged. */
export const dragging = {
  start(params: OnConnectStartParams): void {
    if (params.nodeId === null || params.handleId === null) return
    const start = endOfHandle(params.nodeId, params.handleId)
    begin(start, params.handleType === 'target' ? 'input' : 'output', { moved: taken, clicking: false })
    taken = null
    window.addEventListener('keydown', cancelByKey, true)
  },
  fits({ source, sourceHandle, target, targetHandle }: Pick<Connection, 'source' | 'target'> & HandleIds): boolean {
    const { wiring } = canvasView.get()
    const other = wiring?.side === 'input' ? { node: source, port: sourceHandle } : { node: target, port: targetHandle }
    return wiring?.fits.has(endKey(endOfHandle(other.node, other.port ?? ''))) ?? false
  },
  /** The wire was let go; `toFlow` turns window pixels into canvas pixels. */
  end(event: MouseEvent | TouchEvent, state: FinalConnectionState, toFlow: (client: Position) => Position): void {
    const { wiring } = canvasView.get()
    const point = 'clientX' in event ? event : event.changedTouches[0]
    // Asked before anything changes: otherwise the browser works out the whole page once more to answer.
    const target = event.target instanceof Element ? elementAt(point, event.target) : null
    const at = target && point ? pointIn(target, { x: point.clientX, y: point.clientY }) : null
    canvasView.set({ wiring: null })
    window.removeEventListener('keydown', cancelByKey, true)
    if (!wiring || !point || !target || !at) return
    const client = { x: point.clientX, y: point.clientY }
    const other = droppedOn(wiring, state, target)
    if (other) {
      settle(wiring, other, at)
    } else if (target.closest('.react-flow__pane')) {
      if (wiring.moved !== null) deleteWire(wiring.moved)
      else {
        const place = placeFor(wiring.side, toFlow(client))
        canvasView.set({ search: { at, place, joint: jointFor(wiring) } })
      }
    }
  },
}

interface HandleIds {
  sourceHandle?: string | null
  targetHandle?: string | null
}

/** Escape while a wire is drawn: everything is as it was before. */
function cancelByKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  event.preventDefault()
  event.stopPropagation()
  canvasView.set({ wiring: null })
  // React Flow ends a connection when the button is let go; without a wire in the view nothing comes of it.
  document.dispatchEvent(new window.MouseEvent('mouseup', { bubbles: true }))
}

/** The wire whose end is about to be moved: the socket at its other end is pressed, and the drag has not begun yet. */
let taken: string | null = null

/**
 * The pointer went down on a socket that has a wire: if it moves on, that end of the wire is moved. Of several that begin there it is
 * the one that is selected, else the newest. False: there is none.
 */
export function grabSocket(end: End, side: Side, client: Client): boolean {
  if (taken !== null) return false
  const { model } = currentContext()
  const selected = useSelection.getState().wires
  const there = Object.entries(model.wires)
    .filter(([, { from, to }]) => sameEnd(side === 'input' ? to : from, end))
    .map(([id]) => id)
  const id = there.find((wire) => selected.includes(wire)) ?? there.at(-1)
  return id !== undefined && grabEnd(id, side, client)
}

interface Client {
  clientX: number
  clientY: number
}

/**
 * Takes hold of the end of a wire on this side: if the pointer moves on, the wire is drawn anew from its other end. False: that one
 * cannot be seen.
 */
export function grabEnd(wire: string, moved: Side, { clientX, clientY }: Client): boolean {
  const ends = currentContext().model.wires[wire]
  const [fixed, kind] = moved === 'input' ? [ends?.from, 'source'] : [ends?.to, 'target']
  const socket = fixed && document.querySelector(`.react-flow__handle.${kind}[data-end="${CSS.escape(endKey(fixed))}"]`)
  if (!socket) return false
  taken = wire
  window.addEventListener(
    'mouseup',
    () => {
      taken = null
    },
    { once: true },
  )
  socket.dispatchEvent(new window.MouseEvent('mousedown', { bubbles: true, button: 0, clientX, clientY }))
  return true
}

/** Pixels that the pointer moves before a pressed wire counts as dragged. */
const DRAG = 4

/** The pointer went down on a wire near its end: once it moves that end goes along. */
export function pressWire(wire: string, moved: Side, { clientX, clientY }: Client): void {
  const move = (event: MouseEvent): void => {
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < DRAG) return
    stop()
    grabEnd(wire, moved, event)
  }
  const stop = (): void => {
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', stop)
  }
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', stop)
}

/** On a touch screen the event's target stays where the finger went down. */
function elementAt(point: { clientX: number; clientY: number } | undefined, fallback: Element): Element {
  return (point && document.elementFromPoint(point.clientX, point.clientY)) ?? fallback
}

/** The socket a wire was dropped on: the one under the pointer, or the best one of the card there. */
function droppedOn(wiring: Wiring, state: FinalConnectionState, target: Element): End | null {
  const handle = state.toHandle
  const wanted = wiring.side === 'output' ? 'target' : 'source'
  if (handle?.id && handle.type === wanted) {
    const end = endOfHandle(handle.nodeId, handle.id)
    if (end.node !== wiring.start.node) return end
  }
  const card = target.closest('.react-flow__node')?.getAttribute('data-id')
  if (!card || card === wiring.start.node) return null
  return bestEnd(wiring, card)
}

function settle(wiring: Wiring, other: End, at: Position): void {
  if (wiring.moved === null) {
    join(wiring, other, at)
    return
  }
  const context = currentContext()
  const moved = wiring.side === 'output' ? 'input' : 'output'
  const judgement = judge(context, wiring.start, wiring.side, other)
  if (!judgement.ok) {
    refuse(at, { ...judgement, adapters: adaptersForMove(context.model, wiring.moved, moved, judgement.adapters) })
    return
  }
  const act = moveWireAct(context.model, wiring.moved, other, moved)
  if (act) useDocument.getState().apply(act)
}
