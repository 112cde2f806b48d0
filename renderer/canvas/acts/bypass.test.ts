import { describe, expect, it } from 'vitest'
import { present } from '../../../engine/base/invariant'
import { applyEdits } from '../../../engine/document/applyEdit'
import type { Act } from '../../../engine/document/edits'
import type { Model, UnrollDocument } from '../../../engine/document/schema'
import { chainOf } from '../../../engine/testing/graphs'
import { allBypassed, bypassAct } from './bypass'
import { clipText, pasteAct, readClip } from './clipboard'
import { deleteAct, deleteAndReconnectAct } from './deleteSelection'

const document = chainOf({
  data: { type: 'dataset' },
  lstm: { type: 'lstm' },
  first: { type: 'reroute' },
  second: { type: 'reroute' },
  last: { type: 'lastStep' },
  head: { type: 'forecast' },
})
const modelOf = (made: UnrollDocument): Model => present(made.models[0], 'one model')
const model = modelOf(document)
const outcome = (act: Act | null): Model => modelOf(applyEdits(document, present(act, 'an act').edits))
const wires = (made: Model): string[] =>
  Object.values(made.wires)
    .map(({ from, to }) => `${from.node}>${to.node}`)
    .sort()

describe('bypassing', () => {
  it('is one act for all nodes that can be, and leaves the others alone', () => {
    const act = bypassAct(model, ['lstm', 'last', 'data', 'head', 'first', 'gone'], true)
    expect(act?.label).toBe('Bypass 2 nodes')
    const made = outcome(act)
    expect(Object.keys(made.nodes).filter((id) => made.nodes[id]?.bypassed)).toEqual(['lstm', 'last'])
    expect(allBypassed(made, ['lstm', 'last', 'data'])).toBe(true)
    expect(allBypassed(model, ['lstm'])).toBe(false)
    expect(bypassAct(made, ['lstm'], false)?.label).toBe('Switch LSTM on again')
    expect(bypassAct(model, ['data', 'head'], true)).toBeNull()
  })

  it('is kept by copies', () => {
    const made = outcome(bypassAct(model, ['lstm'], true))
    const clip = present(readClip(clipText(made, ['lstm', 'last'], {}) ?? ''), 'nodes were copied')
    const place = { kind: 'by', offset: { x: 8, y: 8 } } as const
    const pasted = present(pasteAct(made, clip, { place, keepIncoming: false, verb: 'Paste' }), 'they are pasted')
    const after = modelOf(applyEdits({ ...document, models: [made] }, pasted.act.edits))
    expect(pasted.nodes.map((id) => [after.nodes[id]?.type, after.nodes[id]?.bypassed])).toEqual([
      ['lastStep', undefined],
      ['lstm', true],
    ])
  })
})

describe('deleting reroute points', () => {
  it('puts the wire back', () => {
    expect(wires(outcome(deleteAct(model, ['first'], [])))).toEqual([
      'data>lstm',
      'last>head',
      'lstm>second',
      'second>last',
    ])
    expect(wires(outcome(deleteAct(model, ['first', 'second'], [])))).toEqual(['data>lstm', 'last>head', 'lstm>last'])
    expect(deleteAct(model, ['first'], [])?.label).toBe('Delete Reroute point')
  })

  it('not where one of its ends goes too, nor where its wire was chosen to go', () => {
    expect(wires(outcome(deleteAct(model, ['lstm', 'first', 'second'], [])))).toEqual(['last>head'])
    const [chosen] = Object.entries(model.wires).find(([, { to }]) => to.node === 'first') ?? []
    expect(wires(outcome(deleteAct(model, ['first', 'second'], [chosen ?? ''])))).toEqual(['data>lstm', 'last>head'])
  })

  it('deleted with others and reconnected, each wire is laid once', () => {
    expect(wires(outcome(deleteAndReconnectAct(model, ['lstm', 'first', 'second'], () => true)))).toEqual([
      'data>last',
      'last>head',
    ])
  })
})
