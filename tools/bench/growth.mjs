import { measure } from './measure.mjs'
import { median } from './statistics.mjs'

/** @typedef {import('./configurations.mjs').Configuration} Configuration */
/** @typedef {import('./tables.mjs').Growth} Growth */
/** @typedef {{ by: string, configurations: [number, Configuration][] }} Series */

const lstm = { kind: /** @type {const} */ ('numbers'), cell: /** @type {const} */ ('lstm'), batch: 32, input: 64 }

/** What grows, and the shapes on the way. @type {readonly Series[]} */
const series = [
  {
    by: 'time steps, LSTM of 128',
    configurations: [25, 50, 100, 200, 400].map((steps) => [
      steps,
      { ...lstm, name: `steps-${steps}`, steps, hidden: 128 },
    ]),
  },
  {
    by: 'time steps, transformer of width 64',
    configurations: [25, 50, 100, 200, 400].map((steps) => [
      steps,
      {
        name: `attention-${steps}`,
        kind: 'transformer',
        batch: 32,
        steps,
        vocabulary: 65,
        width: 64,
        heads: 4,
        feedForward: 256,
        layers: 1,
      },
    ]),
  },
  {
    by: 'memory cells, LSTM over 50 steps',
    configurations: [32, 64, 128, 256, 512].map((hidden) => [
      hidden,
      { ...lstm, name: `hidden-${hidden}`, steps: 50, hidden },
    ]),
  },
]

/**
 * Cost of a step as sequences and layers grow.
 *
 * @param {import('./peer.mjs').Peer} engine
 * @param {readonly import('./peer.mjs').Peer[]} others
 * @param {import('./measure.mjs').Effort} effort
 * @returns {Promise<Growth[]>}
 */
export async function measureGrowth(engine, others, effort) {
  const tables = []
  for (const { by, configurations } of series) {
    const points = []
    for (const [value, configuration] of configurations) {
      const { mflop, own, others: timings } = await measure(configuration, engine, others, effort)
      const peers = timings.map(({ peer, blocks }) => ({
        peer,
        ms: blocks.length > 0 ? median(blocks.map(({ ms }) => ms)) : null,
      }))
      points.push({ value, mflop, ms: median(own.blocks.map(({ ms }) => ms)), peers })
    }
    tables.push({ by, points })
  }
  return tables
}
