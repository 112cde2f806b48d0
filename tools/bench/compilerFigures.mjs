import { median } from './statistics.mjs'

/** @typedef {import('./peer.mjs').Peer} Peer */
/** @typedef {import('./tables.mjs').Figure} Figure */

/** A graph of this size must compile within so many milliseconds. */
const NODES = 200
const LIMIT = 50

/** @param {Peer} engine @returns {Promise<Figure[]>} */
export async function compilerFigures(engine) {
  const rounds = roundsOf(await engine.ask({ compile: NODES }))
  const common = { unit: 'ms', isAtLeast: false }
  return [
    { ...common, name: `${NODES} nodes to a training plan`, value: median(rounds), limit: LIMIT },
    { ...common, name: 'the same, first time after the start', value: rounds[0] ?? Number.NaN, limit: null },
  ]
}

/** @param {import('./peer.mjs').Answer} answer @returns {number[]} */
export function roundsOf({ rounds }) {
  if (!Array.isArray(rounds) || rounds.length === 0) throw new Error('the engine timed no round')
  return rounds.map(Number)
}
