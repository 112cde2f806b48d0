import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import type { Act, Edit } from '../../engine/document/edits'
import { activeAnalysisOf, activeModelOf, createDocumentStore } from './document'

const add = (node: string, x = 0): Act => ({
  label: `Add ${node}`,
  edits: [{ kind: 'addNode', model: 'model-1', node, type: 'lstm', settings: { hidden: 8 }, position: { x, y: 0 } }],
})
const set = (node: string, value: number): Act => ({
  label: 'Change Memory cells',
  edits: [{ kind: 'setSetting', model: 'model-1', node, setting: 'hidden', value }],
})
const move = (node: string, x: number): Act => ({
  label: `Move ${node}`,
  edits: [{ kind: 'moveNodes', model: 'model-1', positions: { [node]: { x, y: 0 } } }],
})

function opened() {
  const store = createDocumentStore()
  store.getState().load(emptyDocument('Test'), { path: null, name: 'Test' })
  return store
}

describe('history', () => {
  it('names every act and undoes them one by one', () => {
    const store = opened()
    const start = store.getState().document
    store.getState().apply(add('a'))
    store.getState().apply(move('a', 80))
    expect(store.getState().past).toEqual(['Add a', 'Move a'])
    store.getState().undo()
    expect(store.getState().document.layout['model-1']?.nodes.a).toEqual({ x: 0, y: 0 })
    expect(store.getState().future).toEqual(['Move a'])
    store.getState().undo()
    expect(store.getState().document).toBe(start)
    store.getState().undo()
    expect(store.getState().document).toBe(start)
    store.getState().redo()
    store.getState().redo()
    store.getState().redo()
    expect(store.getState().document.layout['model-1']?.nodes.a).toEqual({ x: 80, y: 0 })
  })

  it('forgets what was undone when something new is done', () => {
    const store = opened()
    store.getState().apply(add('a'))
    store.getState().undo()
    store.getState().apply(add('b'))
    expect(store.getState().future).toEqual([])
    store.getState().redo()
    expect(Object.keys(activeModelOf(store.getState()).nodes)).toEqual(['data', 'b'])
  })

  it('merges typing in one field until the field is left', () => {
    const store = opened()
    store.getState().apply(add('a'))
    for (const value of [1, 12, 128]) store.getState().apply(set('a', value), { merge: 'a.hidden' })
    expect(store.getState().past).toEqual(['Add a', 'Change Memory cells'])
    store.getState().endMerge()
    store.getState().apply(set('a', 64), { merge: 'a.hidden' })
    expect(store.getState().past).toHaveLength(3)
    store.getState().undo()
    expect(activeModelOf(store.getState()).nodes.a?.settings.hidden).toBe(128)
    store.getState().undo()
    expect(activeModelOf(store.getState()).nodes.a?.settings.hidden).toBe(8)
  })

  it('does not merge into another field, nor across an undo', () => {
    const store = opened()
    store.getState().apply(add('a'))
    store.getState().apply(set('a', 1), { merge: 'one' })
    store.getState().apply(set('a', 2), { merge: 'two' })
    store.getState().undo()
    store.getState().apply(set('a', 3), { merge: 'one' })
    expect(store.getState().past).toEqual(['Add a', 'Change Memory cells', 'Change Memory cells'])
  })

  it('keeps no entry of an act that changes nothing', () => {
    const store = opened()
    store.getState().apply(add('a'))
    store.getState().apply(move('a', 0))
    expect(store.getState().past).toEqual(['Add a'])
  })

  it('gives back the identical document after any acts are undone, and the identical end when they are done again', () => {
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('add'), at: fc.nat(9) }),
      fc.record({ kind: fc.constant('delete'), at: fc.nat(9) }),
      fc.record({ kind: fc.constant('connect'), at: fc.nat(9) }),
      fc.record({ kind: fc.constant('move'), at: fc.nat(9) }),
      fc.record({ kind: fc.constant('train'), at: fc.nat(9) }),
    )
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (wishes) => {
        const store = opened()
        const start = store.getState().document
        for (const [index, wish] of wishes.entries()) {
          const nodes = Object.keys(activeModelOf(store.getState()).nodes)
          const node = nodes[wish.at % nodes.length] ?? 'data'
          store.getState().apply({ label: wish.kind, edits: editOf(wish.kind, node, index) })
        }
        const end = store.getState().document
        while (store.getState().past.length > 0) store.getState().undo()
        expect(store.getState().document).toEqual(start)
        while (store.getState().future.length > 0) store.getState().redo()
        expect(store.getState().document).toEqual(end)
      }),
      { numRuns: 30 },
    )
  })
})

function editOf(kind: string, node: string, index: number): Edit[] {
  const model = 'model-1'
  switch (kind) {
    case 'add':
      return [
        { kind: 'addNode', model, node: `n${index}`, type: 'dense', settings: {}, position: { x: index, y: 0 } },
        {
          kind: 'connect',
          model,
          wire: `w${index}`,
          from: { node, port: 'out' },
          to: { node: `n${index}`, port: 'in' },
        },
      ]
    case 'delete':
      return node === 'data' ? [] : [{ kind: 'deleteNodes', model, nodes: [node] }]
    case 'connect':
      return [
        { kind: 'connect', model, wire: `w${index}`, from: { node: 'data', port: 'out' }, to: { node, port: 'in' } },
      ]
    case 'move':
      return [{ kind: 'moveNodes', model, positions: { [node]: { x: index * 8, y: 8 } } }]
    default:
      return [{ kind: 'setTraining', changes: { epochs: index + 1 } }]
  }
}

describe('unsaved', () => {
  it('follows the document, also back to what was saved', () => {
    const store = opened()
    expect(store.getState().unsaved).toBe(false)
    store.getState().apply(add('a'))
    expect(store.getState().unsaved).toBe(true)
    store.getState().undo()
    expect(store.getState().unsaved).toBe(false)
    store.getState().redo()
    store.getState().markSaved({ path: '/models/a.unroll', name: 'a.unroll' })
    expect(store.getState()).toMatchObject({ unsaved: false, path: '/models/a.unroll', name: 'a.unroll' })
    store.getState().undo()
    expect(store.getState().unsaved).toBe(true)
  })

  it('knows that the document went on while it was written', () => {
    const store = opened()
    store.getState().apply(add('a'))
    const written = store.getState().document
    store.getState().apply(add('b'))
    store.getState().markSaved({ path: '/a.unroll', name: 'a.unroll' }, written)
    expect(store.getState().unsaved).toBe(true)
  })

  it('counts a recovered draft as unsaved', () => {
    const store = createDocumentStore()
    store.getState().load(emptyDocument('Draft'), { path: null, name: 'Draft' }, { unsaved: true })
    expect(store.getState().unsaved).toBe(true)
  })
})

describe('loading', () => {
  it('never shows a mixture of two documents', () => {
    const store = opened()
    store.getState().apply(add('a'))
    store.subscribe((state) => {
      expect(activeModelOf(state).id).toBe(state.activeModel)
      expect(activeAnalysisOf(state)).toBeDefined()
    })
    const [model] = emptyDocument('Other').models
    const other = { ...emptyDocument('Other'), models: model ? [{ ...model, id: 'other' }] : [], layout: {} }
    store.getState().load(other, { path: '/other.unroll', name: 'other.unroll' })
    expect(store.getState()).toMatchObject({ activeModel: 'other', past: [], unsaved: false, summary: null, loads: 2 })
  })
})

describe('models', () => {
  it('shows the model that an undone act happened in', () => {
    const store = opened()
    store.getState().apply({
      label: 'Add model',
      edits: [{ kind: 'addModel', model: { id: 'two', name: 'Two', nodes: {}, wires: {} }, positions: {} }],
    })
    expect(store.getState().activeModel).toBe('two')
    store.getState().setActiveModel('model-1')
    store.getState().apply(add('a'))
    store.getState().setActiveModel('two')
    store.getState().undo()
    expect(store.getState().activeModel).toBe('model-1')
    store.getState().undo()
    expect(store.getState().document.models).toHaveLength(1)
    expect(store.getState().activeModel).toBe('model-1')
  })
})

describe('analysis', () => {
  it('is worked out with every edit, but not for moving a card', () => {
    const store = opened()
    const before = activeAnalysisOf(store.getState())
    store.getState().apply(add('a'))
    const after = activeAnalysisOf(store.getState())
    expect(after).not.toBe(before)
    expect(after.nodes.a?.title).toBe('LSTM')
    store.getState().apply(move('a', 40))
    expect(activeAnalysisOf(store.getState())).toBe(after)
  })

  it('leaves models alone that the edit does not touch', () => {
    const store = opened()
    store.getState().apply({
      label: 'Add model',
      edits: [{ kind: 'addModel', model: { id: 'two', name: 'Two', nodes: {}, wires: {} }, positions: {} }],
    })
    const two = store.getState().analysis.two
    store.getState().apply(add('a'))
    expect(store.getState().analysis.two).toBe(two)
  })
})
