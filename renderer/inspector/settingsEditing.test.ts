import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import { activeModelOf, useDocument } from '../state/document'
import { changeFrozen, changeSetting, changeSettingEach } from './settingsEditing'

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

describe('settings of several nodes', () => {
  it('are one entry while one value is chosen, and one when each goes back to its own default', () => {
    const state = () => useDocument.getState()
    state().load(emptyDocument('Test'), { path: null, name: 'Test' })
    const model = activeModelOf(state()).id
    for (const [node, type] of [
      ['a', 'lstm'],
      ['b', 'gru'],
    ] as const) {
      const edit = { kind: 'addNode' as const, model, node, type, settings: {}, position: { x: 0, y: 0 } }
      state().apply({ label: 'Add', edits: [edit] })
    }
    const hidden = () => ['a', 'b'].map((node) => activeModelOf(state()).nodes[node]?.settings.hidden)
    for (const value of [3, 32]) changeSetting(['a', 'b'], 'hidden', 'Memory cells', value)
    expect(hidden()).toEqual([32, 32])
    expect(state().past).toEqual(['Add', 'Add', 'Change Memory cells of 2 nodes'])
    changeSettingEach('hidden', 'Memory cells', [
      { node: 'a', value: 64 },
      { node: 'b', value: 48 },
    ])
    expect(hidden()).toEqual([64, 48])
    expect(state().past.at(-1)).toBe('Reset Memory cells of 2 nodes')
    state().undo()
    state().undo()
    expect(hidden()).toEqual([undefined, undefined])
  })
})
