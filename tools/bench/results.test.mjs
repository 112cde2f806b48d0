import { expect, it } from 'vitest'
import { mergeResults } from './results.mjs'

/** @param {string} config @param {number} ms @returns {import('./rows.mjs').Row} */
function row(config, ms) {
  const common = { mflop: 1, minimumMs: ms, single: null, threads: 1, gflops: 1, percentOfPeak: 1, arenaBytes: 0 }
  return { config, ms, ...common, peers: [], ratio: {}, quartiles: {}, scaling: null }
}

/** @param {string} text @param {Partial<import('./tables.mjs').Result>} measured @returns {import('./tables.mjs').Result} */
function result(text, measured) {
  return { date: '2026-11-22', machine: { text, peak: 100, productPeak: 90 }, rows: [], ...measured }
}

it('takes what a later run measured and leaves the rest', () => {
  const compile = [{ name: 'compile', value: 20, unit: 'ms', limit: 50, isAtLeast: false }]
  const canvas = [{ name: 'pan', value: 60, unit: 'fps', limit: 50, isAtLeast: true }]
  const first = result('with peers', { rows: [row('tiny', 1), row('large', 2)], compile })
  const merged = mergeResults([first, result('alone', { canvas })])
  expect(merged).toEqual({ ...first, canvas })
  const again = mergeResults([merged, result('with peers again', { rows: [row('large', 3), row('tagger', 4)] })])
  expect(again.rows.map(({ config, ms }) => [config, ms])).toEqual([
    ['tiny', 1],
    ['large', 3],
    ['tagger', 4],
  ])
  expect(again.machine.text).toBe('with peers again')
  expect(again.canvas).toBe(canvas)
})

it('has nothing to merge out of nothing', () => {
  expect(() => mergeResults([])).toThrow('no result')
})
