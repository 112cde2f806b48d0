import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentArbitrary, soundDocument } from '../testing/documentArbitraries'
import { applyEdits } from './applyEdit'
import { compareContents, isNoDifference } from './compareContents'
import type { Edit } from './edits'

const model = 'model-1'

function differenceAfter(...edits: Edit[]) {
  const before = soundDocument()
  return compareContents(before, applyEdits(before, edits))
}

function changedModel(...edits: Edit[]) {
  const [found] = differenceAfter(...edits).models
  if (found?.kind !== 'changed') throw new Error('the model did not change')
  return found
}

describe('comparing two states of a document', () => {
  it('finds nothing between equal documents', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        expect(isNoDifference(compareContents(document, structuredClone(document)))).toBe(true)
      }),
    )
  })

  it('finds something between different ones, and the same the other way round', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (one, other) => {
        const there = compareContents(one, other)
        const back = compareContents(other, one)
        const flip = { added: 'removed', removed: 'added', changed: 'changed' } as const
        const kinds = (list: readonly { kind: 'added' | 'removed' | 'changed' }[]) =>
          list.map(({ kind }) => kind).sort()
        expect(kinds(back.models)).toEqual(there.models.map(({ kind }) => flip[kind]).sort())
        expect(back.training.map(({ before }) => before)).toEqual(there.training.map(({ after }) => after))
        expect(isNoDifference(there)).toBe(isNoDifference(back))
      }),
    )
  })

  it('tells nodes that came, went, changed or only moved', () => {
    const position = { x: 0, y: 0 }
    const found = changedModel(
      { kind: 'addNode', model, node: 'gru-1', type: 'gru', settings: {}, position },
      { kind: 'setSetting', model, node: 'memory', setting: 'hidden', value: 64 },
      { kind: 'renameNode', model, node: 'memory', name: 'Long' },
      { kind: 'setFrozen', model, node: 'memory', frozen: true },
      { kind: 'moveNodes', model, positions: { data: { x: 80, y: 0 } } },
    )
    expect(found.nodes).toMatchObject([
      {
        kind: 'changed',
        id: 'memory',
        settings: [{ path: ['hidden'], before: 8, after: 64 }],
        renamed: true,
        frozen: true,
        reframed: false,
      },
      { kind: 'added', id: 'gru-1' },
    ])
    expect(found.moved).toEqual(['data'])
    const gone = changedModel({ kind: 'deleteNodes', model, nodes: ['memory'] })
    expect(gone.nodes).toMatchObject([{ kind: 'removed', id: 'memory' }])
    expect(gone.wires).toMatchObject([{ kind: 'removed', wire: { from: { node: 'data' } } }])
  })

  it('takes a wire drawn anew for the same wire', () => {
    const ends = { from: { node: 'data', port: 'out' }, to: { node: 'memory', port: 'in' } }
    const again = differenceAfter(
      { kind: 'deleteWires', model, wires: ['wire-1'] },
      { kind: 'connect', model, wire: 'wire-7', ...ends },
    )
    expect(isNoDifference(again)).toBe(true)
  })

  it('takes a node of another type for another node', () => {
    const before = soundDocument()
    const after = structuredClone(before)
    const node = after.models[0]?.nodes.memory
    if (node) node.type = 'gru'
    const [found] = compareContents(before, after).models
    expect(found).toMatchObject({ nodes: [{ kind: 'removed' }, { kind: 'added' }] })
  })

  it('tells fields of data and training by their path, and models that came, went or changed places', () => {
    const split = { training: 0.7, validation: 0.2 }
    const { data } = soundDocument()
    const other = { id: 'model-2', name: 'Two', nodes: {}, wires: {} }
    const found = differenceAfter(
      { kind: 'setTraining', changes: { epochs: 50, momentum: 0.9 } },
      { kind: 'setData', data: { ...data, split } },
      { kind: 'addModel', model: other, positions: {} },
      { kind: 'renameDocument', name: 'New' },
    )
    expect(found.training).toEqual([
      { path: ['epochs'], before: 20, after: 50 },
      { path: ['momentum'], before: undefined, after: 0.9 },
    ])
    expect(found.data.map(({ path }) => path.join('.'))).toEqual(['split.training', 'split.validation'])
    expect(found.models).toMatchObject([{ kind: 'added', model: { id: 'model-2' } }])
    expect(found.name).toEqual({ before: 'Test', after: 'New' })
    const two = applyEdits(soundDocument(), [{ kind: 'addModel', model: other, positions: {} }])
    const swapped = applyEdits(two, [{ kind: 'moveModel', model: 'model-2', index: 0 }])
    expect(compareContents(two, swapped)).toMatchObject({ reordered: true, models: [] })
  })
})
