import { once } from 'node:events'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { InternalError } from '../base/invariant'
import { emptyJob, type Job, type RunSpec } from '../runtime/job'
import { viewWasmMemory } from '../runtime/memory'
import { partCount } from '../runtime/optimizer'
import type { ShardPool } from '../runtime/shardPool'
import { ShardWork } from '../runtime/shardWork'
import { type Barrier, bump, waitWhile } from './barrier'
import { instantiateKernels, type KernelChoice } from './kernelVariants'
import { allocateSharedJob, SharedJob, type SharedJobMemory } from './sharedJob'

/** What a further thread of the pool receives at its start. */
export interface ShardThreadData {
  role: 'shard'
  thread: number
  threads: number
  spec: RunSpec
  memory: WebAssembly.Memory
  kernels: KernelChoice
  squaredNorms: SharedArrayBuffer
  job: SharedJobMemory
  /** Carries 'ready', then at most one sentence: why the thread failed. */
  port: MessagePort
}

export interface ThreadPoolOptions {
  spec: RunSpec
  memory: WebAssembly.Memory
  kernels: KernelChoice
  /** At least 1; more than there are shards are not started. */
  threads: number
  /** The built worker entry. */
  workerFile: string
}

/** A started thread and the line to it. */
interface ShardThread {
  worker: Worker
  port: MessagePort
}

/**
 * Starts the pool: the calling thread is its first, the others are worker threads that sleep between jobs. Resolves when all are
 * ready. Close it, or the workers keep the process alive.
 */
export async function startThreadPool(options: ThreadPoolOptions): Promise<ThreadPool> {
  const { spec, memory, kernels } = options
  const threads = Math.max(1, Math.min(options.threads, spec.layout.shards.length))
  const squaredNorms = new SharedArrayBuffer(8 * partCount(spec.layout))
  const set = instantiateKernels(kernels, memory)
  const local = new ShardWork(spec, viewWasmMemory(memory), set, new Float64Array(squaredNorms))
  const job = allocateSharedJob(spec.layout.shards.length)
  const others = Array.from({ length: threads - 1 }, (_, index): ShardThread => {
    const { port1, port2 } = new MessageChannel()
    const common = { role: 'shard' as const, threads, spec, memory, kernels, squaredNorms, job }
    const workerData: ShardThreadData = { ...common, thread: index + 1, port: port2 }
    return { worker: new Worker(options.workerFile, { workerData, transferList: [port2] }), port: port1 }
  })
  const pool = new ThreadPool(local, new SharedJob(job), others)
  try {
    // A worker that cannot start rejects here with its error.
    await Promise.all(
      others.map(({ worker, port }) => Promise.race([once(port, 'message'), once(worker, 'exit').then(died)])),
    )
  } catch (error) {
    await pool.close()
    throw error
  }
  // From now on the port is only looked at, and must not keep the process alive.
  for (const { port } of others) port.unref()
  return pool
}

function died(): never {
  throw new InternalError('a shard thread ended before it was ready')
}

export class ThreadPool implements ShardPool {
  readonly local: ShardWork
  readonly #job: SharedJob
  readonly #together: Barrier
  readonly #alone: Barrier
  #others: ShardThread[]
  #threads: number

  constructor(local: ShardWork, job: SharedJob, others: ShardThread[]) {
    this.local = local
    this.#job = job
    this.#others = others
    this.#threads = this.available
    this.#together = job.barrier(this.available)
    this.#alone = job.barrier(1)
    local.takeShare(0, this.available)
  }

  get threads(): number {
    return this.#threads
  }

  get available(): number {
    return this.#others.length + 1
  }

  run(job: Job): number {
    const together = this.#threads > 1
    if (together) {
      this.#job.write(job)
      bump(this.#job.words, this.#job.generationAt)
    }
    let failure: unknown = null
    const norm = runShare(this.local, job, this.#job, together ? this.#together : this.#alone, (error) => {
      failure = error
    })
    if (failure !== null) throw failure
    if (this.#job.hasFailed()) throw new InternalError(`a shard thread failed: ${this.#reason()}`)
    return norm
  }

  shareWork(all: boolean): void {
    const threads = all ? this.available : 1
    if (threads === this.#threads) return
    this.#threads = threads
    this.local.takeShare(0, threads)
  }

  async close(): Promise<void> {
    const others = this.#others
    this.shareWork(false)
    this.#others = []
    this.#job.setEnded()
    bump(this.#job.words, this.#job.generationAt)
    for (const { port } of others) port.close()
    await Promise.all(others.map(({ worker }) => worker.terminate()))
  }

  /** What the first failed thread said. */
  #reason(): string {
    for (const { port } of this.#others) {
      const posted = receiveMessageOnPort(port)
      if (posted) return String(posted.message)
    }
    return 'it did not say why'
  }
}

/** The life of a further thread: sleeps until a job comes, does its share, until the pool ends. */
export function runShardThread(data: ShardThreadData): void {
  const set = instantiateKernels(data.kernels, data.memory)
  const norms = new Float64Array(data.squaredNorms)
  const work = new ShardWork(data.spec, viewWasmMemory(data.memory), set, norms)
  work.takeShare(data.thread, data.threads)
  const shared = new SharedJob(data.job)
  const barrier = shared.barrier(data.threads)
  const job = emptyJob(data.spec.layout.shards.length)
  const onError = (error: unknown) => data.port.postMessage(error instanceof Error ? error.message : String(error))
  let generation = 0
  data.port.postMessage('ready')
  for (;;) {
    waitWhile(shared.words, shared.generationAt, generation)
    generation++
    if (shared.hasEnded()) return
    shared.read(job)
    runShare(work, job, shared, barrier, onError)
  }
}

/**
 * One thread's part in a job; all threads of the pool run this at once. Whoever fails still comes to the meeting point, so that
 * nobody waits forever, and then all leave together. @returns norm of the gradient, NaN when the job does not update
 */
function runShare(
  work: ShardWork,
  job: Job,
  shared: SharedJob,
  barrier: Barrier,
  onError: (error: unknown) => void,
): number {
  try {
    work.runShards(job)
  } catch (error) {
    onError(error)
    shared.setFailed()
  }
  barrier.meet()
  if (shared.hasFailed() || (!job.update && job.gather === 'off')) return Number.NaN
  work.reduce(job)
  barrier.meet()
  if (!job.update) return Number.NaN
  const norm = work.gradientNorm()
  work.applyIfFinite(job, norm)
  barrier.meet()
  return norm
}
