import { readFileSync } from 'node:fs'
import { version } from '../../package.json'
import { bad, type Checked, good } from '../document/diagnostic'
import { readSafetensors, writeSafetensors } from '../export/safetensors'
import { weightTensors } from '../export/weights'
import { type CheckpointFacts, checkpointFile, readCheckpoint } from '../runtime/checkpoint'
import type { RunSnapshot, TrainingRun } from '../runtime/trainingRun'
import { writeAtomically } from './atomicFile'
import type { KeptRun } from './keptRuns'
import type { KernelChoice } from './kernelVariants'
import type { OpenRun } from './openRun'
import type { TrainRequest } from './protocol'

/** Milliseconds between two checkpoint files at least. */
const EVERY = 10_000

/** Checkpoints of one run in the host: from where it goes on, what it writes on the way, what is kept at its end. */
export class RunCheckpoints {
  readonly #request: TrainRequest
  readonly #opened: OpenRun
  readonly #run: TrainingRun
  readonly #facts: CheckpointFacts
  #writtenAt: number

  /** @param now milliseconds */
  constructor(request: TrainRequest, opened: OpenRun, run: TrainingRun, kernels: KernelChoice, now: number) {
    this.#request = request
    this.#opened = opened
    this.#run = run
    this.#facts = {
      engine: version,
      kernels: kernels.variant,
      model: request.model,
      data: opened.data.summary.fingerprint,
      training: request.document.training,
    }
    this.#writtenAt = now
  }

  /** Goes on from what the request says, if anything. */
  resume(): Checked<null> {
    const { resume } = this.#request
    if (resume === undefined) return good(null)
    const path = resume.kind === 'file' ? resume.path : 'that was kept'
    const bytes = resume.kind === 'file' ? readBytes(resume.path) : good(resume.bytes)
    if (!bytes.ok) return bad(...bytes.problems)
    const file = readSafetensors(bytes.value, path)
    if (!file.ok) return bad(...file.problems)
    const { train } = this.#opened.plans
    const snapshot = readCheckpoint(train, file.value, this.#facts, this.#run.snapshot(), path)
    if (!snapshot.ok) return bad(...snapshot.problems)
    this.#run.restore(snapshot.value)
    return good(null, snapshot.problems)
  }

  /**
   * After a look at the validation part: leaves a file when the last one is old.
   * @returns why it could not be written; the run goes on without
   */
  writeIfDue(now: number): string | null {
    const { checkpoint } = this.#request
    if (checkpoint === undefined || now - this.#writtenAt < EVERY) return null
    this.#writtenAt = now
    try {
      writeAtomically(checkpoint, this.#file(this.#run.snapshot()))
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** Before `finish`, whose last look and best weights a run that goes on must not know of. */
  last(): Uint8Array<ArrayBuffer> {
    return this.#file(this.#run.snapshot())
  }

  /** After `finish`: the best weights are in memory. */
  kept(last: Uint8Array<ArrayBuffer>): KeptRun {
    const { session, plans } = this.#opened
    const { engine, model, data } = this.#facts
    const tensors = weightTensors(plans.predict, session.weights())
    const best = writeSafetensors({ tensors, metadata: { format: 'unroll weights', engine, model, data } })
    return { kind: 'kept', run: this.#request.run, files: { best, last } }
  }

  #file(snapshot: RunSnapshot): Uint8Array<ArrayBuffer> {
    return writeSafetensors(checkpointFile(this.#opened.plans.train, snapshot, this.#facts))
  }
}

function readBytes(path: string): Checked<Uint8Array> {
  try {
    return good(readFileSync(path))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return bad({
      code: 'checkpoint.absent',
      severity: 'error',
      message: `The checkpoint of the run that was lost cannot be read (${reason}). Train anew.`,
      place: { kind: 'file', path },
    })
  }
}
