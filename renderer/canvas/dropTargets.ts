import type { DataSummary } from '../../engine/data/prepared'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { nodeFacts } from '../nodes/nodeFacts'
import { type Joint, jointPorts } from './acts/addNode'
import { type End, type Side, sameEnd } from './acts/ends'
import { positions, rectangleOf } from './editing'
import { CARD, DOT, type Rectangle, SOCKET, socketRow, type WireEnds, wireAt } from './geometry'
import { blockEnds, hiddenNodes } from './groups/blocks'
import { currentGroups } from './groups/currentGroups'
import { blockRectangle, blockRow } from './groups/groupPlaces'
import { FRAME, isDot } from './places'
import { carriedKind, judge, type WiringContext } from './wiring'

/** Canvas pixels within which the middle of a card takes a wire. */
const REACH = 28

/** Where the wires of the model lie, from what was settled last (not from what is being dragged). */
export function wireEndsOf({ model, summary }: WiringContext): Record<string, WireEnds> {
  const ends: Record<string, WireEnds> = {}
  const hidden = hiddenNodes(model, currentGroups())
  const place = (end: End, side: Side): Position | null => {
    const group = hidden.get(end.node)
    return group === undefined ? socketPlace(model, summary, end, side) : blockSocket(model, summary, group, end, side)
  }
  for (const [id, { from, to }] of Object.entries(model.wires)) {
    const [start, end] = [place(from, 'output'), place(to, 'input')]
    if (start && end) ends[id] = { from: start, to: end }
  }
  return ends
}

/** Where a closed group has the socket of one of its ends; null for an end that only wires inside have. */
function blockSocket(model: Model, summary: DataSummary | null, id: string, end: End, side: Side): Position | null {
  const group = currentGroups()[id]
  if (!group) return null
  const { inputs, outputs } = blockEnds(model, group, positions(), summary)
  const row = (side === 'input' ? inputs : outputs).findIndex((one) => sameEnd(one, end))
  const box = blockRectangle(group.nodes.map(rectangleOf), Math.max(inputs.length, outputs.length))
  if (row < 0 || !box) return null
  return { x: side === 'output' ? box.x + box.width : box.x, y: box.y + blockRow(row) }
}

function socketPlace(model: Model, summary: DataSummary | null, { node, port }: End, side: Side): Position {
  const { x, y, width } = rectangleOf(node)
  if (isDot(model, node)) return { x: x + DOT.width / 2, y: y + DOT.height / 2 }
  const facts = nodeFacts(model, node, summary)
  if (facts?.ways?.enter.name === port) return { x: x + FRAME.wall, y: y + FRAME.way }
  if (facts?.ways?.leave.name === port) return { x: x + width - FRAME.wall, y: y + FRAME.way }
  const specs = (side === 'output' ? facts?.outputs : facts?.inputs) ?? []
  const row = Math.max(
    0,
    specs.findIndex(({ name }) => name === port),
  )
  return { x: side === 'output' ? x + width : x, y: y + socketRow(row) }
}

/** From the top of a card to the middle of its first row, or of a dot. */
export function headHeight(model: Model, node: string): number {
  return isDot(model, node) ? DOT.height / 2 : SOCKET.first
}

/** The wire that a new node of this type would be put into if it were dropped with its card at `place`. */
export function wireForNew(context: WiringContext, definition: AnyNodeDefinition, place: Position): Joint | null {
  const joint = wireUnder(context, { x: place.x + CARD.width / 2, y: place.y + SOCKET.first })
  return joint && jointPorts(definition, joint, context.summary) ? joint : null
}

/** The wire near a point, to put something into. */
export function wireUnder(context: WiringContext, point: Position): Joint | null {
  const wire = wireAt(point, wireEndsOf(context), REACH)
  const from = wire === null ? undefined : context.model.wires[wire]?.from
  return wire === null || !from ? null : { kind: 'into', wire, carries: carriedKind(context, from) }
}

/** The wire that a node on the canvas, still without wires, would be put into, and its two sockets that would be used. */
export function wireForExisting(
  context: WiringContext,
  node: string,
  card: Rectangle,
): { wire: string; input: End; output: End } | null {
  const { model, summary } = context
  if (Object.values(model.wires).some(({ from, to }) => from.node === node || to.node === node)) return null
  const wire = wireAt({ x: card.x + card.width / 2, y: card.y + headHeight(model, node) }, wireEndsOf(context), REACH)
  const old = wire === null ? undefined : model.wires[wire]
  const facts = nodeFacts(model, node, summary)
  if (wire === null || !old || !facts) return null
  const input = facts.inputs
    .map(({ name }) => ({ node, port: name }))
    .find((end) => judge(context, old.from, 'output', end).ok)
  const [first] = facts.outputs
  return input && first ? { wire, input, output: { node, port: first.name } } : null
}
