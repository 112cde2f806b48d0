import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import type { ExampleSet, PreparedData } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import type { TrainingSettings } from '../document/trainingSchema'
import { trajectories, trajectoryData } from '../testing/goldens/trajectories'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, float64Reference, openTestSession } from '../testing/testSession'

const WINDOW = 4

/** Letters of one text, cut into `count` windows that follow each other; the last of them may be left out of each stretch. */
function windows(text: Int32Array, count: number, window: number): ExampleSet {
  return {
    count,
    numbers: null,
    tokens: text.slice(0, count * window),
    lengths: new Int32Array(count).fill(window),
    targetNumbers: null,
    targetTokens: text.slice(1, count * window + 1),
  }
}

/** @param parts the examples of every part alike, of `window` steps at most */
function dataOf(part: ExampleSet, window: number): PreparedData {
  const golden = trajectories().find(({ kind }) => kind === 'nextSymbol')
  if (!golden) throw new Error('no golden model of the next letter')
  const data = trajectoryData(golden)
  const examples = { training: part.count, validation: part.count, test: part.count }
  const summary = { ...data.summary, maximumSteps: window, examples }
  return { ...data, summary, splits: { training: part, validation: part, test: part } }
}

function document(training: Partial<TrainingSettings>): UnrollDocument {
  const model = chain('letters', [
    ['embedding', { type: 'embedding', settings: { size: 3 } }],
    ['first', { type: 'lstm', settings: { hidden: 5, peepholes: true } }],
    ['second', { type: 'gru', settings: { hidden: 4 } }],
    ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['head', { type: 'nextSymbol', settings: {} }],
  ])
  return {
    ...smallDocument(training),
    data: {
      kind: 'nextSymbol',
      source: { kind: 'sample', name: 'none' },
      unit: 'letter',
      window: WINDOW,
      minimumCount: 1,
      split: { training: 0.8, validation: 0.1 },
    },
    models: [model],
  }
}

const random = rng(4)
const text = Int32Array.from({ length: 20 * WINDOW + 1 }, () => random.integer(7))

/** Loss of the validation part in float64. */
function loss(data: PreparedData, training: Partial<TrainingSettings>): number {
  return openTestSession(document(training), data, float64Reference).evaluate('validation')?.loss ?? Number.NaN
}

describe('memory carried from window to window', () => {
  it('measures windows of one stream as the whole text', () => {
    const whole = loss(dataOf(windows(text, 1, text.length - 1), text.length - 1), { batchSize: 1 })
    const carried = loss(dataOf(windows(text, 20, WINDOW), WINDOW), { batchSize: 1, carry: true })
    const forgetful = loss(dataOf(windows(text, 20, WINDOW), WINDOW), { batchSize: 1 })
    expect(carried).toBeCloseTo(whole, 12)
    expect(Math.abs(forgetful - whole)).toBeGreaterThan(1e-4)
  })

  it('measures several streams of different lengths, in two shards, each as its own text', () => {
    // 20 windows in 8 rows: four streams of three windows, then four of two.
    const lengths = [3, 3, 3, 3, 2, 2, 2, 2]
    const steps = 3 * WINDOW
    const tokens = new Int32Array(8 * steps)
    const targetTokens = new Int32Array(8 * steps).fill(-1)
    let at = 0
    for (const [row, count] of lengths.entries()) {
      const size = count * WINDOW
      tokens.set(text.subarray(at, at + size), row * steps)
      targetTokens.set(text.subarray(at + 1, at + size + 1), row * steps)
      at += size
    }
    const streams = {
      ...windows(text, 8, 1),
      tokens,
      targetTokens,
      lengths: Int32Array.from(lengths, (count) => count * WINDOW),
    }
    const apart = loss(dataOf(streams, steps), { batchSize: 8 })
    expect(loss(dataOf(windows(text, 20, WINDOW), WINDOW), { batchSize: 8, carry: true })).toBeCloseTo(apart, 12)
  })

  it('trains on every window once, in order, and begins every epoch with nothing remembered', () => {
    const data = dataOf(windows(text, 20, WINDOW), WINDOW)
    const session = openTestSession(document({ batchSize: 8, carry: true }), data, float32Reference)
    expect(session.stepsPerEpoch).toBe(3)
    const rows = (step: number) => {
      session.loadBatch(step)
      return Array.from({ length: session.batch.rows }, (_, row) => session.batch.exampleOf(row))
    }
    const epoch = [1, 2, 3].map(rows)
    expect(epoch).toEqual([
      [0, 3, 6, 9, 12, 14, 16, 18],
      [1, 4, 7, 10, 13, 15, 17, 19],
      [2, 5, 8, 11],
    ])
    expect([4, 5, 6].map(rows)).toEqual(epoch)
    const losses = [1, 2, 3, 4, 5, 6].map((step) => session.step(step, 0, false).loss)
    expect(losses.slice(3)).toEqual(losses.slice(0, 3))
  })

  it('can look once more at a step that failed, from the same memory', () => {
    const data = dataOf(windows(text, 20, WINDOW), WINDOW)
    const session = openTestSession(document({ batchSize: 8, carry: true }), data, float32Reference)
    session.step(1, 0, false)
    const weights = session.weights()
    session.setWeights(weights.slice().fill(Number.NaN))
    expect(session.step(2, 0, false).loss).toBeNaN()
    session.setWeights(weights)
    const again = session.step(2, 0, false).loss
    const fresh = openTestSession(document({ batchSize: 8, carry: true }), data, float32Reference)
    fresh.step(1, 0, false)
    expect(again).toBe(fresh.step(2, 0, false).loss)
  })

  it('leaves models alone that remember nothing, and data that do not follow each other', () => {
    const plans = (changes: Partial<UnrollDocument>) => {
      const data = dataOf(windows(text, 20, WINDOW), WINDOW)
      const session = openTestSession(
        { ...document({ batchSize: 8, carry: true }), ...changes },
        data,
        float32Reference,
      )
      session.loadBatch(1)
      return {
        carried: session.pool.local.spec.predict.program.carried,
        isShuffled:
          Array.from({ length: 8 }, (_, row) => session.batch.exampleOf(row)).join() !== '0,3,6,9,12,14,16,18',
      }
    }
    expect(plans({}).carried).toHaveLength(3)
    const bag = chain('letters', [
      ['embedding', { type: 'embedding', settings: { size: 3 } }],
      ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
      ['head', { type: 'nextSymbol', settings: {} }],
    ])
    expect(plans({ models: [bag] })).toEqual({ carried: undefined, isShuffled: true })
    expect(plans({ data: smallDocument().data })).toEqual({ carried: undefined, isShuffled: true })
  })
})
