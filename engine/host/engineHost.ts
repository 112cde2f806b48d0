import { MessageChannel, Worker } from 'node:worker_threads'
import type { Diagnostic } from '../document/diagnostic'
import type { DataThreadData } from './describeData'
import { type KeptRun, KeptRuns } from './keptRuns'
import type { KernelChoice } from './kernelVariants'
import type { Command, HostEvent, TrainRequest } from './protocol'
import { RunLine } from './runControl'
import type { TrainerData } from './trainer'

export interface EngineHostOptions {
  kernels: KernelChoice
  workerFile: string
  post(event: HostEvent): void
}

interface CurrentRun {
  id: string
  line: RunLine
  /** Did it say so? Before that it reads data and compiles, and hears nothing. */
  started: boolean
  cancel(): void
}

/** The host's control thread: starts threads for runs and data, and relays between them and the window. Never computes. */
export class EngineHost {
  readonly #options: EngineHostOptions
  readonly #kept = new KeptRuns()
  #current: CurrentRun | null = null
  /** Data are read one after another; this is the end of the queue. */
  #reading: Promise<void> = Promise.resolve()

  constructor(options: EngineHostOptions) {
    this.#options = options
  }

  receive(command: Command): void {
    switch (command.kind) {
      case 'describeData': {
        const { request, data, folders } = command
        this.#reading = this.#reading.then(() => this.#describeData({ role: 'data', request, data, folders }))
        return
      }
      case 'train':
        this.#train(command.request)
        return
      case 'fetchWeights': {
        const { request, run, which } = command
        this.#options.post({ kind: 'weights', request, run, which, file: this.#kept.file(run, which) })
        return
      }
      case 'stop':
        if (this.#current?.id !== command.run) return
        if (this.#current.started) this.#current.line.send(command)
        else this.#current.cancel()
        return
      default:
        // Word of a run that ended meanwhile has nobody to go to.
        if (this.#current?.id === command.run) this.#current.line.send(command)
    }
  }

  #train(request: TrainRequest): void {
    const { post, kernels, workerFile } = this.#options
    if (this.#current) {
      post({ kind: 'refused', run: request.run, problems: [alreadyTraining] })
      return
    }
    const { port1, port2 } = new MessageChannel()
    const word = new SharedArrayBuffer(4)
    const line = new RunLine(port1, word)
    const workerData: TrainerData = { role: 'trainer', request, kernels, workerFile, port: port2, word }
    const worker = new Worker(workerFile, { workerData, transferList: [port2] })
    let concluded = false
    const cancel = () => {
      conclude()
      post({ kind: 'cancelled', run: request.run })
      void worker.terminate()
    }
    const current: CurrentRun = { id: request.run, line, started: false, cancel }
    this.#current = current
    const conclude = () => {
      concluded = true
      if (this.#current?.line === line) this.#current = null
    }
    worker.on('message', (event: HostEvent | KeptRun) => {
      // What was on its way when the run was cancelled.
      if (concluded) return
      if (event.kind === 'started') current.started = true
      if (event.kind === 'kept') {
        this.#kept.keep(event)
        return
      }
      if (isConclusion(event)) conclude()
      post(event)
    })
    worker.once('error', (error) => {
      if (concluded) return
      conclude()
      post({ kind: 'failed', run: request.run, message: describeError(error) })
    })
    worker.once('exit', () => {
      line.close()
      if (concluded) return
      conclude()
      post({ kind: 'failed', run: request.run, message: 'The training thread ended without a result.' })
    })
  }

  /** Resolves when the answer was posted. */
  #describeData(workerData: DataThreadData): Promise<void> {
    const { post, workerFile } = this.#options
    return new Promise((resolve) => {
      const worker = new Worker(workerFile, { workerData })
      worker.on('message', post)
      worker.once('error', (error) => post({ kind: 'failed', run: null, message: describeError(error) }))
      worker.once('exit', () => resolve())
    })
  }
}

const alreadyTraining: Diagnostic = {
  code: 'run.busy',
  severity: 'error',
  message: 'Another model is training. Wait for its end or stop it first.',
  place: { kind: 'training' },
}

function isConclusion({ kind }: HostEvent): boolean {
  return kind === 'ended' || kind === 'refused' || kind === 'diverged' || kind === 'failed'
}

function describeError(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'The computer ran out of memory. Make the data, the batch or the model smaller.'
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
