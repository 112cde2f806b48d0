import { present } from '../base/invariant'
import type { KernelCall, KernelMemory, KernelTable } from '../ops/kernel'
import type { OptimizerKernels } from '../ops/optimizer/optimizerKernels'
import { type Binding, bindPlan } from './bindPlan'
import type { Job, RunSpec } from './job'
import { Optimizer, partCount } from './optimizer'

/** Larger than any number of time steps a document allows: bindings are found by rows × STRIDE + steps. */
const STRIDE = 1 << 20

/** Bindings kept for one shard and program; data with more different lengths than this bind some of them again. */
const MAX_BINDINGS = 1024

export interface KernelSet {
  table: KernelTable
  optimizer: OptimizerKernels
}

/** What one thread does in a run: computes some shards, reduces and updates its slice. Every thread has its own over one memory. */
export class ShardWork {
  readonly spec: RunSpec
  readonly memory: KernelMemory
  readonly #kernels: KernelSet
  readonly #squaredNorms: Float64Array
  /** Shard → rows × STRIDE + steps → binding. */
  readonly #bindings: Record<Job['program'], Map<number, Binding>[]>
  #thread = 0
  #threads = 1
  #optimizer: Optimizer

  /** @param squaredNorms one per part of the gradient (see `partCount`), shared by all threads */
  constructor(spec: RunSpec, memory: KernelMemory, kernels: KernelSet, squaredNorms: Float64Array) {
    this.spec = spec
    this.memory = memory
    this.#kernels = kernels
    this.#squaredNorms = squaredNorms
    const empty = () => spec.layout.shards.map(() => new Map<number, Binding>())
    this.#bindings = { train: empty(), predict: empty() }
    this.#optimizer = this.#makeOptimizer()
  }

  /** Which share of the work is this thread's; at first all of it. */
  takeShare(thread: number, threads: number): void {
    this.#thread = thread
    this.#threads = threads
    this.#optimizer = this.#makeOptimizer()
  }

  /** The plan of a program with B and T bound for one shard; made on first use. */
  binding(program: Job['program'], shard: number, rows: number, steps: number): Binding {
    const known = present(this.#bindings[program][shard], `there is no shard ${shard}`)
    const key = rows * STRIDE + steps
    const found = known.get(key)
    if (found) return found
    const plan = present(this.spec[program], 'this run was opened without a training plan')
    const places = present(this.spec.layout.shards[shard], `there is no shard ${shard}`)
    const made = bindPlan(plan, places, this.memory, this.#kernels.table, rows, steps)
    if (known.size >= MAX_BINDINGS) known.clear()
    known.set(key, made)
    return made
  }

  /** A kernel of this run's, bound by hand. */
  bindKernel(op: string, call: KernelCall): () => void {
    return present(this.#kernels.table[op], `no kernel for op ${op}`)(call)
  }

  /** Forward (and in a training program backward) of this thread's shards. */
  runShards(job: Job): void {
    for (let shard = this.#thread; shard < job.rows.length; shard += this.#threads) {
      const rows = job.rows[shard] ?? 0
      if (rows > 0) this.binding(job.program, shard, rows, job.steps).run(job.probes)
      else if (job.program === 'train') this.clearGradients(shard)
    }
  }

  /** Sums the shards' gradients over this thread's slice. */
  reduce(job: Job): void {
    this.#optimizer.reduce(job.gather, job.update)
  }

  /** Once every thread has reduced. */
  gradientNorm(): number {
    return this.#optimizer.gradientNorm()
  }

  clipScale(norm: number): number {
    return this.#optimizer.clipScale(norm)
  }

  /** Moves the weights of this thread's slice; a gradient that is not finite moves nothing. */
  applyIfFinite(job: Job, norm: number): void {
    if (Number.isFinite(norm)) this.#optimizer.apply(norm, job.step, job.learningRate)
  }

  /** A shard left without rows by a small last batch adds nothing. */
  clearGradients(shard: number): void {
    const { shards, trainedCount } = this.spec.layout
    const { gradients } = present(shards[shard], `there is no shard ${shard}`)
    this.memory.f.fill(0, gradients, gradients + trainedCount)
  }

  #makeOptimizer(): Optimizer {
    const { layout, optimizer } = this.spec
    const first = (thread: number) => Math.floor((thread * partCount(layout)) / this.#threads)
    return new Optimizer(
      this.#kernels.optimizer,
      this.memory,
      layout,
      optimizer,
      this.#squaredNorms,
      first(this.#thread),
      first(this.#thread + 1),
    )
  }
}
