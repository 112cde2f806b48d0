import type { Model, Wire } from '../document/schema'
import type { End } from './graph'

/** By node, in the order of the file. */
interface Wired {
  into: ReadonlyMap<string, readonly Wire[]>
  outOf: ReadonlyMap<string, readonly Wire[]>
}

/** Wires are never changed in place, so what was found out about them stays true while sockets are asked for one by one. */
const remembered = new WeakMap<Model['wires'], Wired>()

/** All wires that lead to a node. */
export function wiresInto({ wires }: Model, node: string): readonly Wire[] {
  return wired(wires).into.get(node) ?? []
}

/** The wire that leads to an input; the first in the file where several do. */
export function wireInto(model: Model, { node, port }: End): Wire | null {
  return wiresInto(model, node).find(({ to }) => to.port === port) ?? null
}

/** The inputs that an output's wires lead to. */
export function readersOf({ wires }: Model, { node, port }: End): End[] {
  const own = wired(wires).outOf.get(node) ?? []
  return own.filter(({ from }) => from.port === port).map(({ to }) => to)
}

function wired(wires: Model['wires']): Wired {
  const known = remembered.get(wires)
  if (known) return known
  const [into, outOf] = [new Map<string, Wire[]>(), new Map<string, Wire[]>()]
  const put = (map: Map<string, Wire[]>, node: string, wire: Wire): void => {
    const list = map.get(node)
    if (list) list.push(wire)
    else map.set(node, [wire])
  }
  for (const wire of Object.values(wires)) {
    put(into, wire.to.node, wire)
    put(outOf, wire.from.node, wire)
  }
  const found = { into, outOf }
  remembered.set(wires, found)
  return found
}
