import { version } from '../../package.json'
import type { Model, UnrollDocument } from '../document/schema'
import type { TensorFile } from '../export/safetensors'
import type { KernelSelection } from '../host/kernelVariants'
import type { OpenRun } from '../host/openRun'
import { type CheckpointFacts, checkpointFile, readCheckpoint } from '../runtime/checkpoint'
import type { TrainingRun } from '../runtime/trainingRun'
import { type Terminal, UserFailure } from './command'
import { printProblem } from './printProblems'
import { writeCheckpoint } from './runFolder'

/** Milliseconds between two checkpoints at least; they are written after a look at the validation part. */
const EVERY = 30_000

interface CheckpointsOptions {
  document: UnrollDocument
  model: Model
  run: OpenRun
  kernels: KernelSelection
  /** null: none are written. */
  out: string | null
  terminal: Terminal
}

/** Checkpoints of one run on the command line: from where it goes on, and what it leaves. */
export class Checkpoints {
  readonly #options: CheckpointsOptions
  readonly #training: TrainingRun
  readonly #facts: CheckpointFacts
  #writtenAt: number

  constructor(options: CheckpointsOptions, training: TrainingRun) {
    const { model, run, document, kernels } = options
    this.#options = options
    this.#training = training
    this.#facts = {
      engine: version,
      kernels: kernels.choice.variant,
      model: model.id,
      data: run.data.summary.fingerprint,
      training: document.training,
    }
    this.#writtenAt = options.terminal.now()
  }

  /** Throws UserFailure when the run cannot go on from there. */
  resume({ file, path }: { file: TensorFile; path: string }): void {
    const { run, terminal } = this.#options
    const read = readCheckpoint(run.plans.train, file, this.#facts, this.#training.snapshot(), path)
    if (!read.ok) throw new UserFailure(read.problems)
    for (const problem of read.problems) terminal.err(printProblem(problem))
    this.#training.restore(read.value)
  }

  writeIfDue(): void {
    if (this.#options.terminal.now() - this.#writtenAt >= EVERY) this.write()
  }

  write(): void {
    const { out, run, terminal } = this.#options
    this.#writtenAt = terminal.now()
    if (out !== null) {
      writeCheckpoint(out, checkpointFile(run.plans.train, this.#training.snapshot(), this.#facts))
    }
  }
}
