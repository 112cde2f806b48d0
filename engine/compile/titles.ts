import type { GraphNode, Model } from '../document/schema'
import { definitionOf } from '../nodes/index'

/** What the user calls a node. */
export function titleOf(model: Model, id: string): string {
  const node = ownNode(model, id)
  return node ? node.name || (definitionOf(node.type)?.title ?? node.type) : id
}

export function ownNode(model: Model, id: string): GraphNode | null {
  return Object.hasOwn(model.nodes, id) ? (model.nodes[id] ?? null) : null
}
