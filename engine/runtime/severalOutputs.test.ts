import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import type { Model } from '../document/schema'
import { smallDocument } from '../testing/smallDocument'
import { float32Reference, float64Reference, openTestSession } from '../testing/testSession'
import { captureStep } from './captureStep'

/** The small model with two outputs on the same numbers, each behind a Dense of its own. */
function twoOutputs(first: Record<string, unknown>, second: Record<string, unknown>) {
  const document = smallDocument({ batchSize: 5 })
  const [only] = document.models
  if (!only) throw new Error('no model')
  const model: Model = {
    ...only,
    nodes: {
      ...only.nodes,
      answer: { type: 'forecast', settings: first },
      beside: { type: 'dense', settings: { size: null } },
      second: { type: 'forecast', settings: second },
    },
    wires: {
      ...only.wires,
      more: { from: { node: 'last', port: 'out' }, to: { node: 'beside', port: 'in' } },
      end: { from: { node: 'beside', port: 'out' }, to: { node: 'second', port: 'in' } },
    },
  }
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return { document: { ...document, models: [model] }, data: data.value }
}

describe('a model with two outputs', () => {
  it('adds up their losses by weight, in training and in evaluation', () => {
    const { document, data } = twoOutputs({ loss: 'absolute', weight: 0.5 }, { loss: 'huber', weight: 2 })
    const alone = { first: { loss: 'absolute' }, second: { loss: 'huber' } }
    const plain = twoOutputs(alone.first, alone.second)
    const weighted = openTestSession(document, data, float64Reference)
    const even = openTestSession(plain.document, plain.data, float64Reference)
    even.setWeights(weighted.weights())
    const heads = weighted.pool.local.spec.predict.program.heads.map(({ counting }) => counting.weight)
    expect(heads.toSorted()).toEqual([0.5, 2])
    const both = weighted.evaluate('validation')?.loss ?? Number.NaN
    const sum = even.evaluate('validation')?.loss ?? Number.NaN
    // a + h = sum and a / 2 + 2 h = both give the single losses, each positive.
    const huber = (both - sum / 2) / 1.5
    expect(huber).toBeGreaterThan(0)
    expect(sum - huber).toBeGreaterThan(huber)
    expect(weighted.step(1, 0, false).loss).toBeGreaterThan(0)
  })

  it('gives the weights of each branch its gradient times its weight, the same in one shard or several', () => {
    const gradients = (weight: number) => {
      const { document, data } = twoOutputs({}, { weight })
      const session = openTestSession(document, data, float64Reference)
      return captureStep(session, document.training).tensors
    }
    const [one, three] = [gradients(1), gradients(3)]
    const values = (tensors: typeof one, name: string) => Array.from(tensors[name]?.data ?? [])
    const expected = values(one, 'grad.beside.weight').map((value) => 3 * value)
    values(three, 'grad.beside.weight').forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 6)
    })
    expect(values(three, 'grad.out.weight')).toEqual(values(one, 'grad.out.weight'))
  })

  it('says in a dump how each output is measured', () => {
    const { document, data } = twoOutputs({ loss: 'quantiles', band: 'half' }, { weight: 2 })
    const { metadata } = captureStep(openTestSession(document, data, float32Reference), document.training)
    expect(JSON.parse(metadata['loss.answer'] ?? '')).toEqual({
      op: 'quantileLoss',
      weight: 1,
      classWeights: null,
      ignored: null,
      quantiles: [0.25, 0.5, 0.75],
    })
    expect(JSON.parse(metadata['loss.second'] ?? '')).toMatchObject({ op: 'meanSquaredError', weight: 2 })
  })
})
