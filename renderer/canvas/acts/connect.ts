import { levelOf, nestingOf } from '../../../engine/compile/frames'
import { freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Position } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { titleOf } from '../../nodes/nodeFacts'
import { type Layout, toFrame } from '../places'
import { type End, type Side, sameEnd } from './ends'

const title = (model: Model, id: string): string => {
  const node = model.nodes[id]
  return node ? titleOf(node) : id
}

/** Lays a wire; what was on that input goes away. */
export function connectAct(model: Model, from: End, to: End): Act {
  return {
    label: `Connect ${title(model, from.node)} to ${title(model, to.node)}`,
    edits: [{ kind: 'connect', model: model.id, wire: freshWireId(model), from, to }],
  }
}

/** Moves an end of a wire to another socket; null: it is there already. `moved`: the side that the moved end is on. */
export function moveWireAct(model: Model, wire: string, end: End, moved: Side): Act | null {
  const old = model.wires[wire]
  if (!old || sameEnd(moved === 'input' ? old.to : old.from, end)) return null
  const { from, to } = moved === 'input' ? { from: old.from, to: end } : { from: end, to: old.to }
  return {
    label: `Move wire to ${moved === 'input' ? '' : 'begin at '}${title(model, end.node)}`,
    edits: [
      { kind: 'deleteWires', model: model.id, wires: [wire] },
      { kind: 'connect', model: model.id, wire, from, to },
    ],
  }
}

/** Ways to make a moved wire fit, of the ways to lay a new one: what it led to before gets nothing any more. */
export function adaptersForMove(model: Model, wire: string, moved: Side, adapters: readonly Act[]): Act[] {
  // At the same input the new wire takes the place of the old one by itself.
  if (moved === 'output' || !(wire in model.wires)) return [...adapters]
  const removal: Edit = { kind: 'deleteWires', model: model.id, wires: [wire] }
  return adapters.map(({ label, edits }) => ({ label, edits: [removal, ...edits] }))
}

/** Takes a node that stands in the way of a wire into it: source → node → target. */
export function splitWire(model: Model, wire: string, node: { input: End; output: End }): Edit[] {
  const old = model.wires[wire]
  if (!old) return []
  const first = freshWireId(model)
  const second = freshWireId(model, [first])
  return [
    { kind: 'deleteWires', model: model.id, wires: [wire] },
    { kind: 'connect', model: model.id, wire: first, from: old.from, to: node.input },
    { kind: 'connect', model: model.id, wire: second, from: node.output, to: old.to },
  ]
}

/** Puts a node that is already on the canvas, and has no wires yet, into a wire; `place` is on the sheet. */
export function insertExistingAct(
  model: Model,
  layout: Layout,
  wire: string,
  node: { input: End; output: End },
  place: Position,
): Act {
  const id = node.input.node
  const nesting = nestingOf(model)
  const ends = model.wires[wire]
  const frame = ends ? levelOf(nesting, ends.from.node, ends.to.node) : null
  const { x, y } = toFrame(model, layout, frame, place)
  const positions = { [id]: { x, y } }
  const stays = (nesting.get(id) ?? null) === frame
  const moved: Edit = stays
    ? { kind: 'moveNodes', model: model.id, positions }
    : { kind: 'setParent', model: model.id, nodes: [id], parent: frame, positions }
  return {
    label: `Insert ${title(model, id)} into the wire`,
    edits: [moved, ...splitWire(model, wire, node)],
  }
}
