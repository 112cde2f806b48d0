import { describe, expect, it } from 'vitest'
import { present } from '../../../engine/base/invariant'
import { applyEdits } from '../../../engine/document/applyEdit'
import { emptyDocument } from '../../../engine/document/create'
import type { Edit } from '../../../engine/document/edits'
import { groupsOf, notesOf } from '../../../engine/document/groups'
import type { Group, Note } from '../../../engine/document/layoutSchema'
import type { UnrollDocument } from '../../../engine/document/schema'
import { clipText, pasteAct, readClip } from '../acts/clipboard'
import { blockEnds, hiddenNodes, shownAs } from './blocks'
import { endOfHandle, groupCardId, readCanvasId } from './canvasIds'
import { closeAct, groupAct, leaveAct, membershipAct, renameGroupAct, unpackAct } from './groupActs'
import { chosenGroups, selectionAfter } from './groupSelection'
import { groupAt, membershipAfter, rectangleOfGroup } from './groupUnder'

const model = 'model-1'
const add = (node: string, type: string, x: number, y: number, parent?: string): Edit => ({
  kind: 'addNode',
  model,
  node,
  type,
  settings: {},
  position: { x, y },
  ...(parent === undefined ? {} : { parent }),
})
const wire = (id: string, from: string, to: string): Edit => ({
  kind: 'connect',
  model,
  wire: id,
  from: { node: from, port: 'out' },
  to: { node: to, port: 'in' },
})

/** data → a → b → c beside each other, and a stack with an LSTM in it far below. */
function start(...more: Edit[]): UnrollDocument {
  return applyEdits(emptyDocument('Test'), [
    { kind: 'moveNodes', model, positions: { data: { x: 0, y: 0 } } },
    add('a', 'lstm', 200, 0),
    add('b', 'dropout', 400, 0),
    add('c', 'dense', 600, 0),
    add('stack', 'stack', 0, 400),
    add('inner', 'lstm', 88, 56, 'stack'),
    wire('w1', 'data', 'a'),
    wire('w2', 'a', 'b'),
    wire('w3', 'b', 'c'),
    ...more,
  ])
}
const modelOf = (document: UnrollDocument) => present(document.models[0], 'there is one')
const layoutOf = (document: UnrollDocument) => document.layout[model]?.nodes ?? {}
const pair: Group = { name: 'Pair', hue: 'green', nodes: ['a', 'b'] }
const grouped = (value: Group = pair): Edit => ({ kind: 'setGroup', model, group: 'g', value })
const sheetOf = (document: UnrollDocument) => ({
  model: modelOf(document),
  layout: layoutOf(document),
  groups: groupsOf(document, model),
})

describe('acts of groups', () => {
  it('make one of nodes of one frame, under a fresh name; else say why not', () => {
    const document = start(grouped({ ...pair, name: 'Group 1' }))
    const groups = groupsOf(document, model)
    const made = groupAct(modelOf(document), groups, ['c', 'stack'])
    if (!made.ok) throw new Error(made.message)
    const after = groupsOf(applyEdits(document, made.act.edits), model)
    expect(after[made.group]).toEqual({ name: 'Group 2', hue: 'blue', nodes: ['c', 'stack'] })
    expect(made.act.label).toBe('Group 2 nodes')
    expect(groupAct(modelOf(document), groups, ['a', 'inner'])).toMatchObject({ ok: false })
    expect(groupAct(modelOf(document), groups, [])).toMatchObject({ ok: false })
  })

  it('close and open, rename and unpack; the nodes stay as they were', () => {
    const document = start(grouped())
    const closed = applyEdits(document, closeAct(modelOf(document), groupsOf(document, model), ['g'])?.edits ?? [])
    expect(groupsOf(closed, model).g?.closed).toBe(true)
    const opened = applyEdits(closed, closeAct(modelOf(closed), groupsOf(closed, model), ['g'])?.edits ?? [])
    expect(opened).toEqual(document)
    const named = renameGroupAct(modelOf(document), groupsOf(document, model), 'g', '  Front ')
    expect(named?.label).toBe('Rename Pair to Front')
    expect(renameGroupAct(modelOf(document), groupsOf(document, model), 'g', ' ')).toBeNull()
    const gone = applyEdits(document, unpackAct(modelOf(document), groupsOf(document, model), ['g'])?.edits ?? [])
    expect(gone).toEqual(start())
  })

  it('let nodes go, and the group with its last one', () => {
    const document = start(grouped())
    const one = leaveAct(modelOf(document), groupsOf(document, model), ['a', 'c'])
    expect(one?.label).toBe('Take LSTM out of Pair')
    expect(groupsOf(applyEdits(document, one?.edits ?? []), model).g?.nodes).toEqual(['b'])
    const all = leaveAct(modelOf(document), groupsOf(document, model), ['a', 'b'])
    expect(applyEdits(document, all?.edits ?? [])).toEqual(start())
    expect(leaveAct(modelOf(document), groupsOf(document, model), ['c'])).toBeNull()
  })
})

describe('a closed group', () => {
  const document = start(grouped({ ...pair, closed: true }))

  it('has a socket for each end that crosses its border or is free, and none for wires inside', () => {
    expect(blockEnds(modelOf(document), pair, layoutOf(document), null)).toEqual({
      inputs: [{ node: 'a', port: 'in' }],
      outputs: [{ node: 'b', port: 'out' }],
    })
    const loose = applyEdits(document, [{ kind: 'deleteWires', model, wires: ['w1', 'w3'] }])
    expect(blockEnds(modelOf(loose), pair, layoutOf(loose), null).inputs).toEqual([{ node: 'a', port: 'in' }])
    const both = applyEdits(document, [wire('w4', 'a', 'c')])
    expect(blockEnds(modelOf(both), pair, layoutOf(both), null).outputs).toEqual([
      { node: 'a', port: 'out' },
      { node: 'b', port: 'out' },
    ])
  })

  it('hides its nodes and what frames among them hold', () => {
    const groups = { g: { ...pair, closed: true }, h: { name: 'H', nodes: ['stack'], closed: true } }
    expect([...hiddenNodes(modelOf(document), groups)]).toEqual([
      ['a', 'g'],
      ['b', 'g'],
      ['stack', 'h'],
      ['inner', 'h'],
    ])
    const seen = (node: string) => shownAs(modelOf(document), layoutOf(document), groups, node)
    expect([seen('a'), seen('inner'), seen('c')]).toEqual([groupCardId('g'), groupCardId('h'), 'c'])
  })

  it('names its handles after the ends they lead to', () => {
    expect(endOfHandle(groupCardId('g'), 'a:in')).toEqual({ node: 'a', port: 'in' })
    expect(endOfHandle('a', 'in')).toEqual({ node: 'a', port: 'in' })
    expect(readCanvasId('note:n-1')).toEqual({ kind: 'note', id: 'n-1' })
  })
})

describe('selection with groups', () => {
  const groups = { g: pair }
  const nothing = { nodes: [], groups: [], notes: [] }
  const select = (id: string, selected: boolean) => ({ type: 'select', id, selected })

  it('takes all nodes of a chosen group, and lets them go with it', () => {
    const chosen = selectionAfter(nothing, [select('group:g', true), select('note:n', true)], groups)
    expect(chosen).toEqual({ nodes: ['a', 'b'], groups: ['g'], notes: ['n'] })
    const next = selectionAfter(chosen ?? nothing, [select('group:g', false), select('b', true)], groups)
    expect(next).toEqual({ nodes: ['b'], groups: [], notes: ['n'] })
    expect(
      selectionAfter({ ...nothing, nodes: ['a', 'b'], groups: ['g'] }, [select('a', false)], groups)?.groups,
    ).toEqual([])
    expect(selectionAfter(nothing, [{ type: 'position' }], groups)).toBeNull()
  })

  it('means a group that is selected node by node, but not its only node', () => {
    expect(chosenGroups({ nodes: ['b', 'a'], groups: [] }, groups)).toEqual(['g'])
    expect(chosenGroups({ nodes: ['a', 'b', 'c'], groups: [] }, groups)).toEqual([])
    expect(chosenGroups({ nodes: ['c'], groups: [] }, { g: { ...pair, nodes: ['c'] } })).toEqual([])
  })
})

describe('dragging nodes into groups and out of them', () => {
  const document = start(grouped())
  const sheet = sheetOf(document)
  const card = (x: number, y: number) => ({ x, y, width: 160, height: 56 })
  const dropped = (node: string, x: number, y: number) =>
    membershipAfter(sheet, new Map([[node, card(x, y)]]), (one) => (one === 'inner' ? 'stack' : null))

  it('a node let go on the rectangle joins', () => {
    expect(rectangleOfGroup(sheet, 'g')).toEqual({ x: 184, y: -40, width: 392, height: 120 })
    expect([...dropped('c', 300, 0)]).toEqual([['c', 'g']])
    expect([...dropped('c', 700, 0)]).toEqual([])
    // In another frame the same numbers mean another place.
    expect([...dropped('inner', 300, 0)]).toEqual([])
    expect(groupAt(sheet, null, { x: 200, y: 10 })).toBe('g')
    expect(groupAt(sheet, 'stack', { x: 200, y: 10 })).toBeNull()
    const act = membershipAct(sheet.model, sheet.groups, dropped('c', 300, 0))
    expect(act?.label).toBe('Put Dense into Pair')
    expect(groupsOf(applyEdits(document, act?.edits ?? []), model).g?.nodes).toEqual(['a', 'b', 'c'])
  })

  it('a member that is moved a little stays, far away it leaves; dragged whole the group stays whole', () => {
    expect([...dropped('b', 560, 40)]).toEqual([])
    expect([...dropped('b', 400, 300)]).toEqual([['b', null]])
    const whole = new Map([
      ['a', card(900, 900)],
      ['b', card(1100, 900)],
    ])
    expect([...membershipAfter(sheet, whole, () => null)]).toEqual([])
  })
})

describe('groups and notes on the clipboard', () => {
  const note: Note = { text: 'Hello', hue: 'pink', x: 0, y: 200, width: 160, height: 96 }
  const document = start(grouped({ ...pair, closed: true }), { kind: 'setNote', model, note: 'n', value: note })
  const marks = { groups: groupsOf(document, model), notes: notesOf(document, model) }
  const copy = (nodes: string[], notes = marks.notes) =>
    readClip(clipText(modelOf(document), nodes, layoutOf(document), { groups: marks.groups, notes }) ?? '')
  const paste = (clip: ReturnType<typeof copy>, block?: string) => {
    const place = { kind: 'by' as const, offset: { x: 8, y: 16 } }
    const options = { place, keepIncoming: false, here: marks, verb: 'Paste', ...(block ? { block } : {}) }
    const made = pasteAct(modelOf(document), present(clip, 'something was copied'), options)
    if (!made) throw new Error('nothing pasted')
    return { made, after: applyEdits(document, made.act.edits) }
  }

  it('carry whole groups and notes, with ids of their own', () => {
    const { made, after } = paste(copy(['a', 'b', 'c']))
    expect(made.groups).toEqual(['group-1'])
    expect(groupsOf(after, model)['group-1']).toEqual({ ...pair, closed: true, nodes: ['lstm-1', 'dropout-1'] })
    expect(groupsOf(after, model).g).toEqual({ ...pair, closed: true })
    expect(notesOf(after, model)[made.notes[0] ?? '']).toEqual({ ...note, x: 8, y: 216 })
    expect(made.act.label).toBe('Paste 3 nodes')
  })

  it('leave a group behind of which only a part is copied', () => {
    const { made } = paste(copy(['a'], {}))
    expect(made.groups).toEqual([])
    expect(copy([], {})).toBeNull()
  })

  it('carry notes alone', () => {
    const { made, after } = paste(copy([]))
    expect([made.nodes, made.notes.length, made.act.label]).toEqual([[], 1, 'Paste note'])
    expect(Object.keys(modelOf(after).nodes)).toEqual(Object.keys(modelOf(document).nodes))
  })

  it('become one closed group when a saved block is inserted', () => {
    const { made, after } = paste(copy(['a', 'b'], {}), 'Encoder')
    expect(made.act.label).toBe('Paste Encoder')
    expect(groupsOf(after, model)[made.groups[0] ?? '']).toEqual({
      name: 'Encoder',
      hue: 'green',
      nodes: ['lstm-1', 'dropout-1'],
      closed: true,
    })
  })

  it('do not keep nodes from being pasted when they are damaged', () => {
    const text = clipText(modelOf(document), ['a', 'b'], layoutOf(document), marks) ?? ''
    const damaged = readClip(text.replace('"hue": "green"', '"hue": "plaid"').replace('"hue": "pink"', '"hue": 7'))
    expect(Object.keys(damaged?.nodes ?? {})).toEqual(['a', 'b'])
    expect([damaged?.groups, damaged?.notes]).toEqual([undefined, undefined])
  })

  it('never break the document, whatever a text from elsewhere says', () => {
    const clip = present(copy(['a', 'b', 'stack'], {}), 'copied')
    const { after } = paste({
      ...clip,
      groups: {
        x: { name: 'X', nodes: ['a', 'a', 'inner', 'nobody'] },
        y: { name: 'Y', nodes: ['a', 'b'] },
        z: { name: 'Z', nodes: [] },
      },
    })
    const added = Object.values(groupsOf(after, model)).filter(({ name }) => name !== 'Pair')
    expect(added.map(({ name, nodes }) => [name, nodes])).toEqual([
      ['X', ['lstm-1']],
      ['Y', ['dropout-1']],
    ])
  })
})
