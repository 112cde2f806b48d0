import type { Plan } from '../compile/plan'
import type { Gathering } from './gathering'
import type { MemoryLayout } from './layout'
import type { OptimizerSettings } from './optimizer'

/** What every thread of a run must know; plain data, survives structuredClone. */
export interface RunSpec {
  layout: MemoryLayout
  /** null when weights are only used. */
  train: Plan | null
  predict: Plan
  optimizer: OptimizerSettings
}

/** One pass over a batch. The session owns one job and fills it anew for each step: nothing is allocated. */
export interface Job {
  program: 'train' | 'predict'
  /** Rows (B) of each shard; a small batch leaves shards empty. */
  rows: Int32Array
  /** Time steps (T). */
  steps: number
  /** Also run what only telemetry reads. */
  probes: boolean
  /** Of a step whose gradients are gathered over several batches: the first of them, or a further one. */
  gather: Gathering
  /** Reduce gradients and move the weights; otherwise only compute. Skipped when the gradient's norm is not finite. */
  update: boolean
  /** Optimizer step, from 1, and its learning rate. */
  step: number
  learningRate: number
}

export function emptyJob(shards: number): Job {
  return {
    program: 'train',
    rows: new Int32Array(shards),
    steps: 0,
    probes: false,
    gather: 'off',
    update: false,
    step: 0,
    learningRate: 0,
  }
}
