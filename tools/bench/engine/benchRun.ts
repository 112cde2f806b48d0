import { availableParallelism } from 'node:os'
import { InternalError, present } from '../../../engine/base/invariant'
import { programFlops } from '../../../engine/compile/cost'
import type { KernelChoice } from '../../../engine/host/kernelVariants'
import { workerFile } from '../../../engine/host/places'
import { ThreadGovernor } from '../../../engine/host/threadGovernor'
import { startThreadPool, type ThreadPool } from '../../../engine/host/threadPool'
import { allocateWasmMemory } from '../../../engine/runtime/memory'
import { compileRun, specifyRun } from '../../../engine/runtime/planRun'
import { Session } from '../../../engine/runtime/session'
import { benchData } from './benchData'
import { benchDocument } from './benchDocument'
import type { Configuration } from './configuration'

/** Training before the choice between one thread and all is made, in milliseconds: V8 compiles for speed meanwhile. */
const WARM_UP = 600
/** The app tries the other way every few seconds of training. Blocks are too short for that, so it is done between them. */
const CHOOSE_EVERY = 3000
const LEARNING_RATE = 0.001

/** A configuration with weights and threads that trains as the app does, without telemetry. */
export class BenchRun {
  /** Floating point operations of one step, in millions. */
  readonly mflop: number
  readonly #session: Session
  readonly #pool: ThreadPool
  readonly #governor: ThreadGovernor
  #step = 0
  #chosenAt = 0

  constructor(session: Session, pool: ThreadPool, mflop: number) {
    this.#session = session
    this.#pool = pool
    this.mflop = mflop
    this.#governor = new ThreadGovernor(pool)
    this.#choose()
    this.time(WARM_UP)
    this.#choose()
  }

  get threads(): number {
    return this.#pool.threads
  }

  /** Trains for some milliseconds, at least one step. @returns steps made and the milliseconds they took */
  time(milliseconds: number): { steps: number; ms: number } {
    if (performance.now() - this.#chosenAt > CHOOSE_EVERY) this.#choose()
    const start = performance.now()
    let steps = 0
    let elapsed = 0
    do {
      const { loss } = this.#session.step(++this.#step, LEARNING_RATE, false)
      if (!Number.isFinite(loss)) throw new InternalError(`the loss of step ${this.#step} is not finite`)
      steps++
      elapsed = performance.now() - start
    } while (elapsed < milliseconds)
    return { steps, ms: elapsed }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  /** One thread or all, by what the next step costs now. */
  #choose(): void {
    this.#governor.start(this.#session, () => performance.now())
    this.#chosenAt = performance.now()
  }
}

/** Compiles and opens a configuration on as many threads as there are cores. */
export async function openBenchRun(configuration: Configuration, kernels: KernelChoice): Promise<BenchRun> {
  const document = benchDocument(configuration)
  const data = benchData(configuration)
  const model = present(document.models[0], 'a bench document has a model')
  const plans = compileRun(document, model.id, data.summary)
  if (!plans.ok) throw new InternalError(plans.problems.map(({ message }) => message).join(' '))
  const spec = specifyRun(plans.value, document, kernels.heapBase)
  const memory = allocateWasmMemory(spec.layout.end)
  if (!memory.ok) throw new InternalError(memory.problems.map(({ message }) => message).join(' '))
  const wasm = present(memory.value.wasm, 'threads share WebAssembly memory')
  const pool = await startThreadPool({ spec, memory: wasm, kernels, threads: availableParallelism(), workerFile })
  const session = new Session({ spec, pool, data, training: document.training })
  const sizes = { rows: configuration.batch, steps: configuration.steps }
  return new BenchRun(session, pool, programFlops(plans.value.train.program, sizes) / 1e6)
}
