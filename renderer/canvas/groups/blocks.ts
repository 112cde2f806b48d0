import { framesAround, nestingOf } from '../../../engine/compile/frames'
import type { DataSummary } from '../../../engine/data/prepared'
import type { Group } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { nodeFacts } from '../../nodes/nodeFacts'
import type { End } from '../acts/ends'
import { isCollapsed, type Layout, withContent } from '../places'
import { groupCardId } from './canvasIds'

export type Groups = Readonly<Record<string, Group>>

/** Which group holds a node itself (not by a frame around it); null: none. */
export function groupOf(groups: Groups, node: string): string | null {
  for (const [id, { nodes }] of Object.entries(groups)) if (nodes.includes(node)) return id
  return null
}

const nobody: ReadonlyMap<string, string> = new Map()
const hiddenBy = new WeakMap<Groups, { model: Model; hidden: ReadonlyMap<string, string> }>()

/** Every node that a closed group hides, with that group; remembered while the model and its groups stay the same. */
export function hiddenNodes(model: Model, groups: Groups): ReadonlyMap<string, string> {
  const closed = Object.entries(groups).filter(([, group]) => group.closed === true)
  if (closed.length === 0) return nobody
  const known = hiddenBy.get(groups)
  if (known?.model === model) return known.hidden
  const hidden = new Map<string, string>()
  for (const [id, { nodes }] of closed) for (const node of withContent(model, nodes)) hidden.set(node, id)
  hiddenBy.set(groups, { model, hidden })
  return hidden
}

/** What is seen of a node: itself, the frame that hides it collapsed, or the card of the closed group; the outermost of them. */
export function shownAs(model: Model, layout: Layout, groups: Groups, node: string): string {
  const around = framesAround(nestingOf(model), node).reverse()
  for (const id of [...around, node]) {
    const group = groupOf(groups, id)
    if (group !== null && groups[group]?.closed === true) return groupCardId(group)
    if (id !== node && isCollapsed(layout, id)) return id
  }
  return node
}

/**
 * The sockets of a closed group: inputs that nothing inside feeds, and outputs that feed something outside or nothing yet, from the top
 * to the bottom as the nodes stand. Remembered while all this stays the same.
 */
export function blockEnds(model: Model, group: Group, layout: Layout, summary: DataSummary | null): BlockEnds {
  const known = endsOf.get(group)
  if (known && known.model === model && known.layout === layout && known.summary === summary) return known.ends
  const ends = findEnds(model, group, layout, summary)
  endsOf.set(group, { model, layout, summary, ends })
  return ends
}

interface BlockEnds {
  inputs: End[]
  outputs: End[]
}

const endsOf = new WeakMap<Group, { model: Model; layout: Layout; summary: DataSummary | null; ends: BlockEnds }>()

function findEnds(model: Model, group: Group, layout: Layout, summary: DataSummary | null): BlockEnds {
  const inside = new Set(group.nodes)
  const wires = Object.values(model.wires)
  const place = (node: string): { x: number; y: number } => layout[node] ?? { x: 0, y: 0 }
  const order = [...group.nodes].sort((a, b) => place(a).y - place(b).y || place(a).x - place(b).x)
  const inputs: End[] = []
  const outputs: End[] = []
  for (const node of order) {
    const facts = nodeFacts(model, node, summary)
    for (const { name } of facts?.inputs ?? []) {
      const feeding = wires.find(({ to }) => to.node === node && to.port === name)
      if (!feeding || !inside.has(feeding.from.node)) inputs.push({ node, port: name })
    }
    for (const { name } of facts?.outputs ?? []) {
      const fed = wires.filter(({ from }) => from.node === node && from.port === name)
      if (fed.length === 0 || fed.some(({ to }) => !inside.has(to.node))) outputs.push({ node, port: name })
    }
  }
  return { inputs, outputs }
}
