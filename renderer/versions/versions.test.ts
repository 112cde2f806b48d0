import { describe, expect, it } from 'vitest'
import { compareContents } from '../../engine/document/compareContents'
import { emptyDocument } from '../../engine/document/create'
import type { Edit } from '../../engine/document/edits'
import { createDocumentStore } from '../state/document'
import { differenceSummary, differenceWords } from './differenceWords'
import { relativeTime } from './relativeTime'
import { deleteVersionAct, proposedName, renameVersionAct, restoreVersionAct, saveVersionAct } from './versionActs'

const now = Date.parse('2026-11-22T12:00:00.000Z')
const model = 'model-1'
const add = (node: string, type: string, settings = {}): Edit => ({
  kind: 'addNode',
  model,
  node,
  type,
  settings,
  position: { x: 0, y: 0 },
})

function opened() {
  const store = createDocumentStore()
  store.getState().load(emptyDocument('Test'), { path: null, name: 'Test' })
  return store
}

/** Sentences of what the edits change in a document with an LSTM wired to its data. */
function said(...edits: Edit[]): string[] {
  const store = opened()
  const from = { node: 'data', port: 'out' }
  const wire: Edit = { kind: 'connect', model, wire: 'w', from, to: { node: 'lstm-1', port: 'in' } }
  store.getState().apply({ label: 'Start', edits: [add('lstm-1', 'lstm', { hidden: 64 }), wire] })
  const before = store.getState().document
  store.getState().apply({ label: 'Change', edits })
  const after = store.getState().document
  return differenceWords(compareContents(before, after), before, after).flatMap(({ title, lines }) =>
    lines.map(({ sign, text }) => `${title}: ${sign} ${text}`),
  )
}

describe('saying what differs', () => {
  it('names settings as the definitions do', () => {
    expect(
      said(
        { kind: 'setSetting', model, node: 'lstm-1', setting: 'hidden', value: 128 },
        { kind: 'setSetting', model, node: 'lstm-1', setting: 'unheardOf', value: true },
        { kind: 'renameNode', model, node: 'lstm-1', name: 'Memory' },
        add('gru-1', 'gru'),
      ),
    ).toEqual([
      'Model 1: changed LSTM is called Memory (LSTM)',
      'Model 1: changed Memory (LSTM): Memory cells 64 → 128',
      'Model 1: changed Memory (LSTM): unheardOf – → on',
      'Model 1: added GRU',
    ])
  })

  it('leaves out wires of nodes that went with them', () => {
    expect(said({ kind: 'deleteNodes', model, nodes: ['lstm-1'] })).toEqual(['Model 1: removed LSTM'])
    expect(said({ kind: 'deleteWires', model, wires: ['w'] })).toEqual(['Model 1: removed Wire Data set → LSTM'])
    expect(said({ kind: 'moveNodes', model, positions: { data: { x: 8, y: 8 } } })).toEqual([
      'Model 1: changed One card stands elsewhere',
    ])
  })

  it('tells data, training, models and names', () => {
    const data = { ...emptyDocument('').data, length: 80, split: { training: 0.5, validation: 0.2 } }
    expect(
      said(
        { kind: 'setData', data },
        { kind: 'setTraining', changes: { epochs: 40, optimizer: 'adamw', learningRate: 0.01, stopAfter: 5 } },
        { kind: 'setTraining', changes: { schedule: { kind: 'oneCycle' } } },
        { kind: 'renameDocument', name: 'Other' },
        { kind: 'addModel', model: { id: 'm', name: 'Two', nodes: {}, wires: {} }, positions: {} },
      ),
    ).toEqual([
      'Document: changed The document’s name: Test → Other',
      'Document: added Model Two',
      'Data: changed Length 20\u00a0steps → 80\u00a0steps',
      'Data: changed Share for training 80\u00a0% → 50\u00a0%',
      'Data: changed Share for checking 10\u00a0% → 20\u00a0%',
      'Training: changed Epochs 20 → 40',
      'Training: changed Learning rate 0.003 → 0.01',
      'Training: changed Optimizer Adam → AdamW',
      'Training: changed Learning rate over time',
      'Training: changed Stop early after never → 5\u00a0epochs',
    ])
  })

  it('sums up', () => {
    const line = { sign: 'added', text: 'LSTM' } as const
    expect(differenceSummary([])).toBe('Nothing has changed since.')
    expect(differenceSummary([{ title: 'A', lines: [line, { ...line, sign: 'changed' }] }])).toBe(
      'Since then: 1 added, 1 changed.',
    )
  })
})

describe('acts on versions', () => {
  it('save, rename, restore and delete, each one entry that undo takes back', () => {
    const store = opened()
    const start = store.getState().document
    const state = () => store.getState()
    const first = () => {
      const [version] = state().document.versions ?? []
      if (!version) throw new Error('there is a version')
      return version
    }
    state().apply(saveVersionAct(start, '  ', now))
    expect(first()).toMatchObject({ name: 'Version 1', savedAt: '2026-11-22T12:00:00.000Z' })
    expect(proposedName(state().document)).toBe('Version 2')
    const rename = renameVersionAct(first(), ' Before ')
    if (rename) state().apply(rename)
    expect(renameVersionAct(first(), 'Before')).toBeNull()
    state().apply({ label: 'Add LSTM', edits: [add('lstm-1', 'lstm')] })
    state().apply(restoreVersionAct(first()))
    expect(state().document.models).toBe(start.models)
    state().apply(deleteVersionAct(first()))
    expect(state().past).toEqual([
      'Save the version Version 1',
      'Rename the version Version 1 to Before',
      'Add LSTM',
      'Restore the version Before',
      'Delete the version Before',
    ])
    while (state().past.length > 0) state().undo()
    expect(state().document).toBe(start)
  })
})

describe('relativeTime', () => {
  it('says how long ago in the largest unit that fits', () => {
    const ago = (seconds: number) => relativeTime(new Date(now - seconds * 1000).toISOString(), now)
    expect([0, -500, 59].map(ago)).toEqual(['just now', 'just now', 'just now'])
    expect([60, 3599].map(ago)).toEqual(['1 minute ago', '59 minutes ago'])
    expect([7200, 86_400, 3 * 86_400, 8 * 86_400].map(ago)).toEqual([
      '2 hours ago',
      'yesterday',
      '3 days ago',
      'last week',
    ])
  })
})
