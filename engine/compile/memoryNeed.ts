import type { DataSummary } from '../data/prepared'
import { boundCount } from '../ir/shape'
import type { ShapedNode } from './graph'
import { valueType } from './lowerNode'

/** Bytes that a model takes in training at the least: see tooLarge.ts. */
export interface MemoryNeed {
  /** Weights and their gradient. */
  weights: number
  /** The largest thing that flows between two nodes, for a batch of so many examples. */
  flowing(batchSize: number): number
}

/** @param nodes those that take part in training */
export function memoryNeed(nodes: readonly ShapedNode[], parameters: number, data: DataSummary): MemoryNeed {
  return {
    weights: 8 * parameters,
    flowing: (batchSize) => nodes.reduce((most, node) => Math.max(most, flowingBytes(node, batchSize, data)), 0),
  }
}

/** Bytes of the largest output of a node for one batch. */
export function flowingBytes(node: ShapedNode, batchSize: number, data: DataSummary): number {
  const rows = Math.min(batchSize, Math.max(1, data.examples.training))
  return Object.values(node.outputShapes ?? {}).reduce(
    (most, shape) => Math.max(most, 4 * boundCount(valueType(shape).dims, { rows, steps: data.maximumSteps })),
    0,
  )
}
