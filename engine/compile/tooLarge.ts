import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import type { CheckedGraph } from './check'
import { countCosts } from './countCosts'
import { diagnose, type ShapedNode } from './graph'
import { narrower, smallerBatch } from './makeSmaller'
import { flowingBytes, memoryNeed } from './memoryNeed'

/** Bytes that one run can address. */
export const MEMORY_LIMIT = 4 * 2 ** 30

/**
 * A model that cannot be trained in the memory of one run, whatever the planner does: its weights and their gradient, and the largest
 * thing that flows between two nodes for one whole batch, take more. Null when that much fits; what the plan needs in full is known when the
 * run begins, and refused then.
 * @param parameters weights of the whole model
 */
export function tooLarge(
  document: UnrollDocument,
  checked: CheckedGraph,
  data: DataSummary,
  parameters: number,
): Diagnostic | null {
  const { batchSize } = document.training
  const nodes = [...checked.nodes.values()].filter(({ used }) => used)
  const need = memoryNeed(nodes, parameters, data)
  const { weights } = need
  const most = need.flowing(batchSize)
  if (weights + most <= MEMORY_LIMIT) return null
  const costs = countCosts(checked, data)
  const share = (node: ShapedNode): number =>
    flowingBytes(node, batchSize, data) + (node.definition.frame ? 0 : 8 * (costs.get(node.id)?.parameters ?? 0))
  const worst = nodes.reduce((largest, node) => (share(node) > share(largest) ? node : largest))
  const advice =
    weights > most
      ? `Make ${worst.title} or what comes before it narrower`
      : `Make ${worst.title} narrower, or the batch or the sequences shorter`
  const model = checked.graph.model.id
  return diagnose(
    'error',
    'model.tooLarge',
    { kind: 'node', model, node: worst.id },
    `Training this model takes at least ${gigabytes(weights + most)} of memory, but one run can use ${gigabytes(MEMORY_LIMIT)}. ${advice}.`,
    smallerBatch(document, need, MEMORY_LIMIT) ?? narrower(document, model, worst, data, MEMORY_LIMIT),
  )
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(bytes % 2 ** 30 === 0 ? 0 : 1)} GB`
}
