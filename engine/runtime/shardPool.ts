import type { Job } from './job'
import type { ShardWork } from './shardWork'

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
    if (!job.update && job.gather === 'off') return Number.NaN
    this.local.reduce(job)
    if (!job.update) return Number.NaN
    const norm = this.local.gradientNorm()
    this.local.applyIfFinite(job, norm)
    return norm
  }

  shareWork(): void {}

  async close(): Promise<void> {}
}
