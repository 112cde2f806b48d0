import { describe, expect, it } from 'vitest'
import { START_TOKEN } from '../data/sequences'
import { backwardsData, backwardsDocument } from '../testing/backwardsWords'
import { float32Reference, openTestSession, wasmSession } from '../testing/testSession'
import { captureStep } from './captureStep'
import { TrainingRun } from './trainingRun'

const STEPS = 12

function open(settings: Record<string, unknown>, totalSteps = STEPS): TrainingRun {
  const document = backwardsDocument(settings)
  const session = openTestSession(document, backwardsData(document), wasmSession('simd', false))
  return new TrainingRun({ session, totalSteps, learningRate: 0.02 })
}

/** Losses of `count` further steps. */
function advance(run: TrainingRun, count: number): number[] {
  return Array.from({ length: count }, () => {
    expect(run.advance(false)).toBe(true)
    return run.progress.loss
  })
}

describe('scheduled sampling whose share falls', () => {
  it.each(['linear', 'exponential', 'inverseSigmoid'])('%s: goes on from a snapshot digit for digit', (fall) => {
    const settings = { teacherForcing: 0.9, fall, teacherForcingEnd: 0.2 }
    const whole = open(settings)
    advance(whole, 5)
    const snapshot = whole.snapshot()
    const rest = advance(whole, STEPS - 5)
    const resumed = open(settings)
    resumed.restore(snapshot)
    expect(advance(resumed, STEPS - 5)).toEqual(rest)
    expect(resumed.snapshot().weights).toEqual(whole.snapshot().weights)
  })

  it('begins with the share that is set and leaves it as the run goes on', () => {
    const stays = advance(open({ teacherForcing: 0.6 }), STEPS)
    const falls = advance(open({ teacherForcing: 0.6, fall: 'linear', teacherForcingEnd: 0 }), STEPS)
    expect(falls[0]).toBe(stays[0])
    expect(falls.at(-1)).not.toBe(stays.at(-1))
    // Half way through a run twice as long stands where this one stands at its end: what counts is the share of the run.
    const longer = advance(open({ teacherForcing: 0.6, fall: 'linear', teacherForcingEnd: 0 }, 2 * STEPS), STEPS)
    expect(longer[0]).toBe(falls[0])
    expect(longer.at(-1)).not.toBe(falls.at(-1))
  })

  it('a dumped step says what was read: right symbols and, about as often as told, its own', () => {
    const document = backwardsDocument({ teacherForcing: 0.5 })
    const data = backwardsData(document)
    const { tensors } = captureStep(openTestSession(document, data, float32Reference), document.training)
    const [chosen, right, lengths] = ['chosen.answer', 'batch.targetInput', 'batch.targetLengths'].map(
      (name) => tensors[name]?.data ?? [],
    )
    const [rows = 0, steps = 0] = tensors['chosen.answer']?.shape ?? []
    expect([rows, steps]).toEqual(tensors['batch.targetInput']?.shape)
    let [other, counted] = [0, 0]
    for (let row = 0; row < rows; row++) {
      expect(chosen?.[row * steps]).toBe(START_TOKEN)
      for (let t = 1; t < (lengths?.[row] ?? 0); t++) {
        counted += 1
        if (chosen?.[row * steps + t] !== right?.[row * steps + t]) other += 1
      }
    }
    // An untrained model's own symbol may be the right one by luck.
    expect(other / counted).toBeGreaterThan(0.25)
    expect(other / counted).toBeLessThan(0.7)
  })
})
