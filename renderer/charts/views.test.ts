import { describe, expect, it } from 'vitest'
import type { Baseline } from '../../engine/data/prepared'
import type { EvaluationPoint, GateStatistics } from '../../engine/telemetry/frame'
import { PointSeries } from '../run/pointSeries'
import { epochTicks, epochWords, shownScale } from './epochAxis'
import { gatesVerdict } from './gateReading'
import { gateView, gateWords } from './gateView'
import { learningVerdict } from './learningVerdict'
import { bestBaseline, type LossTrace, lossRange, lossView, lossWords } from './lossView'

function evaluations(...losses: number[]): EvaluationPoint[] {
  return losses.map((loss, index) => ({ step: (index + 1) * 10, epoch: index + 1, loss, metric: loss }))
}

function baseline(name: string, loss: number): Baseline {
  const everywhere = { training: loss, validation: loss, test: loss }
  return { name, loss: everywhere, metric: everywhere }
}

function trace(training: [number, number][], validation: EvaluationPoint[], baselines: Baseline[] = []): LossTrace {
  const series = new PointSeries(1)
  for (const [step, loss] of training) series.add(step, loss)
  const best = validation.reduce<EvaluationPoint | null>((a, b) => (a && a.loss <= b.loss ? a : b), null)
  return { training: series, validation, best, baselines, totalSteps: 120, stepsPerEpoch: 10, finished: false }
}

describe('is it still learning?', () => {
  it.each([
    [[], false, 'the first epoch is under way', 'calm'],
    [[], true, 'it ended before the first epoch did', 'notice'],
    [[2], false, 'too early to say', 'calm'],
    [[2, 1.9, 1.8, 1.7], false, 'yes, 0.10 better per epoch', 'calm'],
    [[2, 1.98], false, 'yes, 0.020 better per epoch', 'calm'],
    [[2, 1.9, 1.8, 1.7], true, 'yes, still 0.10 better per epoch at the end', 'calm'],
    [[2, 1.7, 1.62, 1.62, 1.62, 1.62], false, 'hardly, it has levelled off at 1.62', 'calm'],
    [[2, 1.5, 1.6, 1.7], false, 'no, it was best after epoch 2', 'notice'],
    [[2, 1.5, 1.6, 1.7], true, 'no longer, it was best after epoch 2', 'calm'],
    [[1, 1.2, 1.4, 1.9], false, 'no, it gets worse: try a smaller learning rate', 'warning'],
  ] as const)('%j (finished: %s): %s', (losses, finished, text, tone) => {
    expect(learningVerdict(evaluations(...losses), finished)).toEqual({ text, tone })
  })
})

describe('what do the gates do?', () => {
  const gate = (name: string, low: number, high: number): GateStatistics => ({
    node: 'lstm',
    gate: name,
    mean: 0.5,
    low,
    high,
  })
  it('names the gate that is stuck most', () => {
    expect(gatesVerdict([gate('forget', 0, 0.08), gate('input', 0.02, 0)])).toEqual({
      text: '8 % of forget gates stuck open',
      tone: 'calm',
    })
    expect(gatesVerdict([gate('forget', 0, 0.08), gate('input', 0.95, 0)])).toEqual({
      text: '95 % of input gates stuck shut',
      tone: 'notice',
    })
    expect(gatesVerdict([gate('forget', 0.01, 0.02)])).toEqual({ text: 'all of them move freely', tone: 'calm' })
    expect(gatesVerdict([])).toEqual({ text: '', tone: 'calm' })
  })
  it('draws the mean and the stuck shares of every gate and says them', () => {
    const series = new PointSeries(3)
    series.add(10, 0.7, 0, 0.25)
    series.add(20, 0.83, 0.125, 0.5)
    const gates = new Map([['lstm', [{ gate: 'forget', series }]]])
    const run = { ...trace([[20, 1]], []), gates }
    const view = gateView(run, { node: 'lstm' }, { large: true })
    expect(view?.lines).toMatchObject([{ key: 'forget', ink: 'green', y: [0.7, 0.83], label: 'forget 0.83' }])
    expect(view?.bands).toEqual([
      { ink: 'green', x: [10, 20], low: [0.75, 0.5], high: [1, 1] },
      { ink: 'green', x: [10, 20], low: [0, 0], high: [0, 0.125] },
    ])
    expect(view?.describeX(32)).toBe('epoch 3.2')
    const small = gateView(run, { node: 'lstm' }, { large: false })
    expect(small?.bands).toEqual([view?.bands[0]])
    expect(gateView(run, { node: 'gru' }, { large: true })).toBeNull()
    expect(gateWords([{ ...gate('forget', 0, 0.08), mean: 0.83 }], 'LSTM').reading).toBe('Gates of LSTM: forget 0.83')
    expect(gateWords(null, 'LSTM').reading).toBe('Gates of LSTM: nothing trained yet')
  })
})

describe('loss chart', () => {
  it('is absent before the first point', () => {
    expect(lossView(null, { log: false, large: false })).toBeNull()
    expect(lossView(trace([], []), { log: false, large: false })).toBeNull()
    expect(lossWords(null).reading).toBe('Loss: nothing trained yet')
  })
  it('labels its lines, shows the best baseline and marks the best epoch', () => {
    const shown = trace(
      [
        [1, 3],
        [60, 2],
        [120, 1.62],
      ],
      evaluations(2.4, 1.74, 1.8),
      [baseline('guessing', 3.12), baseline('always e', 3.4)],
    )
    const small = lossView(shown, { log: false, large: false })
    expect(small?.lines.map((line) => line.label)).toEqual([undefined, 'training 1.62', 'validation 1.80'])
    expect(small?.guides).toEqual([{ value: 3.12, label: 'guessing 3.12', ink: 'guide', inside: true }])
    expect(small?.marks).toEqual([{ x: 20, y: 1.74, ink: 'orange' }])
    const large = lossView(shown, { log: true, large: true })
    expect(large?.guides).toHaveLength(2)
    expect(large?.marks[0]?.label).toBe('best 1.74, epoch 2')
    expect(lossWords(shown).reading).toBe('Loss: training 1.62, validation 1.80, guessing 3.12')
  })
  it('takes the strongest baseline', () => {
    expect(bestBaseline([])).toBeNull()
    expect(bestBaseline([baseline('a', 2), baseline('b', 1)])?.name).toBe('b')
  })
  it('cuts off the first peak, keeps everything else in view, and never shows heights below zero for positive losses', () => {
    const raw = Array.from({ length: 200 }, (_, index) => (index === 0 ? 50 : 1))
    const range = lossRange(raw, raw, [0.01], [], false)
    expect(range.high).toBeLessThan(2)
    expect(range.low).toBe(0)
    expect(lossRange([], [], [], [], true)).toEqual({ low: 0.1, high: 1 })
    expect(lossRange([2, 2], [2, 2], [], [], true).high).toBeGreaterThanOrEqual(3.4)
  })
})

describe('epochs on the axis', () => {
  const scale = { totalSteps: 120, stepsPerEpoch: 10 }
  it('shows start, now and end without crowding', () => {
    expect(epochTicks(scale, 74).map((tick) => tick.label)).toEqual(['epoch 0', '7', '12'])
    expect(epochTicks(scale, 5).map((tick) => tick.label)).toEqual(['epoch 0', '12'])
    expect(epochTicks(scale, 118).map((tick) => tick.label)).toEqual(['epoch 0', '12'])
    expect(epochWords(scale, 74)).toBe('epoch 7.4')
  })
  it('spans a half, a quarter … of the run that holds the newest step, and at the end what was trained', () => {
    const run = { totalSteps: 9000, stepsPerEpoch: 10, finished: false }
    const epochs = (step: number) => shownScale(run, step).totalSteps / 10
    expect([0, 40, 500, 3000, 4200, 9000].map(epochs)).toEqual([8, 8, 57, 450, 900, 900])
    expect(shownScale({ ...run, totalSteps: 30 }, 5).totalSteps).toBe(30)
    const ended = { ...run, finished: true }
    expect([0, 1513, 9000].map((step) => shownScale(ended, step).totalSteps)).toEqual([10, 1520, 9000])
    const stopped = { ...trace([[1513, 1]], []), totalSteps: 9000, finished: true }
    expect(lossView(stopped, { log: false, large: true })?.x).toEqual({
      low: 0,
      high: 1520,
      ticks: [
        { at: 0, label: 'epoch 0' },
        { at: 1520, label: '152' },
      ],
    })
  })
})
