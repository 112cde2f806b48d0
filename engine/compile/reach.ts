import type { Model } from '../document/schema'
import { nestingOf } from './frames'

interface Remembered {
  before: ReadonlyMap<string, readonly string[]>
  ancestors: Map<string, ReadonlySet<string>>
}

/** Models are never changed in place, so what was found out about one stays true. */
const remembered = new WeakMap<Model, Remembered>()

/**
 * Every node from which wires lead to `node` inside the frame that holds it, and `node` itself. A wire from `node` to one of them would
 * close a circle. Remembered for each model, so that asking for every socket while a wire is drawn costs nothing.
 */
export function ancestors(model: Model, node: string): ReadonlySet<string> {
  const known = remembered.get(model) ?? { before: sourcesOf(model), ancestors: new Map() }
  remembered.set(model, known)
  const done = known.ancestors.get(node)
  if (done) return done
  const found = new Set([node])
  const left = [node]
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    for (const source of known.before.get(id) ?? []) {
      if (found.has(source)) continue
      found.add(source)
      left.push(source)
    }
  }
  known.ancestors.set(node, found)
  return found
}

function sourcesOf(model: Model): Map<string, string[]> {
  const before = new Map<string, string[]>()
  const nesting = nestingOf(model)
  for (const { from, to } of Object.values(model.wires)) {
    if (nesting.get(from.node) !== nesting.get(to.node)) continue
    const list = before.get(to.node)
    if (list) list.push(from.node)
    else before.set(to.node, [from.node])
  }
  return before
}
