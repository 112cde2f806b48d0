import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import { BatchPlan, type ShardFeeds } from './batches'
import type { DataSummary, ExampleSet } from './prepared'

function summaryOf(changes: Partial<DataSummary>): DataSummary {
  return {
    title: 'test',
    sentence: '',
    input: { kind: 'numbers', features: ['a', 'b'] },
    target: { kind: 'numbers', names: ['y'] },
    maximumSteps: 3,
    variableLength: false,
    stepWord: 'step',
    examples: { training: 0, validation: 0, test: 0 },
    fingerprint: '',
    ...changes,
  }
}

/** Example e at time t has the features 100 e + 10 t + f, and the target e. */
function numberExamples(count: number, steps: number, features: number): ExampleSet {
  const numbers = new Float32Array(count * steps * features)
  for (let e = 0; e < count; e++) {
    for (let t = 0; t < steps; t++) {
      for (let f = 0; f < features; f++) numbers[(e * steps + t) * features + f] = 100 * e + 10 * t + f
    }
  }
  return {
    count,
    numbers,
    tokens: null,
    lengths: new Int32Array(count).fill(steps),
    targetNumbers: Float32Array.from({ length: count }, (_, e) => e),
    targetTokens: null,
  }
}

function numberFeeds(): ShardFeeds {
  return {
    input: new Float32Array(1000).fill(-7),
    lengths: new Int32Array(100).fill(-7),
    target: new Float32Array(100).fill(-7),
    lossScale: new Float32Array(1),
  }
}

describe('BatchPlan', () => {
  it('writes time-major shards', () => {
    const plan = new BatchPlan(numberExamples(5, 3, 2), summaryOf({}), 4, 2)
    expect(plan.batchCount).toBe(2)
    plan.startEpoch(null)
    plan.startBatch(0)
    expect([plan.rows, plan.steps, ...plan.counted]).toEqual([4, 3, 4])
    const feeds = numberFeeds()
    plan.fill(1, feeds)
    // [T = 3, B = 2, F = 2], examples 2 and 3; nothing is written behind it.
    expect([...(feeds.input ?? [])].slice(0, 13)).toEqual([
      200, 201, 300, 301, 210, 211, 310, 311, 220, 221, 320, 321, -7,
    ])
    expect([...(feeds.lengths ?? [])].slice(0, 3)).toEqual([3, 3, -7])
    expect([...(feeds.target ?? [])].slice(0, 3)).toEqual([2, 3, -7])
    expect(feeds.lossScale?.[0]).toBe(0.25)
  })

  it('ends with a smaller batch, whose first shard may be empty', () => {
    const plan = new BatchPlan(numberExamples(5, 3, 2), summaryOf({}), 4, 2)
    plan.startEpoch(null)
    plan.startBatch(1)
    expect([plan.rows, plan.shardRows(0), plan.shardRows(1)]).toEqual([1, 0, 1])
    const feeds = numberFeeds()
    plan.fill(0, feeds)
    expect(feeds.lengths?.[0]).toBe(-7)
    plan.fill(1, feeds)
    expect([feeds.target?.[0], feeds.lossScale?.[0]]).toEqual([4, 1])
  })

  it('uses each example exactly once an epoch, in an order of its own that depends on seed and epoch only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(1000),
        (count, batchSize, shards, seed) => {
          const order = (epoch: number) => {
            const plan = new BatchPlan(numberExamples(count, 1, 1), summaryOf({ maximumSteps: 1 }), batchSize, shards)
            const seen: number[] = []
            const target = new Float32Array(batchSize)
            plan.startEpoch(rng(seed), epoch)
            for (let batch = 0; batch < plan.batchCount; batch++) {
              plan.startBatch(batch)
              for (let shard = 0; shard < shards; shard++) {
                expect(plan.shardRows(shard)).toBeLessThanOrEqual(plan.maximumShardRows)
                plan.fill(shard, { input: null, lengths: null, target, lossScale: null })
                seen.push(...target.subarray(0, plan.shardRows(shard)))
              }
            }
            return seen
          }
          expect(order(3).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
          expect(order(3)).toEqual(order(3))
        },
      ),
    )
    const plan = new BatchPlan(numberExamples(30, 1, 1), summaryOf({ maximumSteps: 1 }), 30, 1)
    const orders = [0, 1].map((epoch) => {
      plan.startEpoch(rng(5), epoch)
      plan.startBatch(0)
      return Array.from({ length: 30 }, (_, row) => plan.exampleOf(row)).join()
    })
    expect(orders[0]).not.toBe(orders[1])
  })

  it('takes the longest example of the batch as its time steps and ignores targets past the length', () => {
    const examples: ExampleSet = {
      count: 3,
      numbers: null,
      tokens: Int32Array.of(1, 2, 3, 4, 5, 6, 0, 0, 7, 0, 0, 0),
      lengths: Int32Array.of(4, 2, 1),
      targetNumbers: null,
      targetTokens: Int32Array.of(2, 3, 4, 5, 6, 7, -1, -1, -1, 9, 9, 9),
    }
    const summary = summaryOf({
      input: { kind: 'tokens', vocabulary: 10, unit: 'letter' },
      target: { kind: 'symbol', vocabulary: 10, unit: 'letter' },
      maximumSteps: 4,
      variableLength: true,
    })
    const plan = new BatchPlan(examples, summary, 2, 1)
    const feeds = {
      input: new Int32Array(8).fill(-7),
      lengths: new Int32Array(2),
      target: new Int32Array(8).fill(-7),
      lossScale: new Float32Array(1),
    }
    plan.startEpoch(null)
    plan.startBatch(0)
    plan.fill(0, feeds)
    expect([plan.steps, ...plan.counted, feeds.lossScale[0]]).toEqual([4, 6, Math.fround(1 / 6)])
    expect([...feeds.input]).toEqual([1, 5, 2, 6, 3, 0, 4, 0])
    expect([...feeds.target]).toEqual([2, 6, 3, 7, 4, -1, 5, -1])
    plan.startBatch(1)
    plan.fill(0, feeds)
    // Nothing counts: the scale is 0, never infinity.
    expect([plan.steps, ...plan.counted, feeds.lossScale[0], feeds.input[0], feeds.target[0]]).toEqual([1, 0, 0, 7, -1])
  })

  it('writes one class for each row', () => {
    const examples: ExampleSet = {
      count: 2,
      numbers: null,
      tokens: Int32Array.of(1, 2, 3, 0),
      lengths: Int32Array.of(2, 1),
      targetNumbers: null,
      targetTokens: Int32Array.of(1, 0),
    }
    const summary = summaryOf({
      input: { kind: 'tokens', vocabulary: 4, unit: 'word' },
      target: { kind: 'class', classes: ['x', 'y'] },
      maximumSteps: 2,
    })
    const plan = new BatchPlan(examples, summary, 8, 1)
    const target = new Int32Array(2)
    plan.startEpoch(null)
    plan.startBatch(0)
    plan.fill(0, { input: null, lengths: null, target, lossScale: null })
    expect([...target, ...plan.counted]).toEqual([1, 0, 2])
  })

  it('counts targets for each output in its own way, over one batch or over all whose gradients are added up', () => {
    const examples: ExampleSet = {
      count: 4,
      numbers: null,
      tokens: new Int32Array(8),
      lengths: Int32Array.of(2, 1, 2, 2),
      targetNumbers: null,
      targetTokens: Int32Array.of(0, 1, 2, -1, 1, 1, 2, 0),
    }
    const summary = summaryOf({
      input: { kind: 'tokens', vocabulary: 3, unit: 'word' },
      target: { kind: 'tag', tags: ['x', 'y', 'z'] },
      maximumSteps: 2,
    })
    const countings = [
      { weight: 1, classWeights: null, ignored: null },
      { weight: 3, classWeights: [0.5, 1, 2], ignored: null },
      { weight: 0.5, classWeights: null, ignored: 1 },
    ]
    const plan = new BatchPlan(examples, summary, 2, 1, countings)
    const lossScale = new Float64Array(3)
    plan.startEpoch(null)
    plan.startBatch(0)
    plan.fill(0, { input: null, lengths: null, target: null, lossScale })
    expect([...plan.counted]).toEqual([3, 3.5, 2])
    expect([...lossScale]).toEqual([1 / 3, 3 / 3.5, 0.5 / 2])
    for (const index of [0, 1]) {
      plan.startBatch(index, 0, 2)
      expect([...plan.counted]).toEqual(
        [
          [3, 3.5, 2],
          [4, 4.5, 2],
        ][index],
      )
      expect([...plan.lossDivisors]).toEqual([7, 8, 4])
    }
  })

  it('gives an output whose targets are all ignored a loss of nothing', () => {
    const examples: ExampleSet = {
      count: 2,
      numbers: Float32Array.of(1, 2),
      tokens: null,
      lengths: Int32Array.of(1, 1),
      targetNumbers: null,
      targetTokens: Int32Array.of(1, 1),
    }
    const target = { kind: 'class' as const, classes: ['x', 'y'] }
    const plan = new BatchPlan(examples, summaryOf({ target, maximumSteps: 1 }), 2, 1, [
      { weight: 1, classWeights: null, ignored: 1 },
    ])
    const lossScale = new Float64Array(1)
    plan.startEpoch(null)
    plan.startBatch(0)
    plan.fill(0, { input: null, lengths: null, target: null, lossScale })
    expect([...plan.counted, ...lossScale]).toEqual([0, 0])
  })
})
