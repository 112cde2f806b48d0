import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../engine/document/applyEdit'
import { weather } from '../../engine/testing/graphs'
import { smallDocument } from '../../engine/testing/smallDocument'
import { counterpartAct, counterpartName } from './counterpartActs'

const document = withCells(24)

function withCells(hidden: number) {
  const setting = { kind: 'setSetting', model: 'small', node: 'memory', setting: 'hidden', value: hidden } as const
  return applyEdits(smallDocument(), [setting])
}

describe('duplicating as another kind', () => {
  it('names the new model after what it became', () => {
    expect(counterpartName(document, 'LSTM', 'transformer')).toBe('Transformer')
    expect(counterpartName(document, 'Forward lstm, deep', 'gru')).toBe('Forward GRU, deep')
    expect(counterpartName(document, 'Model 1', 'rnn')).toBe('Model 1 as RNN')
    const [small] = document.models
    if (!small) throw new Error('no model')
    const taken = { ...document, models: [{ ...small, name: 'GRU' }] }
    expect(counterpartName(taken, 'LSTM', 'gru')).toBe('GRU 2')
  })

  it('is one act that adds one model and leaves the others as they are', () => {
    const made = counterpartAct(document, 'small', weather, 'gru')
    if (!made.ok) throw new Error(made.problems[0]?.message)
    expect(made.value.act.label).toBe('Duplicate small as GRU')
    const after = applyEdits(document, made.value.act.edits)
    expect(after.models.map(({ name }) => name)).toEqual(['small', 'small as GRU'])
    expect(after.models[0]).toBe(document.models[0])
    expect(Object.keys(after.layout['model-1']?.nodes ?? {})).toHaveLength(5)
  })

  it('says why there is none', () => {
    expect(counterpartAct(document, 'small', weather, 'lstm')).toMatchObject({
      ok: false,
      problems: [{ code: 'counterpart.same' }],
    })
  })
})
