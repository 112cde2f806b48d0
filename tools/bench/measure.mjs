import { numberOf } from './peer.mjs'
import { median } from './statistics.mjs'

/** @typedef {import('./configurations.mjs').Configuration} Configuration */
/** @typedef {import('./peer.mjs').Peer} Peer */
/** @typedef {{ peer: string, rounds: number[] }} Timing milliseconds per step in each round */
/** @typedef {{ config: string, mflop: number, threads: number, own: Timing, others: Timing[] }} Measurement */

/** Milliseconds that each peer trains before the next has its turn, and how often all have theirs. */
const BLOCK = 120
const ROUNDS = 9

/**
 * Times one configuration in turns A B C A B C …, so that what else happens on the machine meets all alike.
 *
 * @param {Configuration} configuration
 * @param {Peer} engine
 * @param {readonly Peer[]} others
 * @returns {Promise<Measurement>}
 */
export async function measure(configuration, engine, others) {
  const mflop = numberOf(await engine.ask({ load: configuration }), 'mflop')
  for (const other of others) await other.ask({ load: configuration })
  const own = timing(engine)
  const timings = others.map(timing)
  const threads = []
  for (let round = 0; round < ROUNDS; round++) {
    const answer = await engine.ask({ time: BLOCK })
    threads.push(numberOf(answer, 'threads'))
    own.rounds.push(numberOf(answer, 'ms') / numberOf(answer, 'steps'))
    for (const [index, other] of others.entries()) {
      const result = await other.ask({ time: BLOCK })
      timings[index]?.rounds.push(numberOf(result, 'ms') / numberOf(result, 'steps'))
    }
  }
  return { config: configuration.name, mflop, threads: median(threads), own, others: timings }
}

/** @param {Peer} peer @returns {Timing} */
function timing(peer) {
  return { peer: peer.name, rounds: [] }
}
