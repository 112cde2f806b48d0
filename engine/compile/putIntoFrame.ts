import { applyEdits } from '../document/applyEdit'
import type { Edit } from '../document/edits'
import type { Position } from '../document/layoutSchema'
import type { Model, UnrollDocument } from '../document/schema'
import { nestingOf } from './frames'
import { nodeFacts } from './read'
import { insideOf, routeThroughWalls } from './route'

export interface Move {
  edits: Edit[]
  /** Wires that had to go, because a way in or out is taken by something else. */
  lost: string[]
}

/**
 * Puts nodes into a frame (null: outside all frames) and leads their wires along: what came from outside comes through the way in, what
 * went outside goes through the way out. A wire for which there is no such way is deleted. One act is made of the edits.
 * @param positions in the new place, from the frame's top left corner; `nodes` and `frame` must not hold each other
 */
export function putIntoFrame(
  document: UnrollDocument,
  model: Model,
  nodes: readonly string[],
  frame: string | null,
  positions: Record<string, Position>,
): Move {
  const edits: Edit[] = [{ kind: 'setParent', model: model.id, nodes: [...nodes], parent: frame, positions }]
  const lost: string[] = []
  let now = applyEdits(document, edits)
  const take = (more: Edit[]): void => {
    edits.push(...more)
    now = applyEdits(now, more)
  }
  for (const wire of Object.keys(model.wires).sort()) {
    const moved = now.models.find(({ id }) => id === model.id)
    const ends = moved?.wires[wire]
    if (!moved || !ends || !crosses(moved, ends.from, ends.to)) continue
    const removal: Edit = { kind: 'deleteWires', model: model.id, wires: [wire] }
    const factsOf = (id: string) => nodeFacts(moved, id, null)
    const bypass = sourceOfWayIn(moved, ends.from)
    const from = bypass ?? ends.from
    const route = routeThroughWalls(moved, nestingOf(moved), factsOf, from, ends.to, wire)
    if (!route) lost.push(wire)
    take([removal, ...(route ?? [])])
  }
  return { edits, lost }
}

type End = Model['wires'][string]['from']

function crosses(model: Model, from: End, to: End): boolean {
  const nesting = nestingOf(model)
  const factsOf = (id: string) => nodeFacts(model, id, null)
  return insideOf(factsOf, nesting, from, 'enter')[0] !== insideOf(factsOf, nesting, to, 'leave')[0]
}

/** A node that was taken out reads what its frame read; null: the end is no way in, or nothing comes in. */
function sourceOfWayIn(model: Model, { node, port }: End): End | null {
  const facts = nodeFacts(model, node, null)
  if (facts?.definition.frame?.enter.name !== port) return null
  const outer = facts.inputs[0]?.name
  const wire = Object.values(model.wires).find(({ to }) => to.node === node && to.port === outer)
  return wire ? wire.from : null
}
