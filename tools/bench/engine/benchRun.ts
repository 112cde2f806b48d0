import { availableParallelism } from 'node:os'
import { InternalError, present } from '../../../engine/base/invariant'
import { programFlops } from '../../../engine/compile/cost'
import type { PreparedData } from '../../../engine/data/prepared'
import type { UnrollDocument } from '../../../engine/document/schema'
import type { Tensor } from '../../../engine/export/safetensors'
import type { KernelChoice } from '../../../engine/host/kernelVariants'
import { workerFile } from '../../../engine/host/places'
import { ThreadGovernor } from '../../../engine/host/threadGovernor'
import { startThreadPool, type ThreadPool } from '../../../engine/host/threadPool'
import { captureStep } from '../../../engine/runtime/captureStep'
import { allocateWasmMemory } from '../../../engine/runtime/memory'
import { compileRun, specifyRun } from '../../../engine/runtime/planRun'
import { Session } from '../../../engine/runtime/session'
import { benchData } from './benchData'
import { benchDocument } from './benchDocument'
import type { Training } from './configuration'

/** Training before the choice between one thread and all is made, in milliseconds: V8 compiles for speed meanwhile. */
const WARM_UP = 600
const LEARNING_RATE = 0.001

/** What came of a block. The percentiles are of single steps, told only where they are so short that it matters. */
export interface Timed {
  steps: number
  ms: number
  percentile50?: number
  percentile99?: number
}

/** The first step from the drawn weights, which every peer must come to as well. */
export interface FirstStep {
  loss: number
  /** null where nothing is trained. */
  gradientNorm: number | null
  /** `batch.*` batch-first and `param.*` by PyTorch's names, as `unroll step --dump` writes them. */
  tensors: Record<string, Tensor>
}

/** Something that can be timed in blocks. */
export interface TimedRun {
  /** Floating point operations of one step, in millions. */
  readonly mflop: number
  /** Memory planned for what one step makes on its way, in bytes. */
  readonly arenaBytes: number
  readonly threads: number
  readonly first: FirstStep
  time(milliseconds: number, threads?: 'one' | 'all'): Timed
  close(): Promise<void>
}

interface Opened {
  session: Session
  pool: ThreadPool
  mflop: number
  arenaBytes: number
  first: FirstStep
}

/** A configuration with weights and threads that trains as the app does, without telemetry. */
export class BenchRun implements TimedRun {
  readonly mflop: number
  readonly arenaBytes: number
  readonly first: FirstStep
  readonly #session: Session
  readonly #pool: ThreadPool
  /** null: the next block that leaves the choice to the engine makes it, as at the start of a run. */
  #governor: ThreadGovernor | null = null
  #step = 0

  constructor({ session, pool, mflop, arenaBytes, first }: Opened) {
    this.#session = session
    this.#pool = pool
    this.mflop = mflop
    this.arenaBytes = arenaBytes
    this.first = first
    this.time(WARM_UP, 'all')
  }

  get threads(): number {
    return this.#pool.threads
  }

  /** Trains for some milliseconds, at least one step. @param threads without it as many as the engine finds best, as in the app */
  time(milliseconds: number, threads?: 'one' | 'all'): Timed {
    if (threads !== undefined) {
      this.#pool.shareWork(threads === 'all')
      this.#governor = null
    } else if (this.#governor === null) {
      this.#governor = new ThreadGovernor(this.#pool)
      this.#governor.start(this.#session, () => performance.now())
    }
    const start = performance.now()
    let steps = 0
    let elapsed = 0
    do {
      const { loss } = this.#session.step(++this.#step, LEARNING_RATE, false)
      if (!Number.isFinite(loss)) throw new InternalError(`the loss of step ${this.#step} is not finite`)
      steps++
      const before = elapsed
      elapsed = performance.now() - start
      this.#governor?.stepped(elapsed - before)
    } while (elapsed < milliseconds)
    return { steps, ms: elapsed }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

/** Compiles and opens a configuration on as many threads as there are cores. */
export async function openBenchRun(configuration: Training, kernels: KernelChoice): Promise<BenchRun> {
  const document = benchDocument(configuration)
  const data = benchData(configuration)
  const first = await firstStep(document, data, kernels)
  const { spec, session, pool } = await openSession(document, data, kernels, availableParallelism())
  const sizes = { rows: configuration.batch, steps: configuration.steps }
  const train = present(spec.train, 'a bench run trains')
  const mflop = programFlops(train.program, sizes) / 1e6
  const arenaBytes = 4 * spec.layout.shards.length * train.sizes.arena
  return new BenchRun({ session, pool, mflop, arenaBytes, first })
}

async function firstStep(document: UnrollDocument, data: PreparedData, kernels: KernelChoice): Promise<FirstStep> {
  const { session, pool } = await openSession(document, data, kernels, 1)
  const { tensors, metadata, loss } = captureStep(session, document.training)
  await pool.close()
  const wanted = Object.entries(tensors).filter(([name]) => /^(?:batch|param)\./.test(name))
  return { loss, gradientNorm: Number(metadata.gradientNorm), tensors: Object.fromEntries(wanted) }
}

async function openSession(document: UnrollDocument, data: PreparedData, kernels: KernelChoice, threads: number) {
  const model = present(document.models[0], 'a bench document has a model')
  const plans = compileRun(document, model.id, data.summary)
  if (!plans.ok) throw new InternalError(plans.problems.map(({ message }) => message).join(' '))
  const spec = specifyRun(plans.value, document, kernels.heapBase)
  const memory = allocateWasmMemory(spec.layout.end)
  if (!memory.ok) throw new InternalError(memory.problems.map(({ message }) => message).join(' '))
  const wasm = present(memory.value.wasm, 'threads share WebAssembly memory')
  const pool = await startThreadPool({ spec, memory: wasm, kernels, threads, workerFile })
  return { spec, pool, session: new Session({ spec, pool, data, training: document.training }) }
}
