import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import type { TrainingSettings } from '../document/trainingSchema'
import { goldenData } from '../testing/goldenSession'
import { goldenModels } from '../testing/goldens/goldenFiles'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { captureStep } from './captureStep'

function capture(document: UnrollDocument, data: PreparedData) {
  const session = openTestSession(document, data, float32Reference)
  return captureStep(session, document.training)
}

function addingData(document: UnrollDocument): PreparedData {
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return data.value
}

/** A classifier of the golden classify data, with dropout on a sequence, on what is remembered and on a vector. */
function withDropout(training: Partial<TrainingSettings> = {}): { document: UnrollDocument; data: PreparedData } {
  const golden = goldenModels().find(({ name }) => name === 'classify')
  if (!golden) throw new Error('no golden classifier')
  const model = chain('m', [
    ['embedding', { type: 'embedding', settings: { size: 5 } }],
    ['dropOne', { type: 'dropout', settings: { rate: 0.25 } }],
    ['gru', { type: 'gru', settings: { hidden: 6, recurrentDropout: 0.5 } }],
    ['mean', { type: 'averageOverTime', settings: {} }],
    ['dropTwo', { type: 'dropout', settings: { rate: 0.5 } }],
    ['dense', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['head', { type: 'classify', settings: {} }],
  ])
  return { document: { ...smallDocument({ batchSize: 8, ...training }), models: [model] }, data: goldenData(golden) }
}

describe('captureStep', () => {
  it('names everything that another framework needs, batch-first', () => {
    const { document, data } = withDropout()
    const { tensors } = capture(document, data)
    const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape.join('×')]))
    const weights = {
      'embedding.weight': '9×5',
      'gru.weight_ih_l0': '18×5',
      'gru.weight_hh_l0': '18×6',
      'gru.bias_ih_l0': '18',
      'gru.bias_hh_l0': '18',
      'dense.weight': '4×6',
      'dense.bias': '4',
    }
    const prefixed = ['param', 'grad', 'after'].flatMap((prefix) =>
      Object.entries(weights).map(([name, shape]) => [`${prefix}.${name}`, shape]),
    )
    expect(shapes).toEqual({
      ...Object.fromEntries(prefixed),
      'batch.input': '8×6',
      'batch.lengths': '8',
      'batch.target': '8',
      'mask.dropOne': '8×6×5',
      'mask.dropTwo': '8×6',
      'mask.gru': '8×6',
      'output.head': '8×4',
      loss: '1',
    })
  })

  it('keeps masks that hold nothing but 0 and 1 / (1 - rate), other ones in each shard', () => {
    const { document, data } = withDropout()
    const { tensors } = capture(document, data)
    const mask = [...(tensors['mask.dropTwo']?.data ?? [])]
    expect(new Set(mask)).toEqual(new Set([0, 2]))
    expect(mask.slice(0, 24)).not.toEqual(mask.slice(24))
    expect(new Set(tensors['mask.gru']?.data)).toEqual(new Set([0, 2]))
    expect(new Set(tensors['mask.dropOne']?.data)).toEqual(new Set([0, Math.fround(4 / 3)]))
  })

  it('shows the rows of the batch in the order of the epoch, time steps in order', () => {
    const document = smallDocument()
    const data = addingData(document)
    const session = openTestSession(document, data, float32Reference)
    const { tensors } = captureStep(session, document.training)
    const { numbers, targetNumbers } = data.splits.training
    const width = 6 * 2
    const rows = Array.from({ length: 16 }, (_, row) => session.batch.exampleOf(row))
    const expected = rows.flatMap((example) => [...(numbers?.subarray(example * width, (example + 1) * width) ?? [])])
    expect([...(tensors['batch.input']?.data ?? [])]).toEqual(expected)
    expect(tensors['batch.input']?.shape).toEqual([16, 6, 2])
    expect([...(tensors['batch.target']?.data ?? [])]).toEqual(rows.map((example) => targetNumbers?.[example]))
  })

  it('moves weights as the optimizer says, by the gradient before clipping times its scale', () => {
    const document = smallDocument({ optimizer: 'sgd', learningRate: 0.5, clipNorm: 0.01 })
    const { tensors, metadata, loss } = capture(document, addingData(document))
    const scale = Number(metadata.gradientScale)
    expect(scale).toBeCloseTo(0.01 / Number(metadata.gradientNorm), 4)
    expect(metadata).toMatchObject({ optimizer: 'sgd', learningRate: '0.5', clipNorm: '0.01' })
    const [before, gradient, after] = ['param', 'grad', 'after'].map(
      (prefix) => tensors[`${prefix}.memory.weight_hh_l0`],
    )
    after?.data.forEach((value, index) => {
      expect(value).toBeCloseTo((before?.data[index] ?? 0) - 0.5 * scale * (gradient?.data[index] ?? 0), 6)
    })
    expect(tensors.loss?.data[0]).toBe(loss)
  })

  it('is the step that training makes', () => {
    const { document, data } = withDropout()
    const { loss, tensors } = capture(document, data)
    const session = openTestSession(document, data, float32Reference)
    expect(session.step(1, document.training.learningRate, false).loss).toBe(loss)
    const { offset } = session.pool.local.spec.predict.locations[
      session.pool.local.spec.predict.program.parameters[0]?.value ?? -1
    ] ?? { offset: -1 }
    const after = tensors['after.embedding.weight']?.data ?? new Float32Array()
    expect([...session.weights().subarray(offset, offset + after.length)]).toEqual([...after])
  })
})
