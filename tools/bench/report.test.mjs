import { expect, it } from 'vitest'
import { markdown, printTables } from './report.mjs'
import { tablesOf } from './tables.mjs'

/** @type {import('./rows.mjs').Row} */
const row = {
  config: 'tiny',
  mflop: 2.5,
  ms: 0.05,
  minimumMs: 0.04,
  single: null,
  threads: 1,
  gflops: 50,
  percentOfPeak: 45.4,
  arenaBytes: 2_500_000,
  peers: [
    peer('PyTorch 1 thr', { ms: 2.5, minimumMs: 2.25, bytes: 30_000_000 }),
    peer('TensorFlow.js', { ms: 25_000, minimumMs: 24_000, rounds: 3, isSlow: true }),
  ],
  ratio: { pytorch: 50, tfjs: 500_000 },
  quartiles: { pytorch: { lower: 45, median: 50, upper: 55 }, tfjs: { lower: 4e5, median: 5e5, upper: 6e5 } },
  scaling: { one: 0.05, all: 0.04, gain: 1.25 },
}

/** @type {import('./tables.mjs').Result} */
const result = {
  date: '2026-11-22',
  machine: { text: 'a processor, 2 cores', peak: 110, productPeak: 100 },
  rows: [row],
}

/** @param {string} name @param {Partial<import('./rows.mjs').PeerFigures>} more @returns {import('./rows.mjs').PeerFigures} */
function peer(name, more) {
  const empty = {
    ms: null,
    minimumMs: null,
    single: null,
    rounds: 9,
    isSlow: false,
    bytes: null,
    disagreement: null,
  }
  return { peer: name, ...empty, ...more }
}

it('writes times, ratios with quartiles, threads and memory', () => {
  expect(tablesOf(result).map(({ title }) => title)).toEqual(['Training steps', 'Threads and memory'])
  const text = markdown(result)
  expect(text).toContain('on 2026-11-22')
  expect(text).toContain('a processor, 2 cores')
  expect(text).toContain(
    '| tiny | 2.50 | 0.0500 (0.0400) | 2.50 (2.25) | 25000 (24000) * | 1 | 50.0 | 45 | 50.0 (45.0–55.0) | 500000 (400000–600000) |',
  )
  expect(text).toContain('| tiny | 0.0500 | 0.0400 | 1.25 × | 2.50 | 30.0 |')
})

it('names a peer that computes something else instead of its time', () => {
  const wrong = peer('PyTorch 1 thr', { rounds: 0, disagreement: 'its first loss is 1' })
  const text = printTables({ ...result, rows: [{ ...row, peers: [wrong], ratio: {}, quartiles: {} }] })
  expect(text).toContain('computes something else')
  expect(text).not.toContain('to PyTorch')
})

it('tells streaming in microseconds, side by side', () => {
  const streaming = {
    ...row,
    config: 'streaming',
    single: { median: 0.05, percentile99: 0.06 },
    scaling: null,
    peers: [peer('PyTorch 1 thr', { ms: 2.5, minimumMs: 2.25, single: { median: 2.5, percentile99: 3 } })],
    quartiles: { pytorch: { lower: 45, median: 50, upper: 55 } },
    ratio: { pytorch: 50 },
  }
  const text = markdown({ ...result, rows: [streaming] })
  expect(text).toContain('| streaming | Unroll | 50.0 | 60.0 |  |')
  expect(text).toContain('| streaming | PyTorch 1 thr | 2500 | 3000 | 50.0 (45.0–55.0) |')
})

it('says of every goal whether it is met', () => {
  const text = markdown({
    ...result,
    rows: [],
    compile: [{ name: 'compile', value: 60, unit: 'ms', limit: 50, isAtLeast: false }],
    canvas: [{ name: 'drag', value: 58, unit: 'fps', limit: 50, isAtLeast: true }],
    inApp: { ms: 5.2, commandLineMs: 5, ratio: { lower: 1, median: 1.04, upper: 1.08 }, limit: 1.1 },
    growth: [
      { by: 'time steps', points: [{ value: 25, mflop: 10, ms: 2, peers: [{ peer: 'PyTorch 1 thr', ms: null }] }] },
    ],
  })
  expect(text).toContain('| compile | 60.0 ms | ≤ 50 ms | missed |')
  expect(text).toContain('| drag | 58.0 fps | ≥ 50 fps | met |')
  expect(text).toContain('| in-app | 5.20 | 5.00 | 1.04 (1.00–1.08) | 1.1 | met |')
  expect(text).toContain('| 25 | 10.0 | 2.00 | – | 5.00 |')
})
