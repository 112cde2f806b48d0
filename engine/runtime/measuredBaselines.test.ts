import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import { SPLITS } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'
import { measuredBaselines } from './measuredBaselines'

/** The adding problem with a head of that loss: its baseline, and a model that says the same as the baseline, measured alike. */
function compare(loss: string | undefined) {
  const document = smallDocument()
  const head = document.models[0]?.nodes.answer
  if (head && loss !== undefined) head.settings.loss = loss
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  const session = openTestSession(document, data.value, float32Reference)
  const { predict } = session.pool.local.spec
  const measured = measuredBaselines(data.value, predict.program)
  // All weights 0 but the last bias: the model always says 1, as the baseline does.
  const weights = session.weights().fill(0)
  const bias = predict.program.parameters.find(({ name, node }) => node === 'out' && name === 'bias')
  const { offset = [0], scale = [1] } = data.value.targetScaling ?? {}
  const at = predict.locations[bias?.value ?? -1]?.offset ?? -1
  weights.fill((1 - (offset[0] ?? 0)) / (scale[0] ?? 1), at, at + (bias?.dims[0] ?? 0))
  session.setWeights(weights)
  return { baseline: measured.baselines[0], original: data.value.baselines[0], session }
}

describe('measuredBaselines', () => {
  it.each([undefined, 'squared', 'absolute', 'huber', 'quantiles'])(
    'a model that says what the baseline says has its loss: %s',
    (loss) => {
      const { baseline, session } = compare(loss)
      for (const split of SPLITS) {
        const own = session.evaluate(split)
        expect(baseline?.loss[split]).toBeCloseTo(own?.loss ?? Number.NaN, 5)
        expect(baseline?.metric[split]).toBeCloseTo(own?.metric ?? Number.NaN, 5)
      }
    },
  )

  it('leaves the loss of documents without a choice as it was, and tells the others apart', () => {
    const { baseline, original } = compare(undefined)
    expect(baseline?.loss).toEqual(original?.loss)
    expect(compare('absolute').baseline?.loss.test).not.toBeCloseTo(baseline?.loss.test ?? 0, 3)
    expect(compare('huber').baseline?.loss.test).toBeCloseTo((baseline?.loss.test ?? 0) / 2, 5)
  })
})

/** Words with tags, and a model that knows only how frequent each tag is, as the first baseline does. */
function compareTags(settings: Record<string, unknown>) {
  const model = chain('tagger', [
    ['words', { type: 'embedding', settings: { size: 3 } }],
    ['out', { type: 'dense', settings: { size: null } }],
    ['answer', { type: 'tagSteps', settings }],
  ])
  const small = smallDocument()
  const document: UnrollDocument = {
    ...small,
    models: [model],
    data: {
      kind: 'tag',
      source: { kind: 'file', path: 'tags.csv' },
      tokens: 'words',
      tags: 'tags',
      capitals: 'keep',
      maximumLength: 9,
      minimumCount: 1,
      split: { training: 0.5, validation: 0.3 },
    },
  }
  const rows = Array.from({ length: 20 }, (_, row) => (row % 3 === 0 ? 'a b,D N' : 'a b c d,D N V N'))
  const data = prepareData(document.data, new TextEncoder().encode(['words,tags', ...rows].join('\n')))
  if (!data.ok) throw new Error(data.problems[0]?.message)
  const session = openTestSession(document, data.value, float32Reference)
  const { predict } = session.pool.local.spec
  const weights = session.weights().fill(0)
  const bias = predict.program.parameters.find(({ name, node }) => node === 'out' && name === 'bias')
  const at = predict.locations[bias?.value ?? -1]?.offset ?? -1
  const counts = data.value.summary.targetCounts ?? []
  counts.forEach((count, tag) => {
    weights[at + tag] = Math.log(count + 1)
  })
  session.setWeights(weights)
  return { measured: measuredBaselines(data.value, predict.program).baselines[0], session }
}

describe('measuredBaselines of classes', () => {
  it.each([
    {},
    { weights: 'balanced' },
    { smoothing: 0.2 },
    { ignored: 'D' },
    { ignored: 'N', weights: 'balanced', smoothing: 0.1, weight: 2.5 },
  ])('a model that says what the baseline says has its loss: %o', (settings) => {
    const { measured, session } = compareTags(settings)
    for (const split of SPLITS) {
      const own = session.evaluate(split)
      expect(measured?.loss[split]).toBeCloseTo(own?.loss ?? Number.NaN, 5)
      expect(measured?.metric[split]).toBeCloseTo(own?.metric ?? Number.NaN, 9)
    }
  })
})
