import { present } from '../base/invariant'
import type { KernelMemory } from '../ops/kernel'
import type { Job, RunSpec } from '../runtime/job'
import { partCount } from '../runtime/optimizer'
import type { ShardPool } from '../runtime/shardPool'
import { type KernelSet, ShardWork } from '../runtime/shardWork'

/**
 * Shares the work among so many threads as the real pool does, but lets them take turns, the last first: what one of them computes
 * must not depend on what another has done. Hundreds of runs would be too slow with threads that have to be started.
 */
export class TurnsPool implements ShardPool {
  readonly threads: number
  readonly available: number
  readonly local: ShardWork
  readonly #turns: ShardWork[]

  constructor(spec: RunSpec, memory: KernelMemory, kernels: KernelSet, threads: number) {
    this.threads = threads
    this.available = threads
    const norms = new Float64Array(partCount(spec.layout))
    this.#turns = Array.from({ length: threads }, (_, thread) => {
      const work = new ShardWork(spec, memory, kernels, norms)
      work.takeShare(thread, threads)
      return work
    }).reverse()
    this.local = present(this.#turns.at(-1), 'at least one thread')
  }

  run(job: Job): number {
    for (const work of this.#turns) work.runShards(job)
    if (!job.update && job.gather === 'off') return Number.NaN
    for (const work of this.#turns) work.reduce(job)
    if (!job.update) return Number.NaN
    const norms = this.#turns.map((work) => work.gradientNorm())
    for (const [index, work] of this.#turns.entries()) work.applyIfFinite(job, norms[index] ?? Number.NaN)
    return norms[0] ?? Number.NaN
  }

  shareWork(): void {}

  async close(): Promise<void> {}
}
