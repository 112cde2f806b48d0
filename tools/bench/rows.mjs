import { better, median, ratio } from './statistics.mjs'

/** @typedef {import('./measure.mjs').Measurement} Measurement */
/** @typedef {import('./measure.mjs').Timing} Timing */
/** @typedef {import('./statistics.mjs').Quartiles} Quartiles */
/** @typedef {'pytorch' | 'tfjs'} Framework */
/**
 * What came of one peer. Milliseconds are null where it was not timed, because it does not compute the same.
 *
 * @typedef {object} PeerFigures
 * @property {string} peer
 * @property {number | null} ms median
 * @property {number | null} minimumMs
 * @property {Timing['single']} single of single steps, only of streaming
 * @property {number} rounds
 * @property {boolean} isSlow it had few turns
 * @property {number | null} bytes growth of resident memory
 * @property {string | null} disagreement
 */
/**
 * @typedef {object} Row
 * @property {string} config
 * @property {number} mflop of one training step
 * @property {number} ms median of the engine
 * @property {number} minimumMs
 * @property {Timing['single']} single of single steps, only of streaming
 * @property {number} threads that the engine chose, the median of the rounds
 * @property {number} gflops
 * @property {number} percentOfPeak of the peak of one core, times threads
 * @property {number} arenaBytes
 * @property {PeerFigures[]} peers
 * @property {Partial<Record<Framework, number>>} ratio peer's time divided by ours, at the peer's better setting
 * @property {Partial<Record<Framework, Quartiles>>} quartiles
 * @property {{ one: number, all: number, gain: number } | null} scaling medians in milliseconds, and of the rounds' ratios
 */

/** @type {readonly Framework[]} */
export const frameworks = ['pytorch', 'tfjs']

/** @param {Measurement} measurement @param {number} peak GFLOP/s of one core @returns {Row} */
export function rowOf({ config, streaming, mflop, threads, own, others, scaling }, peak) {
  const ownMs = own.blocks.map(({ ms }) => ms)
  const ms = median(ownMs)
  const gflops = mflop / ms
  const quartiles = Object.fromEntries(
    frameworks.flatMap((kind) => {
      const timed = others.filter((other) => other.kind === kind && other.blocks.length > 0)
      const best = better(timed, millisecondsOf)
      return best ? [[kind, ratio(millisecondsOf(best), sameRounds(own, best))]] : []
    }),
  )
  return {
    config,
    mflop,
    ms,
    minimumMs: Math.min(...ownMs),
    single: streaming ? own.single : null,
    threads,
    gflops,
    percentOfPeak: (100 * gflops) / (peak * threads),
    arenaBytes: own.bytes ?? 0,
    peers: others.map((other) => figuresOf(other, streaming)),
    ratio: Object.fromEntries(Object.entries(quartiles).map(([kind, quartile]) => [kind, quartile.median])),
    quartiles,
    scaling: scaling && {
      one: median(scaling.one),
      all: median(scaling.all),
      gain: ratio(scaling.one, scaling.all).median,
    },
  }
}

/** @param {Timing} timing */
function millisecondsOf({ blocks }) {
  return blocks.map(({ ms }) => ms)
}

/** The engine's blocks of the rounds in which a slow peer had its turn. @param {Timing} own @param {Timing} other */
function sameRounds(own, other) {
  return other.blocks.map(({ round }) => own.blocks.find((block) => block.round === round)?.ms ?? Number.NaN)
}

/** @param {Timing} timing @param {boolean} streaming @returns {PeerFigures} */
function figuresOf(timing, streaming) {
  const { peer, single, bytes, isSlow, disagreement } = timing
  const times = millisecondsOf(timing)
  const wasTimed = times.length > 0
  return {
    peer,
    ms: wasTimed ? median(times) : null,
    minimumMs: wasTimed ? Math.min(...times) : null,
    single: streaming ? single : null,
    rounds: times.length,
    isSlow,
    bytes,
    disagreement,
  }
}
