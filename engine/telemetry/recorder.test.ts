import { describe, expect, it } from 'vitest'
import { MAX_POINTS } from './frame'
import { FRAME_INTERVAL, Recorder } from './recorder'
import { StepTimer } from './stepTimer'
import { LossTrace, thinned } from './thinning'

const run = { run: 'r1', totalSteps: 1000, totalEpochs: 2 }
const at = (step: number) => ({ step, epoch: 0, seconds: step / 10, stepMilliseconds: 100 })
const evaluation = (step: number, loss: number) => ({ step, epoch: 0, loss, metric: 0 })

describe('Recorder', () => {
  it('carries every point exactly once', () => {
    const recorder = new Recorder(run)
    recorder.recordLoss(1, 4)
    recorder.recordLoss(2, 2)
    recorder.recordValidation(evaluation(2, 3), evaluation(2, 3))
    recorder.recordGates(2, [{ node: 'a', gate: 'forget', mean: 0.5, low: 0, high: 0 }])
    expect(recorder.takeFrame(at(2), 0)).toEqual({
      ...run,
      ...at(2),
      training: [
        { step: 1, loss: 4 },
        { step: 2, loss: 2 },
      ],
      validation: [evaluation(2, 3)],
      gates: [{ step: 2, gates: [{ node: 'a', gate: 'forget', mean: 0.5, low: 0, high: 0 }] }],
      best: evaluation(2, 3),
    })
    expect(recorder.hasNews()).toBe(false)
    recorder.recordLoss(3, 1)
    expect(recorder.hasNews()).toBe(true)
    const second = recorder.takeFrame(at(3), 200)
    expect(second.training).toEqual([{ step: 3, loss: 1 }])
    expect(second.validation).toEqual([])
    expect(second.best).toEqual(evaluation(2, 3))
  })

  it('waits until the last frame was read and its time has passed', () => {
    const recorder = new Recorder(run)
    expect(recorder.isFrameDue(0)).toBe(true)
    recorder.takeFrame(at(5), 1000)
    expect(recorder.isFrameDue(5000)).toBe(false)
    recorder.frameRead(4)
    expect(recorder.isFrameDue(5000)).toBe(false)
    recorder.frameRead(5)
    expect(recorder.isFrameDue(999 + FRAME_INTERVAL)).toBe(false)
    expect(recorder.isFrameDue(1000 + FRAME_INTERVAL)).toBe(true)
  })

  it('stays bounded however long nobody reads', () => {
    const recorder = new Recorder(run)
    for (let step = 1; step <= 100_000; step++) {
      recorder.recordLoss(step, step)
      if (step % 10 === 0) recorder.recordValidation(evaluation(step, step), null)
      if (step % 10 === 0) recorder.recordGates(step, [{ node: 'a', gate: 'g', mean: 0, low: 0, high: 0 }])
    }
    const frame = recorder.takeFrame(at(100_000), 0)
    for (const list of [frame.training, frame.validation, frame.gates]) {
      expect(list.length).toBeLessThanOrEqual(MAX_POINTS)
      expect(list.length).toBeGreaterThan(MAX_POINTS / 8)
      expect(list.at(-1)?.step).toBe(100_000)
    }
  })
})

describe('LossTrace', () => {
  it('merges neighbours into their mean, evenly', () => {
    const trace = new LossTrace()
    for (let step = 1; step <= MAX_POINTS + 4; step++) trace.add(step, step)
    const points = trace.take()
    expect(points[0]).toEqual({ step: 2, loss: 1.5 })
    expect(points.at(-1)).toEqual({ step: MAX_POINTS + 4, loss: MAX_POINTS + 3.5 })
    expect(points).toHaveLength(MAX_POINTS / 2 + 2)
  })

  it('loses no step: the mean over all points weighs every step once', () => {
    const trace = new LossTrace()
    for (let step = 1; step <= MAX_POINTS * 4; step++) trace.add(step, step)
    const points = trace.take()
    const mean = points.reduce((sum, { loss }) => sum + loss, 0) / points.length
    expect(mean).toBeCloseTo((MAX_POINTS * 4 + 1) / 2, 9)
  })
})

it('thinned keeps short lists whole and the newest of long ones', () => {
  expect(thinned([1, 2, 3])).toEqual([1, 2, 3])
  const long = thinned(Array.from({ length: 5 * MAX_POINTS + 1 }, (_, index) => index))
  expect(long.length).toBeLessThanOrEqual(MAX_POINTS)
  expect(long.at(-1)).toBe(5 * MAX_POINTS)
})

it('StepTimer gives the median of recent steps and the sum of all', () => {
  const timer = new StepTimer()
  expect(timer.median()).toBe(0)
  for (const milliseconds of [5, 1, 100]) timer.add(milliseconds)
  expect(timer.median()).toBe(5)
  for (let step = 0; step < 200; step++) timer.add(2)
  expect(timer.median()).toBe(2)
  expect(timer.seconds()).toBeCloseTo(0.506, 9)
})
