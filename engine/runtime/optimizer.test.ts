import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import { NORM_SLICE } from '../ops/optimizer/optimizerKernels'
import { referenceOptimizer } from '../ops/optimizer/optimizerReference'
import type { MemoryLayout } from './layout'
import { Optimizer, type OptimizerSettings, partCount, stateBlocks } from './optimizer'

const COUNT = 2 * NORM_SLICE + 24

const none = { momentum: 0, nesterov: false, weightDecay: 0, clipNorm: 0, clipValue: 0 }
const sgd: OptimizerSettings = { ...none, kind: 'sgd' }
const adam: OptimizerSettings = { ...none, kind: 'adam' }
const all: OptimizerSettings[] = [
  adam,
  { ...none, kind: 'adamw', weightDecay: 0.1 },
  sgd,
  { ...sgd, momentum: 0.9, nesterov: true, weightDecay: 0.1 },
  { ...none, kind: 'rmsprop' },
  { ...none, kind: 'adagrad' },
]

/** Two shards with random gradients, random weights, no state yet. */
function makeRun(settings: OptimizerSettings) {
  const layout: MemoryLayout = {
    parameterCount: COUNT,
    trainedCount: COUNT,
    parameters: 0,
    optimizerState: [COUNT, 2 * COUNT].slice(0, stateBlocks(settings)),
    totalGradient: 3 * COUNT,
    shards: [3, 4].map((block) => ({ parameters: 0, gradients: block * COUNT, feeds: 0, arena: 0 })),
    end: 5 * COUNT,
  }
  const memory = { f: new Float32Array(5 * COUNT), i: new Int32Array(0) }
  const random = rng(3)
  for (let index = 0; index < COUNT; index++) {
    memory.f[index] = random.normal()
    memory.f[3 * COUNT + index] = random.normal() * 0.01
    memory.f[4 * COUNT + index] = random.normal() * 0.01
  }
  return { layout, memory }
}

/** One update by `threads` threads, one after another; returns weights and norm. */
function update(threads: number, settings: OptimizerSettings) {
  const { layout, memory } = makeRun(settings)
  const norms = new Float64Array(partCount(layout))
  const share = (thread: number) => Math.floor((thread * partCount(layout)) / threads)
  const team = Array.from(
    { length: threads },
    (_, thread) => new Optimizer(referenceOptimizer, memory, layout, settings, norms, share(thread), share(thread + 1)),
  )
  for (const one of team) one.reduce('off', true)
  const norm = team[0]?.gradientNorm() ?? 0
  for (const one of team) one.apply(norm, 1, 0.1)
  return { weights: memory.f.slice(0, COUNT), total: memory.f.slice(3 * COUNT, 4 * COUNT), norm }
}

describe('Optimizer', () => {
  it('adds shards, finds the norm and moves weights by learning rate × gradient', () => {
    const before = makeRun(sgd).memory.f
    const { weights, total, norm } = update(1, sgd)
    const sums = before.slice(3 * COUNT, 4 * COUNT).map((first, index) => first + (before[4 * COUNT + index] ?? 0))
    expect(total).toEqual(sums)
    let squares = 0
    let worst = 0
    for (let index = 0; index < COUNT; index++) {
      squares += (sums[index] ?? 0) ** 2
      const expected = (before[index] ?? 0) - 0.1 * (sums[index] ?? 0)
      worst = Math.max(worst, Math.abs((weights[index] ?? 0) - expected))
    }
    expect(worst).toBeLessThan(1e-6)
    expect(norm / Math.sqrt(squares)).toBeCloseTo(1, 6)
  })

  it('clips by the norm of the whole gradient, and only when it is larger', () => {
    const free = update(1, sgd)
    const before = makeRun(sgd).memory.f
    const clipped = update(1, { ...sgd, clipNorm: free.norm / 4 })
    const moved = (weights: Float32Array) => (weights[5] ?? 0) - (before[5] ?? 0)
    expect(moved(clipped.weights) / moved(free.weights)).toBeCloseTo(0.25, 3)
    expect(update(1, { ...sgd, clipNorm: free.norm * 2 }).weights).toEqual(free.weights)
  })

  it('clips every number of the gradient, after the norm', () => {
    const before = makeRun(sgd).memory.f
    const { total, norm } = update(1, sgd)
    const limit = 0.002
    const { weights } = update(1, { ...sgd, clipNorm: norm / 2, clipValue: limit })
    for (let index = 0; index < COUNT; index += 101) {
      const halved = (total[index] ?? 0) / 2
      const expected = (before[index] ?? 0) - 0.1 * Math.max(-limit, Math.min(limit, halved))
      expect(weights[index]).toBeCloseTo(expected, 6)
    }
    const threads = [2, 3].map((count) => update(count, { ...sgd, clipNorm: norm / 2, clipValue: limit }).weights)
    expect(threads).toEqual([weights, weights])
  })

  it.each(all)('$kind with momentum $momentum gives the same digits for any number of threads', (settings) => {
    const clipped = { ...settings, clipNorm: 0.5 }
    const alone = update(1, clipped)
    for (const threads of [2, 3]) expect(update(threads, clipped)).toEqual(alone)
  })

  it('the first step of Adam moves every weight by the learning rate against its gradient', () => {
    const before = makeRun(adam).memory.f
    const { weights, total } = update(1, adam)
    for (let index = 0; index < COUNT; index += 997) {
      const moved = (weights[index] ?? 0) - (before[index] ?? 0)
      expect(moved).toBeCloseTo(-0.1 * Math.sign(total[index] ?? 0), 4)
    }
  })
})
