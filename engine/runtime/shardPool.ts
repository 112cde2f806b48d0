import type { Plan } from '../compile/plan'
import type { MemoryLayout } from './layout'
import type { OptimizerSettings } from './optimizer'
import type { ShardWork } from './shardWork'

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
  /** Reduce gradients and move the weights; otherwise only compute. Skipped when the gradient's norm is not finite. */
  update: boolean
  /** Optimizer step, from 1, and its learning rate. */
  step: number
  learningRate: number
}

/** Runs jobs over shards; returns when all threads are done. Which thread computes what never changes a digit. */
export interface ShardPool {
  /** Threads that work now, and how many could. */
  readonly threads: number
  readonly available: number
  /** This thread's own view of the work: spans of values, observed runs. */
  readonly local: ShardWork
  /** @returns norm of the total gradient; NaN when the job does not update */
  run(job: Job): number
  /** Lets the other threads work too, or sleep. */
  shareWork(all: boolean): void
  close(): Promise<void>
}

export function emptyJob(shards: number): Job {
  return {
    program: 'train',
    rows: new Int32Array(shards),
    steps: 0,
    probes: false,
    update: false,
    step: 0,
    learningRate: 0,
  }
}

/** Everything on the calling thread. */
export class SingleThreadPool implements ShardPool {
  readonly threads: number = 1
  readonly available: number = 1
  readonly local: ShardWork

  constructor(local: ShardWork) {
    this.local = local
  }

  run(job: Job): number {
    this.local.runShards(job)
    if (!job.update) return Number.NaN
    this.local.reduce()
    const norm = this.local.gradientNorm()
    this.local.applyIfFinite(job, norm)
    return norm
  }

  shareWork(): void {}

  async close(): Promise<void> {}
}
