import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import type { TrainingSettings } from '../document/trainingSchema'
import { goldenData } from '../testing/goldenSession'
import { goldenModels } from '../testing/goldens/goldenFiles'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, float64Reference, openTestSession } from '../testing/testSession'
import { relativeError, tolerances } from '../testing/tolerances'
import { captureStep } from './captureStep'

const STEPS = 6

/** Losses and weights after some steps, in float64 so that nothing but the order of sums differs. */
function train(document: UnrollDocument, data: PreparedData, training: Partial<TrainingSettings>) {
  const changed = { ...document, training: { ...document.training, ...training } }
  const session = openTestSession(changed, data, float64Reference)
  const results = Array.from({ length: STEPS }, (_, index) => ({ ...session.step(index + 1, 0.02, false) }))
  return { session, losses: results.map(({ loss }) => loss), norms: results.map(({ gradientNorm }) => gradientNorm) }
}

function addingData(document: UnrollDocument): PreparedData {
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return data.value
}

/** The next letter over texts of different lengths, so that every batch has another number of targets that count. */
function letters(): { document: UnrollDocument; data: PreparedData } {
  const golden = goldenModels().find(({ name }) => name === 'nextSymbol')
  if (!golden) throw new Error('no golden model of the next letter')
  const model = chain('letters', [
    ['embedding', { type: 'embedding', settings: { size: 4 } }],
    ['gru', { type: 'gru', settings: { hidden: 5 } }],
    ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['head', { type: 'nextSymbol', settings: {} }],
  ])
  return { document: { ...smallDocument(), models: [model] }, data: goldenData(golden) }
}

describe('gradients gathered over several batches', () => {
  it.each([
    { name: 'one shard', batchSize: 4, gather: 3 },
    { name: 'two shards', batchSize: 8, gather: 2 },
    // 320 examples: the last step of an epoch, the fourth, gathers what is left.
    { name: 'a last step with fewer batches', batchSize: 32, gather: 3 },
  ])('are those of the large batch: $name', ({ batchSize, gather }) => {
    const document = smallDocument()
    const data = addingData(document)
    const gathered = train(document, data, { batchSize, gather })
    const large = train(document, data, { batchSize: batchSize * gather })
    expect(gathered.session.stepsPerEpoch).toBe(large.session.stepsPerEpoch)
    expect(relativeError(gathered.losses, large.losses)).toBeLessThan(1e-12)
    expect(relativeError(gathered.norms, large.norms)).toBeLessThan(1e-12)
    expect(relativeError(gathered.session.weights(), large.session.weights())).toBeLessThan(1e-11)
  })

  it('count every target once, however many a batch has', () => {
    const { document, data } = letters()
    const gathered = train(document, data, { batchSize: 2, gather: 3 })
    const large = train(document, data, { batchSize: 6 })
    expect(relativeError(gathered.losses, large.losses)).toBeLessThan(1e-12)
    expect(relativeError(gathered.session.weights(), large.session.weights())).toBeLessThan(1e-11)
  })

  it('draw other chances in every batch', () => {
    const dropping = chain('dropping', [
      ['gru', { type: 'gru', settings: { hidden: 5 } }],
      ['last', { type: 'lastStep', settings: {} }],
      ['drop', { type: 'dropout', settings: { rate: 0.5 } }],
      ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
      ['head', { type: 'forecast', settings: {} }],
    ])
    const document = { ...smallDocument({ batchSize: 4, gather: 2 }), models: [dropping] }
    const session = openTestSession(document, addingData(document), float32Reference)
    const mask = [...(captureStep(session, document.training).tensors['mask.drop']?.data ?? [])]
    expect(mask).toHaveLength(8 * 5)
    expect(mask.slice(0, 20)).not.toEqual(mask.slice(20))
  })

  it('are dumped as one batch, whose shorter parts are filled up', () => {
    const { document, data } = letters()
    const dump = (training: Partial<TrainingSettings>) => {
      const changed = { ...document, training: { ...document.training, ...training } }
      return captureStep(openTestSession(changed, data, float32Reference), changed.training)
    }
    const [gathered, large] = [dump({ batchSize: 2, gather: 3 }), dump({ batchSize: 6 })]
    expect(Object.keys(gathered.tensors)).toEqual(Object.keys(large.tensors))
    for (const name of ['batch.input', 'batch.lengths', 'batch.target']) {
      expect(gathered.tensors[name], name).toEqual(large.tensors[name])
    }
    for (const [name, { data: values }] of Object.entries(large.tensors)) {
      const error = relativeError(gathered.tensors[name]?.data ?? [], values)
      if (!name.startsWith('output.')) expect(error, name).toBeLessThan(tolerances.gradient)
    }
  })
})
