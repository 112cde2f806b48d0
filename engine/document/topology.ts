import type { Checked } from './diagnostic'
import { bad, good } from './diagnostic'
import type { Model, Wire } from './schema'

export interface IncomingWire {
  /** Id of the wire. */
  wire: string
  /** Output that the wire comes from. */
  from: { node: string; port: string }
  /** Input port of the node asked about. */
  port: string
}

/** Wires into `node`, sorted by port, then by wire id. */
export function incoming(model: Model, node: string): IncomingWire[] {
  return sortedWires(model.wires)
    .filter(([, wire]) => wire.to.node === node)
    .map(([id, wire]) => ({ wire: id, from: { node: wire.from.node, port: wire.from.port }, port: wire.to.port }))
    .sort((a, b) => compare(a.port, b.port))
}

/** What the user calls a node: its own name, else its id. Callers that know the node types pass a better one. */
export type TitleOf = (node: string) => string

/**
 * Node ids so that every wire leads forwards. Among nodes that could come next the smallest id comes first, so the order does
 * not depend on the order of keys in the file. A cycle gives the diagnostic `graph.cycle`, which names its nodes and offers to
 * delete one wire of it. Wires to nodes that do not exist, and wires between nodes that do not lie in the same frame (a frame's way in
 * and out among them), are passed over: so the order holds inside each frame, and among the nodes in none.
 */
export function topologicalOrder(model: Model, titleOf: TitleOf = (node) => ownName(model, node)): Checked<string[]> {
  const followers = edges(model)
  const waitsFor = new Map(Object.keys(model.nodes).map((node) => [node, 0]))
  for (const targets of followers.values()) {
    for (const { node } of targets) waitsFor.set(node, (waitsFor.get(node) ?? 0) + 1)
  }
  const ready = [...waitsFor].filter(([, count]) => count === 0).map(([node]) => node)
  ready.sort(descending)
  const order: string[] = []
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node)
    for (const { node: next } of followers.get(node) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1
      waitsFor.set(next, left)
      if (left === 0) insertDescending(ready, next)
    }
  }
  if (order.length === waitsFor.size) return good(order)
  const done = new Set(order)
  return cycleDiagnostic(
    model,
    followers,
    [...waitsFor.keys()].filter((node) => !done.has(node)),
    titleOf,
  )
}

/** Would a wire from `from` to `to` close a circle? A frame and what it holds never do: its ways in and out are ends. */
export function wouldMakeCycle(model: Model, from: string, to: string): boolean {
  const followers = edges(model)
  const seen = new Set<string>([to])
  const left = [to]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node === from) return true
    for (const { node: next } of followers.get(node) ?? []) {
      if (!seen.has(next)) {
        seen.add(next)
        left.push(next)
      }
    }
  }
  return false
}

/** By wires between nodes that lie in the same frame, or in none. */
type Followers = Map<string, { node: string; wire: string }[]>

function edges(model: Model): Followers {
  const followers: Followers = new Map()
  const frames = new Map(Object.entries(model.nodes).map(([id, { parent }]) => [id, parent ?? null]))
  for (const [id, wire] of sortedWires(model.wires)) {
    const frame = frames.get(wire.from.node)
    if (frame === undefined || frame !== frames.get(wire.to.node)) continue
    const list = followers.get(wire.from.node)
    const edge = { node: wire.to.node, wire: id }
    if (list) list.push(edge)
    else followers.set(wire.from.node, [edge])
  }
  return followers
}

/** Walks backwards-proof: every node left over waits for another one left over, so following waiters must meet itself. */
function cycleDiagnostic(model: Model, followers: Followers, left: string[], titleOf: TitleOf): Checked<string[]> {
  const inside = new Set(left)
  const waitsOn = new Map<string, { node: string; wire: string }>()
  for (const [from, targets] of followers) {
    if (!inside.has(from)) continue
    for (const { node, wire } of targets)
      if (inside.has(node) && !waitsOn.has(node)) waitsOn.set(node, { node: from, wire })
  }
  const path: string[] = []
  let node = left.sort(compare)[0] ?? ''
  while (!path.includes(node)) {
    path.push(node)
    node = waitsOn.get(node)?.node ?? node
  }
  const circle = path.slice(path.indexOf(node)).reverse()
  const first = circle.reduce((least, id) => (compare(id, least) < 0 ? id : least))
  const turned = [...circle.slice(circle.indexOf(first)), ...circle.slice(0, circle.indexOf(first))]
  const closing = waitsOn.get(first)
  const names = [...turned, first].map((id) => `“${titleOf(id)}”`)
  return bad({
    code: 'graph.cycle',
    severity: 'error',
    message: `These nodes feed each other in a circle: ${names.join(' → ')}. Delete one of the wires between them.`,
    place: { kind: 'node', model: model.id, node: first },
    ...(closing
      ? {
          fix: {
            label: `Delete the wire from “${titleOf(closing.node)}” to “${titleOf(first)}”`,
            edits: [{ kind: 'deleteWires' as const, model: model.id, wires: [closing.wire] }],
          },
        }
      : {}),
  })
}

function ownName(model: Model, node: string): string {
  return model.nodes[node]?.name || node
}

/** Wires are never changed in place, and most edits leave them all as they are. */
const remembered = new WeakMap<Model['wires'], readonly (readonly [string, Wire])[]>()

/** In the order of their ids, which does not depend on the order of keys in the file. */
export function sortedWires(wires: Model['wires']): readonly (readonly [string, Wire])[] {
  const known = remembered.get(wires)
  if (known) return known
  const sorted = Object.entries(wires).sort(([a], [b]) => compare(a, b))
  remembered.set(wires, sorted)
  return sorted
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function descending(a: string, b: string): number {
  return compare(b, a)
}

function insertDescending(list: string[], id: string): void {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(list[middle] ?? '', id) > 0) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, id)
}
