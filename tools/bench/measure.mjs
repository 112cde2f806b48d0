import { join } from 'node:path'
import { disagreement } from './agreement.mjs'
import { numberOf } from './peer.mjs'
import { median } from './statistics.mjs'

/** @typedef {import('./configurations.mjs').Configuration} Configuration */
/** @typedef {import('./peer.mjs').Peer} Peer */
/** @typedef {import('./peer.mjs').Answer} Answer */
/** @typedef {import('./peer.mjs').Kind} Kind */
/** Milliseconds of one step (of streaming the median one), and how many were made. @typedef {{ round: number, ms: number, steps: number }} Block */
/**
 * @typedef {object} Timing
 * @property {string} peer
 * @property {Kind} kind
 * @property {Block[]} blocks
 * @property {{ median: number, percentile99: number } | null} single of single steps, the medians over the blocks; null if untold
 * @property {number | null} bytes arena of the engine, growth of resident memory of a peer
 * @property {boolean} isSlow so slow that it had few turns
 * @property {string | null} disagreement why its times must not be compared; it was not timed then
 */
/**
 * @typedef {object} Measurement
 * @property {string} config
 * @property {boolean} streaming
 * @property {number} mflop
 * @property {number} threads that the engine chose, the median of the rounds
 * @property {Timing} own
 * @property {Timing[]} others
 * @property {{ one: number[], all: number[] } | null} scaling milliseconds per step with one thread and with all, in turns
 */
/** @typedef {{ rounds: number, scalingRounds: number, folder: string }} Effort `folder` takes the first steps */

/** Milliseconds that each peer trains before the next has its turn. */
const BLOCK = 120
/** A peer whose first step takes longer than this has its turn in three rounds only. */
const SLOW = 1000
const SLOW_ROUNDS = 3

/**
 * Times one configuration in turns A B C A B C …, so that what else happens on the machine meets all alike. Before that every side
 * has computed the same first step; one that came to something else is not timed.
 *
 * @param {Configuration} configuration
 * @param {Peer} engine
 * @param {readonly Peer[]} others
 * @param {Effort} effort
 * @returns {Promise<Measurement>}
 */
export async function measure(configuration, engine, others, { rounds, scalingRounds, folder }) {
  const file = join(folder, `${configuration.name}.safetensors`)
  const loaded = await engine.ask({ load: configuration, file })
  const first = firstStepOf(loaded)
  const streaming = configuration.kind === 'streaming'
  const own = new Side(engine, { streaming, bytes: numberOf(loaded, 'arenaBytes'), difference: null, firstMs: 0 })
  const sides = []
  for (const other of others) {
    const answer = await other.ask({ load: configuration, file })
    const bytes = typeof answer.residentGrowth === 'number' ? answer.residentGrowth : null
    const firstMs = typeof answer.firstMs === 'number' ? answer.firstMs : 0
    const difference = disagreement(first, firstStepOf(answer))
    sides.push(new Side(other, { streaming, bytes, difference, firstMs }))
  }
  const threads = []
  for (let round = 0; round < rounds; round++) {
    threads.push(numberOf(await own.time(round, rounds), 'threads'))
    for (const side of sides) if (side.takesPart(round, rounds)) await side.time(round, rounds)
  }
  return {
    config: configuration.name,
    streaming,
    mflop: numberOf(loaded, 'mflop'),
    threads: median(threads),
    own: own.timing(),
    others: sides.map((side) => side.timing()),
    scaling: streaming || scalingRounds === 0 ? null : await timeScaling(engine, scalingRounds),
  }
}

/** One peer while one configuration is timed. */
class Side {
  #peer
  #bytes
  #disagreement
  #isSlow
  #isStreaming
  /** @type {Block[]} */
  #blocks = []
  /** @type {{ median: number, percentile99: number }[]} */
  #single = []

  /**
   * @param {Peer} peer
   * @param {{ streaming: boolean, bytes: number | null, difference: string | null, firstMs: number }} loaded `firstMs`: its first step
   */
  constructor(peer, { streaming, bytes, difference, firstMs }) {
    this.#peer = peer
    this.#bytes = bytes
    this.#disagreement = difference
    this.#isStreaming = streaming
    this.#isSlow = !streaming && firstMs > SLOW
  }

  /** @param {number} round @param {number} rounds */
  takesPart(round, rounds) {
    if (this.#disagreement !== null) return false
    return !this.#isSlow || round % Math.ceil(rounds / SLOW_ROUNDS) === 0
  }

  /** @param {number} round @param {number} rounds @returns {Promise<Answer>} */
  async time(round, rounds) {
    if (!this.takesPart(round, rounds)) throw new Error(`${this.#peer.name} has no turn in round ${round}`)
    const answer = await this.#peer.ask({ time: BLOCK })
    const steps = numberOf(answer, 'steps')
    if (this.#isStreaming) {
      const single = { median: numberOf(answer, 'percentile50'), percentile99: numberOf(answer, 'percentile99') }
      this.#single.push(single)
      this.#blocks.push({ round, ms: single.median, steps })
    } else this.#blocks.push({ round, ms: numberOf(answer, 'ms') / steps, steps })
    return answer
  }

  /** @returns {Timing} */
  timing() {
    return {
      peer: this.#peer.name,
      kind: this.#peer.kind,
      blocks: this.#blocks,
      single:
        this.#single.length === 0
          ? null
          : {
              median: median(this.#single.map((one) => one.median)),
              percentile99: median(this.#single.map((one) => one.percentile99)),
            },
      bytes: this.#bytes,
      isSlow: this.#isSlow,
      disagreement: this.#disagreement,
    }
  }
}

/** @param {Answer} answer @returns {import('./agreement.mjs').FirstStep} */
function firstStepOf(answer) {
  return {
    loss: numberOf(answer, 'loss'),
    gradientNorm: answer.gradientNorm === null ? null : numberOf(answer, 'gradientNorm'),
  }
}

/** The engine alone, with one thread and with all in turns. @param {Peer} engine @param {number} rounds */
async function timeScaling(engine, rounds) {
  /** @type {{ one: number[], all: number[] }} */
  const scaling = { one: [], all: [] }
  for (let round = 0; round < rounds; round++) {
    for (const threads of /** @type {const} */ (['one', 'all'])) {
      const answer = await engine.ask({ time: BLOCK, threads })
      scaling[threads].push(numberOf(answer, 'ms') / numberOf(answer, 'steps'))
    }
  }
  return scaling
}
