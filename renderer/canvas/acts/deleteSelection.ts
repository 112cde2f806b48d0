import { freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Model } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'
import { titleOf } from '../../nodes/nodeFacts'
import { isDot, withContent } from '../places'
import { type End, sameEnd } from './ends'

/** Deletes nodes (with their wires, save that those through reroute points are put back) and wires; null when there is nothing to delete. */
export function deleteAct(
  model: Model,
  nodes: readonly string[],
  wires: readonly string[],
  verb: 'Delete' | 'Cut' = 'Delete',
): Act | null {
  const plain = removal(model, nodes, wires, verb)
  const gone = withContent(model, nodes)
  const dots = new Set([...gone].filter((id) => isDot(model, id)))
  if (!plain || dots.size === 0) return plain
  const kept = {
    ...model,
    wires: Object.fromEntries(Object.entries(model.wires).filter(([id]) => !wires.includes(id))),
  }
  const stays = ({ from, to }: Bridge): boolean => !gone.has(from.node) && !gone.has(to.node)
  return { label: plain.label, edits: [...plain.edits, ...laid(model, bridges(kept, dots).filter(stays))] }
}

/** Deletes nodes with their wires, and wires. */
function removal(
  model: Model,
  nodes: readonly string[],
  wires: readonly string[],
  verb: 'Delete' | 'Cut' = 'Delete',
): Act | null {
  const there = nodes.filter((id) => id in model.nodes)
  const gone = new Set(there)
  const loose = wires.filter((id) => {
    const wire = model.wires[id]
    return wire && !gone.has(wire.from.node) && !gone.has(wire.to.node)
  })
  if (there.length === 0 && loose.length === 0) return null
  const edits: Edit[] = []
  if (loose.length > 0) edits.push({ kind: 'deleteWires', model: model.id, wires: loose })
  if (there.length > 0) edits.push({ kind: 'deleteNodes', model: model.id, nodes: there })
  return { label: `${verb} ${deletedWords(model, there, loose)}`, edits }
}

function deletedWords(model: Model, nodes: readonly string[], wires: readonly string[]): string {
  const only = nodes.length === 1 ? model.nodes[nodes[0] ?? ''] : undefined
  if (only) return titleOf(only)
  if (nodes.length > 1) return plural(nodes.length, 'node')
  return wires.length === 1 ? 'wire' : plural(wires.length, 'wire')
}

/**
 * Deletes nodes and closes the gap: what fed the first of them then feeds what the last of them fed. `fits` says whether a
 * wire may be laid; one that may not is left out.
 */
export function deleteAndReconnectAct(
  model: Model,
  nodes: readonly string[],
  fits: (from: End, to: End) => boolean,
): Act | null {
  const plain = removal(model, nodes, [])
  if (!plain) return null
  // What a deleted frame holds goes with it.
  const gone = withContent(model, nodes)
  const fitting = bridges(model, gone).filter(({ from, to }) => fits(from, to))
  return { label: `${plain.label} and reconnect`, edits: [...plain.edits, ...laid(model, fitting)] }
}

interface Bridge {
  from: End
  to: End
}

function laid(model: Model, bridges: readonly Bridge[]): Edit[] {
  const taken = new Set<string>()
  return bridges.map(({ from, to }) => {
    const wire = freshWireId(model, taken)
    taken.add(wire)
    return { kind: 'connect', model: model.id, wire, from, to }
  })
}

/** For every wire that leaves the deleted nodes: the outside port that its data came from, through their first inputs. */
function bridges(model: Model, gone: ReadonlySet<string>): Bridge[] {
  const found: Bridge[] = []
  for (const wire of Object.values(model.wires)) {
    if (!gone.has(wire.from.node) || gone.has(wire.to.node)) continue
    const from = sourceOutside(model, gone, wire.from.node)
    if (from && !found.some((one) => sameEnd(one.from, from) && sameEnd(one.to, wire.to))) {
      found.push({ from, to: wire.to })
    }
  }
  return found
}

function sourceOutside(model: Model, gone: ReadonlySet<string>, start: string): End | null {
  const seen = new Set<string>()
  let node = start
  while (!seen.has(node)) {
    seen.add(node)
    const into = Object.values(model.wires).find((wire) => wire.to.node === node)
    if (!into) return null
    if (!gone.has(into.from.node)) return into.from
    node = into.from.node
  }
  return null
}
