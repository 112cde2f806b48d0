import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import { activeModelOf, useDocument } from '../state/document'
import { changeFrozen } from './settingsEditing'

describe('changeFrozen', () => {
  it('freezes the chosen nodes in one act, which undo takes back', () => {
    const state = () => useDocument.getState()
    state().load(emptyDocument('Test'), { path: null, name: 'Test' })
    const model = activeModelOf(state()).id
    for (const node of ['a', 'b']) {
      const edit = { kind: 'addNode' as const, model, node, type: 'lstm', settings: {}, position: { x: 0, y: 0 } }
      state().apply({ label: 'Add', edits: [edit] })
    }
    const frozen = () => ['a', 'b'].map((node) => activeModelOf(state()).nodes[node]?.frozen)
    changeFrozen(['a', 'b'], true)
    expect(frozen()).toEqual([true, true])
    expect(state().past.at(-1)).toBe('Freeze 2 nodes')
    changeFrozen(['a'], false)
    expect(frozen()).toEqual([undefined, true])
    expect(state().past.at(-1)).toBe('Let learn LSTM')
    state().undo()
    state().undo()
    expect(frozen()).toEqual([undefined, undefined])
  })
})
