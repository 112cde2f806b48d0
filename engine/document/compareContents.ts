import type { DocumentContent, GraphNode, Model, Wire } from './schema'

/** One field that differs, by its path from where the comparison began; undefined: absent on that side. */
export interface FieldChange {
  path: readonly string[]
  before: unknown
  after: unknown
}

export type NodeDifference =
  | { kind: 'added' | 'removed'; id: string; node: GraphNode }
  | {
      kind: 'changed'
      id: string
      before: GraphNode
      after: GraphNode
      /** Paths begin with the setting's key. */
      settings: readonly FieldChange[]
      renamed: boolean
      /** Put into another frame, or taken out of one. */
      reframed: boolean
      frozen: boolean
      bypassed: boolean
    }

/** A wire that only one side has, told with the nodes of that side. Its id says nothing: wires drawn anew are equal. */
export interface WireDifference {
  kind: 'added' | 'removed'
  wire: Wire
}

export type ModelDifference =
  | { kind: 'added' | 'removed'; model: Model }
  | {
      kind: 'changed'
      before: Model
      after: Model
      nodes: readonly NodeDifference[]
      wires: readonly WireDifference[]
      /** Nodes of both sides whose card stands elsewhere or has another size. */
      moved: readonly string[]
      /** Groups, notes and the like were added, removed or changed. */
      marks: boolean
    }

/** What differs between two states of a document. Empty lists and nulls: nothing. */
export interface ContentDifference {
  name: { before: string; after: string } | null
  data: readonly FieldChange[]
  training: readonly FieldChange[]
  /** In the order of `after`, removed ones last; models that are the same are left out. */
  models: readonly ModelDifference[]
  /** The models that both sides have stand in another order. */
  reordered: boolean
}

/**
 * What must happen to `before` to become `after`. Pure; nodes and models are matched by their ids, a node that became one of another
 * type counts as removed and added.
 */
export function compareContents(before: DocumentContent, after: DocumentContent): ContentDifference {
  const old = new Map(before.models.map((model) => [model.id, model]))
  const ids = new Set(after.models.map(({ id }) => id))
  const models = after.models.flatMap((model): ModelDifference[] => {
    const earlier = old.get(model.id)
    if (!earlier) return [{ kind: 'added', model }]
    const difference = compareModels(earlier, model, before, after)
    return difference ? [difference] : []
  })
  const removed = before.models.filter(({ id }) => !ids.has(id))
  const order = (list: readonly Model[], other: { has(id: string): boolean }) =>
    list.flatMap(({ id }) => (other.has(id) ? [id] : [])).join(' ')
  return {
    name: before.name === after.name ? null : { before: before.name, after: after.name },
    data: compareFields(before.data, after.data),
    training: compareFields(before.training, after.training),
    models: [...models, ...removed.map((model): ModelDifference => ({ kind: 'removed', model }))],
    reordered: order(before.models, ids) !== order(after.models, old),
  }
}

export function isNoDifference(difference: ContentDifference): boolean {
  const { name, data, training, models, reordered } = difference
  return name === null && data.length === 0 && training.length === 0 && models.length === 0 && !reordered
}

function compareModels(
  before: Model,
  after: Model,
  old: DocumentContent,
  now: DocumentContent,
): ModelDifference | null {
  const nodes = compareNodes(before, after)
  const wires = compareWires(before, after)
  const placesBefore = old.layout[before.id]
  const placesAfter = now.layout[after.id]
  const moved = Object.keys(after.nodes).filter((id) => {
    if (!Object.hasOwn(before.nodes, id)) return false
    return !isEqual(placesBefore?.nodes[id], placesAfter?.nodes[id])
  })
  const marks =
    !isEqual(placesBefore?.groups ?? {}, placesAfter?.groups ?? {}) ||
    !isEqual(placesBefore?.notes ?? {}, placesAfter?.notes ?? {})
  const same = before.name === after.name && nodes.length + wires.length + moved.length === 0 && !marks
  return same ? null : { kind: 'changed', before, after, nodes, wires, moved, marks }
}

function compareNodes(before: Model, after: Model): NodeDifference[] {
  const found: NodeDifference[] = []
  for (const [id, node] of Object.entries(after.nodes)) {
    const earlier = Object.hasOwn(before.nodes, id) ? before.nodes[id] : undefined
    if (!earlier || earlier.type !== node.type) {
      if (earlier) found.push({ kind: 'removed', id, node: earlier })
      found.push({ kind: 'added', id, node })
      continue
    }
    if (earlier === node) continue
    const difference: NodeDifference = {
      kind: 'changed',
      id,
      before: earlier,
      after: node,
      settings: compareFields(earlier.settings, node.settings, 1),
      renamed: (earlier.name ?? '') !== (node.name ?? ''),
      reframed: earlier.parent !== node.parent,
      frozen: (earlier.frozen ?? false) !== (node.frozen ?? false),
      bypassed: (earlier.bypassed ?? false) !== (node.bypassed ?? false),
    }
    const { settings, renamed, reframed, frozen, bypassed } = difference
    if (settings.length > 0 || renamed || reframed || frozen || bypassed) found.push(difference)
  }
  for (const [id, node] of Object.entries(before.nodes)) {
    if (!Object.hasOwn(after.nodes, id)) found.push({ kind: 'removed', id, node })
  }
  return found
}

function compareWires(before: Model, after: Model): WireDifference[] {
  const key = ({ from, to }: Wire) => `${from.node}.${from.port} ${to.node}.${to.port}`
  const wires = (model: Model) => new Map(Object.values(model.wires).map((wire) => [key(wire), wire]))
  const old = wires(before)
  const now = wires(after)
  const missing = (one: typeof old, other: typeof old, kind: WireDifference['kind']): WireDifference[] =>
    [...one].flatMap(([name, wire]) => (other.has(name) ? [] : [{ kind, wire }]))
  return [...missing(now, old, 'added'), ...missing(old, now, 'removed')]
}

/** Fields that differ, deep into groups of fields (`depth` levels at most), lists as a whole; sorted by path. */
export function compareFields(before: object, after: object, depth = 4, path: readonly string[] = []): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return keys.flatMap((key) => {
    const one: unknown = Object.hasOwn(before, key) ? Reflect.get(before, key) : undefined
    const other: unknown = Object.hasOwn(after, key) ? Reflect.get(after, key) : undefined
    if (isEqual(one, other)) return []
    const here = [...path, key]
    if (depth > 1 && isGroup(one) && isGroup(other)) return compareFields(one, other, depth - 1, here)
    return [{ path: here, before: one, after: other }]
  })
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of plain data; a field that is undefined is as good as absent. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isEqual(item, b[at]))
  if (!isGroup(a) || !isGroup(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => isEqual(own(a, key), own(b, key)))
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}
