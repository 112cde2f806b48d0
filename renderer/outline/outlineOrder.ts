import { nestingOf } from '../../engine/compile/frames'
import type { Model } from '../../engine/document/schema'
import { topologicalOrder } from '../../engine/document/topology'

/** Nodes that lie in `frame` (null: in none) as data pass them; with a circle among them, as they stand in the file. */
export function outlineOrder(model: Model, frame: string | null): string[] {
  const nesting = nestingOf(model)
  const order = topologicalOrder(model)
  const all = order.ok ? order.value : Object.keys(model.nodes)
  return all.filter((id) => (nesting.get(id) ?? null) === frame)
}
