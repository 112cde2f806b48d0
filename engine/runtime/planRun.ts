import { compileModel } from '../compile/compile'
import { type Plan, shardSizes } from '../compile/plan'
import type { DataSummary } from '../data/prepared'
import { bad, type Checked, good } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { gatheredBatches, optimizerChoice } from '../document/training'
import type { RunSpec } from './job'
import { layoutMemory } from './layout'
import { stateBlocks } from './optimizer'

export interface RunPlans {
  train: Plan
  predict: Plan
  shards: number
  /** Rows of a full training batch, in all shards together. */
  batchRows: number
}

/** Compiles a model for training and for measuring, sized for its data and batch; or says what is wrong with it. */
export function compileRun(document: UnrollDocument, modelId: string, summary: DataSummary): Checked<RunPlans> {
  const { shards, rows, batchRows } = shardSizes(document.training.batchSize, summary.examples.training)
  const steps = summary.maximumSteps
  const train = compileModel(document, modelId, summary, { mode: 'train', rows, steps })
  if (!train.ok) return bad(...train.problems)
  const predict = compileModel(document, modelId, summary, { mode: 'predict', rows, steps })
  if (!predict.ok) return bad(...predict.problems)
  return good({ train: train.value, predict: predict.value, shards, batchRows }, train.problems)
}

/** What every thread of the run must know. @param heapBase first free byte of the memory */
export function specifyRun(plans: RunPlans, document: UnrollDocument, heapBase: number): RunSpec {
  const { train, predict, shards } = plans
  const { training } = document
  const clipping = { clipNorm: training.clipNorm, clipValue: training.clipValue ?? 0 }
  const optimizer = { ...optimizerChoice(training), ...clipping }
  const gathers = gatheredBatches(training) > 1
  const layout = layoutMemory({ heapBase, shards, train, predict, gathers, stateBlocks: stateBlocks(optimizer) })
  return { layout, train, predict, optimizer }
}
