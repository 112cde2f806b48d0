import { expect, it } from 'vitest'
import { rowOf } from './rows.mjs'

/** @param {string} peer @param {import('./measure.mjs').Kind} kind @param {[number, number][]} blocks round and milliseconds */
function timing(peer, kind, blocks) {
  return {
    peer,
    kind,
    blocks: blocks.map(([round, ms]) => ({ round, ms, steps: 1 })),
    single: { median: 2, percentile99: 3 },
    bytes: 1024,
    isSlow: false,
    disagreement: null,
  }
}

const own = timing('Unroll', 'own', [
  [0, 2],
  [1, 1],
  [2, 4],
])
const common = { config: 'tiny', streaming: false, mflop: 100, threads: 2, own, scaling: null }

it('compares with the better setting of a framework, round by round', () => {
  const one = timing('PyTorch 1 thr', 'pytorch', [
    [0, 20],
    [1, 20],
    [2, 20],
  ])
  const two = timing('PyTorch 2 thr', 'pytorch', [
    [0, 10],
    [1, 10],
    [2, 60],
  ])
  const row = rowOf({ ...common, others: [one, two] }, 50)
  expect(row.ms).toBe(2)
  expect(row.gflops).toBe(50)
  expect(row.percentOfPeak).toBe(50)
  // 10 / 2, 10 / 1, 60 / 4
  expect(row.quartiles.pytorch).toEqual({ lower: 7.5, median: 10, upper: 12.5 })
  expect(row.ratio).toEqual({ pytorch: 10 })
})

it('sets a slow peer beside the rounds in which it had its turn', () => {
  const blocks = timing('TensorFlow.js', 'tfjs', [
    [0, 200],
    [2, 200],
  ])
  const slow = { ...blocks, isSlow: true }
  const row = rowOf({ ...common, others: [slow] }, 50)
  expect(row.ratio.tfjs).toBe((100 + 50) / 2)
  expect(row.peers[0]).toMatchObject({ ms: 200, rounds: 2, isSlow: true })
})

it('gives no ratio to a peer that computes something else', () => {
  const other = { ...timing('PyTorch 1 thr', 'pytorch', []), disagreement: 'its first loss is 1' }
  const row = rowOf({ ...common, others: [other] }, 50)
  expect(row.ratio).toEqual({})
  expect(row.peers[0]).toMatchObject({ ms: null, disagreement: 'its first loss is 1' })
})

it('tells what further threads bring, and percentiles of streaming alone', () => {
  const row = rowOf({ ...common, others: [], scaling: { one: [4, 6, 8], all: [2, 4, 4] } }, 50)
  expect(row.scaling).toEqual({ one: 6, all: 4, gain: 2 })
  expect(row.single).toBeNull()
  expect(rowOf({ ...common, streaming: true, others: [] }, 50).single).toEqual({ median: 2, percentile99: 3 })
})
