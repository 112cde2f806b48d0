import type { Model } from '../../engine/document/schema'
import { topologicalOrder } from '../../engine/document/topology'

/** Nodes as data pass them; with a circle among them, as they stand in the file. */
export function outlineOrder(model: Model): string[] {
  const order = topologicalOrder(model)
  return order.ok ? order.value : Object.keys(model.nodes)
}
