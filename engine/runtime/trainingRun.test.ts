import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { TrainingSettings } from '../document/trainingSchema'
import { smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { describeDivergence } from './divergence'
import { TrainingRun } from './trainingRun'

function open(training: Partial<TrainingSettings> = {}, totalSteps?: number, examples = 400): TrainingRun {
  const document = smallDocument(training)
  if (document.data.kind === 'generator') document.data.examples = examples
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  const session = openTestSession(document, data.value, float32Reference)
  const { epochs, learningRate, schedule, stopAfter } = document.training
  const steps = totalSteps ?? epochs * session.stepsPerEpoch
  return new TrainingRun({ session, totalSteps: steps, learningRate, schedule, stopAfter })
}

/** Steps after which the validation part was looked at. */
function evaluatedSteps(run: TrainingRun): number[] {
  const steps: number[] = []
  while (!run.isFinished) {
    expect(run.advance(false)).toBe(true)
    if (run.progress.evaluation) steps.push(run.progress.evaluation.step)
  }
  return steps
}

describe('TrainingRun', () => {
  it('looks at the validation part after each epoch', () => {
    const run = open({ epochs: 3 })
    expect(run.epoch).toBe(1)
    expect(evaluatedSteps(run)).toEqual([20, 40, 60])
    expect([run.step, run.epoch, run.totalEpochs]).toEqual([60, 3, 3])
  })

  it('cuts a long epoch into equal parts and looks after each', () => {
    // 800 examples in batches of one: 1000 × 0.8 steps an epoch, more than 400.
    expect(evaluatedSteps(open({ epochs: 1, batchSize: 1 }, undefined, 1000))).toEqual([400, 800])
    expect(evaluatedSteps(open({ epochs: 1, batchSize: 1 }, undefined, 1250))).toEqual([334, 667, 1000])
  })

  it('looks at the end of a run that stops within an epoch', () => {
    const run = open({}, 7)
    expect(evaluatedSteps(run)).toEqual([7])
    expect(run.totalEpochs).toBe(1)
  })

  it('learns, and ends with the weights that did best', () => {
    const run = open({ epochs: 12, learningRate: 0.05 })
    const losses: number[] = []
    while (!run.isFinished) {
      run.advance(false)
      if (run.progress.evaluation) losses.push(run.progress.evaluation.loss)
    }
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.8)
    // A spoilt end: the best weights must come back.
    run.session.setWeights(run.session.weights().fill(3))
    const { best, late, test } = run.finish()
    expect(late).toBeNull()
    expect(best?.loss).toBe(Math.min(...losses))
    expect(run.session.evaluate('validation')).toEqual({ loss: best?.loss, metric: best?.metric })
    expect(test?.loss).toBe(run.session.evaluate('test')?.loss)
  })

  it('measures the error in the unit of the target, on any part alike', () => {
    const run = open()
    // All weights 0 say 0 for every example: the mean error is the mean of the targets.
    run.session.setWeights(run.session.weights().fill(0))
    const targets = [...(run.session.data.splits.test.targetNumbers ?? [])]
    const scale = run.session.data.targetScaling?.scale[0] ?? 1
    const mean = targets.reduce((sum, value) => sum + Math.abs(value), 0) / targets.length
    expect(run.session.evaluate('test')?.metric).toBeCloseTo(mean * scale, 6)
  })

  it('follows the schedule, also from a rate that was changed on the way', () => {
    const run = open({ schedule: { kind: 'step', everyEpochs: 1, factor: 0.5 }, learningRate: 0.01, epochs: 2 })
    const before = run.session.weights()
    expect(run.scheduledRate).toBe(0.01)
    run.advance(false)
    // The first step of Adam moves a weight by the learning rate.
    const moved = run.session.weights().map((weight, index) => Math.abs(weight - (before[index] ?? 0)))
    expect(Math.max(...moved)).toBeCloseTo(0.01, 5)
    while (run.step < run.session.stepsPerEpoch) run.advance(false)
    expect(run.scheduledRate).toBe(0.005)
    run.learningRate = 0.1
    expect(run.scheduledRate).toBe(0.05)
  })

  it('lowers the rate on a plateau, at the end of epochs only', () => {
    const plateau = { kind: 'plateau' as const, factor: 0.5, patience: 1, threshold: 1, minimum: 0.02 }
    const run = open({ schedule: plateau, learningRate: 0.05, epochs: 6, batchSize: 40 })
    const rates: number[] = []
    while (!run.isFinished) {
      rates.push(run.scheduledRate)
      run.advance(false)
    }
    // Nothing is better by the whole of itself: epoch 1 sets the mark, 2 may be worse, 3 lowers the rate, 5 once more.
    const byEpoch = rates.filter((_, step) => step % run.session.stepsPerEpoch === 0)
    expect(byEpoch).toEqual([0.05, 0.05, 0.05, 0.025, 0.025, 0.02])
    expect(new Set(rates.slice(0, 3 * run.session.stepsPerEpoch))).toEqual(new Set([0.05]))
  })

  it('ends early when the validation loss no longer gets better, and keeps the best', () => {
    const run = open({ epochs: 50, stopAfter: 2, batchSize: 40, learningRate: 0.01 })
    while (run.step < run.session.stepsPerEpoch) run.advance(false)
    const { best } = run
    // From here on nothing moves, so nothing gets better.
    run.learningRate = 0
    while (!run.isFinished) run.advance(false)
    expect([best?.epoch, run.endedEarly, run.epoch]).toEqual([1, true, 3])
    expect(run.finish().best).toEqual(best)
    const patient = open({ epochs: 2, stopAfter: 2 })
    while (!patient.isFinished) patient.advance(false)
    expect(patient.endedEarly).toBe(false)
  })

  it('moves weights by the scheduled rate', () => {
    const run = open({ schedule: { kind: 'oneCycle' }, learningRate: 0.025 })
    const before = run.session.weights()
    run.advance(false)
    const moved = run.session.weights().map((weight, index) => Math.abs(weight - (before[index] ?? 0)))
    expect(Math.max(...moved)).toBeCloseTo(0.001, 5)
  })

  it('moves no weight in a step that diverges, and says where it began', () => {
    const run = open({ optimizer: 'sgd', clipNorm: 0 })
    run.advance(false)
    run.learningRate = 1e30
    // The step that throws the weights far away still has finite numbers itself.
    expect(run.advance(false)).toBe(true)
    const weights = run.session.weights()
    expect(run.advance(false)).toBe(false)
    expect(run.session.weights()).toEqual(weights)
    expect(run.step).toBe(2)
    const origin = run.findDivergence()
    expect(['memory', 'out', 'answer']).toContain(origin?.node)
    expect(origin?.phase).not.toBe('weights')
    expect(run.session.weights()).toEqual(weights)
  })

  it('names the node whose weights were spoilt before the step', () => {
    const run = open()
    const weights = run.session.weights()
    const { predict } = run.session.pool.local.spec
    const bias = predict.program.parameters.find(({ name, node }) => node === 'out' && name === 'bias')
    weights[predict.locations[bias?.value ?? -1]?.offset ?? -1] = Number.NaN
    run.session.setWeights(weights)
    expect(run.advance(false)).toBe(false)
    expect(run.findDivergence()).toEqual({ node: 'out', phase: 'weights' })
  })
})

describe('describeDivergence', () => {
  const facts = { step: 12, nodeTitle: 'LSTM', phase: 'forward' as const, learningRate: 0.5, clipNorm: 0, keptStep: 9 }

  it('says where, what is kept and what to try', () => {
    expect(describeDivergence(facts)).toBe(
      'At step 12 the numbers grew without limit (not a number or infinite). It began in “LSTM”. The weights of step 9, the best so far, are kept. Try a learning rate of 0.05 instead of 0.5, or limit the gradient to a norm of 1.',
    )
  })

  it('leaves out what is not known and what is done already', () => {
    expect(describeDivergence({ ...facts, nodeTitle: null, phase: null, clipNorm: 1, keptStep: null })).toBe(
      'At step 12 the numbers grew without limit (not a number or infinite). Try a learning rate of 0.05 instead of 0.5.',
    )
    expect(describeDivergence({ ...facts, phase: 'backward', clipNorm: 5 })).toContain('in the gradient of “LSTM”')
    expect(describeDivergence({ ...facts, clipNorm: 5 })).toContain('or a gradient limit of 1.')
  })
})
