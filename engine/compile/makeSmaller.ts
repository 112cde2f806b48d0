import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import type { Fix } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { checkGraph, findModel } from './check'
import { countCosts } from './countCosts'
import { hasError, type ShapedNode } from './graph'
import { type MemoryNeed, memoryNeed } from './memoryNeed'

/** Fewer examples at a time: the largest half, quarter … of the batch that fits; null: not even one does. */
export function smallerBatch(document: UnrollDocument, need: MemoryNeed, limit: number): Fix | null {
  const { batchSize } = document.training
  for (let size = Math.floor(batchSize / 2); size >= 1; size = Math.floor(size / 2)) {
    if (need.weights + need.flowing(size) > limit) continue
    const label = `Set Examples per step to ${size}`
    return { label, edits: [{ kind: 'setTraining', changes: { batchSize: size } }] }
  }
  return null
}

/** A node made narrower, by halves, until the model fits: by the first of its whole numbers that does it; null: none does. */
export function narrower(
  document: UnrollDocument,
  model: string,
  node: ShapedNode,
  data: DataSummary,
  limit: number,
): Fix | null {
  for (const [key, setting] of Object.entries(node.definition.settings)) {
    const value = node.settings[key]
    if (setting.kind !== 'integer' || typeof value !== 'number') continue
    for (let size = Math.floor(value / 2); size >= Math.max(1, setting.minimum); size = Math.floor(size / 2)) {
      const edit = { kind: 'setSetting' as const, model, node: node.id, setting: key, value: size }
      if (!fits(applyEdits(document, [edit]), model, data, limit)) continue
      return { label: `Set ${setting.label} of ${node.title} to ${size}`, edits: [edit] }
    }
  }
  return null
}

/** Is the model sound and small enough? */
function fits(document: UnrollDocument, modelId: string, data: DataSummary, limit: number): boolean {
  const model = findModel(document, modelId)
  if (!model) return false
  const { value, problems } = checkGraph(document, model, data)
  if (hasError(problems)) return false
  const costs = countCosts(value, data)
  const nodes = [...value.nodes.values()].filter(({ used }) => used)
  const outer = nodes.filter(({ parent }) => parent === null)
  const parameters = outer.reduce((sum, { id }) => sum + (costs.get(id)?.parameters ?? 0), 0)
  const need = memoryNeed(nodes, parameters, data)
  return need.weights + need.flowing(document.training.batchSize) <= limit
}
