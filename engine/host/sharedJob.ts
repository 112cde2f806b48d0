import { GATHERINGS } from '../runtime/gathering'
import type { Job } from '../runtime/job'
import { Barrier } from './barrier'

/** Words of the shared control block, in front of the rows of each shard. */
const WORD = {
  generation: 0,
  failed: 1,
  ended: 2,
  barrier: 3,
  program: 5,
  probes: 6,
  update: 7,
  step: 8,
  steps: 9,
  gather: 10,
} as const
const WORDS = 16

/** The memory through which the threads of a pool speak; survives being posted to a worker. */
export interface SharedJobMemory {
  words: SharedArrayBuffer
  numbers: SharedArrayBuffer
  shards: number
}

export function allocateSharedJob(shards: number): SharedJobMemory {
  return {
    words: new SharedArrayBuffer(4 * (WORDS + shards)),
    numbers: new SharedArrayBuffer(8),
    shards,
  }
}

/** A job in shared memory: the first thread writes it, all read it. Only numbers pass, so nothing is allocated or posted. */
export class SharedJob {
  readonly words: Int32Array
  readonly generationAt = WORD.generation
  readonly #numbers: Float64Array
  readonly #shards: number

  constructor(memory: SharedJobMemory) {
    this.words = new Int32Array(memory.words)
    this.#numbers = new Float64Array(memory.numbers)
    this.#shards = memory.shards
  }

  barrier(participants: number): Barrier {
    return new Barrier(this.words, WORD.barrier, participants)
  }

  write(job: Job): void {
    this.words[WORD.program] = job.program === 'train' ? 0 : 1
    this.words[WORD.probes] = job.probes ? 1 : 0
    this.words[WORD.update] = job.update ? 1 : 0
    this.words[WORD.step] = job.step
    this.words[WORD.gather] = GATHERINGS.indexOf(job.gather)
    this.#numbers[0] = job.learningRate
    this.words[WORD.steps] = job.steps
    for (let shard = 0; shard < this.#shards; shard++) this.words[WORDS + shard] = job.rows[shard] ?? 0
  }

  /** Fills `job` with what was written. */
  read(job: Job): void {
    job.program = this.words[WORD.program] === 0 ? 'train' : 'predict'
    job.probes = this.words[WORD.probes] === 1
    job.update = this.words[WORD.update] === 1
    job.step = this.words[WORD.step] ?? 0
    job.gather = GATHERINGS[this.words[WORD.gather] ?? 0] ?? 'off'
    job.learningRate = this.#numbers[0] ?? 0
    job.steps = this.words[WORD.steps] ?? 0
    for (let shard = 0; shard < this.#shards; shard++) job.rows[shard] = this.words[WORDS + shard] ?? 0
  }

  /** A thread could not do its part; its message is posted beside. */
  setFailed(): void {
    Atomics.store(this.words, WORD.failed, 1)
  }

  hasFailed(): boolean {
    return Atomics.load(this.words, WORD.failed) === 1
  }

  /** No further job will come. */
  setEnded(): void {
    Atomics.store(this.words, WORD.ended, 1)
  }

  hasEnded(): boolean {
    return Atomics.load(this.words, WORD.ended) === 1
  }
}
