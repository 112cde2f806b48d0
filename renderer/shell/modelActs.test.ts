import { describe, expect, it } from 'vitest'
import { applyEdits } from '../../engine/document/applyEdit'
import { emptyDocument } from '../../engine/document/create'
import type { Act } from '../../engine/document/edits'
import type { UnrollDocument } from '../../engine/document/schema'
import { addModelAct, deleteModelAct, duplicateModelAct, renameDocumentAct, renameModelAct } from './modelActs'

function done(document: UnrollDocument, act: Act | null): UnrollDocument {
  return act ? applyEdits(document, act.edits) : document
}

const one = emptyDocument('Test')
const [first] = one.models.map((model) => model.id)

describe('acts of the model tabs', () => {
  it('add models with names and ids of their own', () => {
    const three = done(done(one, addModelAct(one)), addModelAct(done(one, addModelAct(one))))
    expect(three.models.map((model) => model.name)).toEqual(['Model 1', 'Model 2', 'Model 3'])
    expect(new Set(three.models.map((model) => model.id)).size).toBe(3)
    expect(three.layout[three.models[2]?.id ?? '']?.nodes).toHaveProperty('data')
  })

  it('duplicate nodes and places', () => {
    const act = duplicateModelAct(one, first ?? '')
    const two = done(one, act)
    expect(act.label).toBe('Duplicate Model 1')
    expect(two.models[1]?.name).toBe('Model 1 copy')
    expect(two.models[1]?.nodes).toEqual(one.models[0]?.nodes)
    expect(two.layout[two.models[1]?.id ?? '']).toEqual(one.layout[first ?? ''])
    expect(done(two, duplicateModelAct(two, first ?? '')).models[2]?.name).toBe('Model 1 copy 2')
  })

  it('rename, and leave no entry when nothing changes', () => {
    expect(done(one, renameModelAct(one, first ?? '', ' LSTM ×2 ')).models[0]?.name).toBe('LSTM ×2')
    expect(renameModelAct(one, first ?? '', 'Model 1')).toBeNull()
    expect(renameModelAct(one, first ?? '', '  ')).toBeNull()
    expect(done(one, renameDocumentAct(one, 'Moby Dick')).name).toBe('Moby Dick')
    expect(renameDocumentAct(one, 'Test')).toBeNull()
  })

  it('never delete the last one', () => {
    expect(deleteModelAct(one, first ?? '')).toBeNull()
    const two = done(one, addModelAct(one))
    expect(done(two, deleteModelAct(two, first ?? '')).models.map((model) => model.name)).toEqual(['Model 2'])
  })
})
