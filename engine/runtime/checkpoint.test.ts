import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import type { TrainingSettings } from '../document/trainingSchema'
import { readSafetensors, writeSafetensors } from '../export/safetensors'
import { trajectories, trajectoryData, trajectoryDocument } from '../testing/goldens/trajectories'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { type CheckpointFacts, checkpointFile, readCheckpoint } from './checkpoint'
import { TrainingRun } from './trainingRun'

interface Opened {
  run: TrainingRun
  facts: CheckpointFacts
}

function open(document: UnrollDocument, data: PreparedData): Opened {
  const session = openTestSession(document, data, float32Reference)
  const { training, models } = document
  const { learningRate, schedule, stopAfter, epochs } = training
  const totalSteps = epochs * session.stepsPerEpoch
  const run = new TrainingRun({ session, totalSteps, learningRate, schedule, stopAfter })
  const facts = {
    engine: '1',
    kernels: 'reference',
    model: models[0]?.id ?? '',
    data: data.summary.fingerprint,
    training,
  }
  return { run, facts }
}

function addingData(document: UnrollDocument): PreparedData {
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return data.value
}

function planOf({ run }: Opened) {
  const { train } = run.session.pool.local.spec
  if (!train) throw new Error('a training run has a plan of training')
  return train
}

const bytesOf = (from: Opened) => writeSafetensors(checkpointFile(planOf(from), from.run.snapshot(), from.facts))

function readInto(bytes: Uint8Array, to: Opened) {
  const file = readSafetensors(bytes, 'checkpoint')
  if (!file.ok) throw new Error(file.problems[0]?.message)
  return readCheckpoint(planOf(to), file.value, to.facts, to.run.snapshot(), 'checkpoint')
}

/** Losses until the end. */
function goOn(run: TrainingRun, steps = Number.POSITIVE_INFINITY): number[] {
  const losses: number[] = []
  while (!run.isFinished && losses.length < steps) {
    expect(run.advance(false)).toBe(true)
    losses.push(run.progress.loss)
  }
  return losses
}

/** Dropout in front of the output, and a frozen layer. */
function withDropout(training: Partial<TrainingSettings>): UnrollDocument {
  const model = chain('dropping', [
    ['first', { type: 'gru', settings: { hidden: 4 }, frozen: true }],
    ['second', { type: 'gru', settings: { hidden: 5 } }],
    ['last', { type: 'lastStep', settings: {} }],
    ['drop', { type: 'dropout', settings: { rate: 0.3 } }],
    ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['answer', { type: 'forecast', settings: {} }],
  ])
  return { ...smallDocument(training), models: [model] }
}

const plateau = { kind: 'plateau' as const, factor: 0.5, patience: 0, threshold: 0.5, minimum: 0 }
const golden = trajectories().find(({ training }) => training.carry === true)
if (!golden) throw new Error('no golden model carries memory')
const carrying = trajectoryDocument(golden)
const cases: { name: string; document: UnrollDocument; data: PreparedData; at: number }[] = [
  { name: 'Adam on a plateau, between epochs', document: smallDocument({ schedule: plateau }), at: 40 },
  { name: 'Adam, one-cycle, within an epoch', document: smallDocument({ schedule: { kind: 'oneCycle' } }), at: 27 },
  {
    name: 'gathered batches with momentum',
    document: smallDocument({ optimizer: 'sgd', momentum: 0.9, gather: 3 }),
    at: 9,
  },
  {
    name: 'dropout and a frozen layer with RMSprop',
    document: withDropout({ optimizer: 'rmsprop', epochs: 2 }),
    at: 11,
  },
].map((one) => ({ ...one, data: addingData(one.document) }))
cases.push({
  name: 'carried memory, within a text',
  document: { ...carrying, training: { ...carrying.training, epochs: 2 } },
  data: trajectoryData(golden),
  at: 14,
})

describe('a run that goes on from a checkpoint', () => {
  it.each(cases)('is the uninterrupted one, digit for digit: $name', ({ document, data, at }) => {
    const whole = open(document, data)
    const losses = goOn(whole.run)
    const interrupted = open(document, data)
    goOn(interrupted.run, at)
    const bytes = bytesOf(interrupted)
    // What comes after the checkpoint does not count.
    interrupted.run.finish()
    const resumed = open(document, data)
    const snapshot = readInto(bytes, resumed)
    expect(snapshot.problems).toEqual([])
    if (!snapshot.ok) return
    resumed.run.restore(snapshot.value)
    expect(goOn(resumed.run)).toEqual(losses.slice(at))
    expect(resumed.run.snapshot()).toEqual(whole.run.snapshot())
    expect(resumed.run.finish()).toEqual(whole.run.finish())
    expect(resumed.run.session.weights()).toEqual(whole.run.session.weights())
  })

  it('may be longer than it was meant to be, and ends where it stood when nothing got better', () => {
    const document = smallDocument({ epochs: 2, stopAfter: 1 })
    const data = addingData(document)
    const short = open(document, data)
    goOn(short.run)
    const bytes = bytesOf(short)
    const longer = open({ ...document, training: { ...document.training, epochs: 3 } }, data)
    const snapshot = readInto(bytes, longer)
    if (!snapshot.ok) throw new Error(snapshot.problems[0]?.message)
    const [first = null, second = null] = snapshot.value.history
    longer.run.restore({ ...snapshot.value, best: second })
    expect([longer.run.step, longer.run.isFinished, longer.run.history.length]).toEqual([40, false, 2])
    // As if the second epoch had been worse than the first.
    longer.run.restore({ ...snapshot.value, best: first })
    expect([longer.run.endedEarly, longer.run.isFinished]).toEqual([true, true])
  })

  it('keeps the learning rate that was set on the way, unless the document says another one now', () => {
    const document = smallDocument()
    const data = addingData(document)
    const from = open(document, data)
    goOn(from.run, 3)
    from.run.learningRate = 0.004
    const rate = (learningRate: number) => {
      const changed = { ...document, training: { ...document.training, learningRate } }
      const read = readInto(bytesOf(from), open(changed, data))
      return read.ok ? read.value.learningRate : Number.NaN
    }
    expect(rate(0.01)).toBe(0.004)
    expect(rate(0.02)).toBe(0.02)
  })

  it('is refused in words where it would not be the same run', () => {
    const document = smallDocument()
    const data = addingData(document)
    const from = open(document, data)
    goOn(from.run, 2)
    const bytes = bytesOf(from)
    const refusal = (training: Partial<TrainingSettings>, facts: Partial<CheckpointFacts> = {}) => {
      const to = open({ ...document, training: { ...document.training, ...training } }, data)
      const read = readInto(bytes, { ...to, facts: { ...to.facts, ...facts } })
      return [read.ok, read.problems[0]?.code, read.problems[0]?.message]
    }
    expect(refusal({ seed: 2, optimizer: 'adamw' })).toEqual([
      false,
      'checkpoint.mismatch',
      'The run cannot go on from checkpoint, for when it was made the seed was 1, the optimizer was "adam". Set this back, or train anew.',
    ])
    expect(refusal({}, { data: 'other' })[2]).toContain('the data were others')
    expect(refusal({}, { model: 'gru' })[2]).toContain('the model was “small”')
    expect(refusal({}, { kernels: 'relaxed' }).slice(0, 2)).toEqual([true, 'checkpoint.engine'])
  })

  it('is refused when the file is something else or incomplete', () => {
    const document = smallDocument()
    const from = open(document, addingData(document))
    goOn(from.run, 2)
    const { tensors, metadata } = checkpointFile(planOf(from), from.run.snapshot(), from.facts)
    const codes = (file: Parameters<typeof readCheckpoint>[1]) =>
      readCheckpoint(planOf(from), file, from.facts, from.run.snapshot(), 'x').problems.map(({ code }) => code)
    expect(codes({ tensors, metadata })).toEqual([])
    expect(codes({ tensors, metadata: { ...metadata, format: 'unroll weights' } })).toEqual(['checkpoint.mismatch'])
    expect(codes({ tensors, metadata: { ...metadata, place: '{"step":' } })).toEqual(['checkpoint.mismatch'])
    const { 'optimizer.out.bias.exp_avg': _, ...fewer } = tensors
    expect(codes({ tensors: fewer, metadata })).toEqual(['weights.mismatch'])
  })
})
