import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import { SPLITS } from '../data/prepared'
import { smallDocument } from '../testing/smallDocument'
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
  weights[predict.locations[bias?.value ?? -1]?.offset ?? -1] = (1 - (offset[0] ?? 0)) / (scale[0] ?? 1)
  session.setWeights(weights)
  return { baseline: measured.baselines[0], original: data.value.baselines[0], session }
}

describe('measuredBaselines', () => {
  it.each([undefined, 'squared', 'absolute', 'huber'])(
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
