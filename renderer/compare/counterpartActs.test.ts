import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../engine/document/applyEdit'
import { weather } from '../../engine/testing/graphs'
import { smallDocument } from '../../engine/testing/smallDocument'
import { overlaps, type Rectangle } from '../canvas/geometry'
import { rectangleIn } from '../canvas/places'
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

  it('lays a longer row in rows, its notes beside the cards', () => {
    const cards = Object.keys(document.models[0]?.nodes ?? {})
    const noted = applyEdits(document, [
      {
        kind: 'moveNodes',
        model: 'small',
        positions: Object.fromEntries(cards.map((id, i) => [id, { x: 200 * i, y: 0 }])),
      },
      { kind: 'setNote', model: 'small', note: 'note', value: { text: 'Look', x: 80, y: 100, width: 160, height: 80 } },
    ])
    const made = counterpartAct(noted, 'small', weather, 'transformer')
    if (!made.ok) throw new Error(made.problems[0]?.message)
    const after = applyEdits(noted, made.value.act.edits)
    const model = after.models[1]
    const { nodes, notes } = after.layout['model-1'] ?? {}
    if (!model || !nodes || !notes?.note) throw new Error('a part is lost')
    expect(new Set(Object.values(nodes).map(({ y }) => y)).size).toBe(2)
    const boxes = Object.keys(model.nodes).map((id) => rectangleIn(model, nodes, id))
    expect(boxes.filter((box) => overlaps(box, notes.note as Rectangle))).toEqual([])
    expect(after.layout.small?.notes?.note).toMatchObject({ x: 80, y: 100 })
  })

  it('says why there is none', () => {
    expect(counterpartAct(document, 'small', weather, 'lstm')).toMatchObject({
      ok: false,
      problems: [{ code: 'counterpart.same' }],
    })
  })
})
