import { beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../../engine/base/invariant'
import { applyEdits } from '../../../engine/document/applyEdit'
import { emptyDocument } from '../../../engine/document/create'
import type { Edit } from '../../../engine/document/edits'
import { insertBlock } from '../../nodes/blocks/blockEditing'
import { activeModelOf, useDocument } from '../../state/document'
import { useSelection } from '../../state/selection'
import { clipText } from '../acts/clipboard'
import { positions } from '../editing'
import { addNote } from '../notes/noteEditing'
import { settleDrag } from '../settleDrag'
import { groupCardId, noteCardId } from './canvasIds'
import { currentGroups, currentNotes } from './currentGroups'
import { beginDrag, spread } from './dragGroups'
import { chooseGroup, groupSelection, groupWords, renameGroup, toggleClosed, unpackSelection } from './groupEditing'

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

beforeEach(() => {
  const document = applyEdits(emptyDocument('Test'), [
    add('a', 'lstm', 304, 128),
    add('b', 'lastStep', 544, 128),
    add('stack', 'stack', 304, 400),
    add('inner', 'lstm', 88, 56, 'stack'),
    wire('w1', 'data', 'a'),
    wire('w2', 'a', 'b'),
  ])
  useDocument.getState().load(document, { path: null, name: 'Test' })
  useSelection.getState().clear()
})

const labels = () => useDocument.getState().past
const only = () => present(Object.keys(currentGroups())[0], 'there is a group')

describe('groups in the window', () => {
  it('are made of the selection, chosen whole, closed and unpacked: one entry each', () => {
    useSelection.getState().select({ nodes: ['a', 'b'] })
    groupSelection()
    expect(useSelection.getState()).toMatchObject({ nodes: ['a', 'b'], groups: ['group-1'] })
    toggleClosed()
    expect(currentGroups()['group-1']?.closed).toBe(true)
    unpackSelection()
    expect(currentGroups()).toEqual({})
    expect(useSelection.getState()).toMatchObject({ nodes: ['a', 'b'], groups: [] })
    expect(labels()).toEqual(['Group 2 nodes', 'Close Group 1', 'Unpack Group 1'])
  })

  it('take other nodes in that are selected with them, and keep their name', () => {
    useSelection.getState().select({ nodes: ['a'] })
    groupSelection()
    renameGroup('group-1', 'Reader')
    useSelection.getState().select({ nodes: ['a', 'b'] })
    expect(groupWords()).toBe('Put into Reader')
    groupSelection()
    expect(currentGroups()).toEqual({ 'group-1': { name: 'Reader', hue: 'blue', nodes: ['a', 'b'] } })
    expect(labels().at(-1)).toBe('Put Last step into Reader')
    // A node of another frame cannot lie in it: nothing changes.
    useSelection.getState().select({ nodes: ['a', 'b', 'inner'] })
    groupSelection()
    expect(currentGroups()['group-1']?.nodes).toEqual(['a', 'b'])
  })

  it('make room for their head in a frame', () => {
    useSelection.getState().select({ nodes: ['inner'] })
    groupSelection()
    expect(positions().inner).toEqual({ x: 88, y: 88 })
    expect(labels()).toHaveLength(1)
  })

  it('move whole by their head, closed too, and into frames', () => {
    useSelection.getState().select({ nodes: ['a', 'b'] })
    groupSelection()
    toggleClosed()
    const card = groupCardId(only())
    const drag = (x: number, y: number) => {
      beginDrag([{ id: card, position: { x: 400, y: 96 } }])
      settleDrag(spread(new Map([[card, { x, y }]])))
    }
    drag(440, 176)
    expect([positions().a, positions().b]).toEqual([
      { x: 344, y: 208 },
      { x: 584, y: 208 },
    ])
    expect(labels().at(-1)).toBe('Move Group 1')
    drag(440, 96 + 260)
    expect(activeModelOf(useDocument.getState()).nodes.a?.parent).toBe('stack')
    expect(currentGroups()[only()]?.nodes).toEqual(['a', 'b'])
  })
})

describe('blocks in the window', () => {
  it('are inserted as a closed group behind the selected node and joined to it, in one entry', () => {
    const text = present(clipText(activeModelOf(useDocument.getState()), ['a', 'b'], positions()), 'copied')
    useDocument.getState().apply({ label: 'Delete', edits: [{ kind: 'deleteNodes', model, nodes: ['a', 'b'] }] })
    useSelection.getState().select({ nodes: ['data'] })
    insertBlock({ id: 'block-1', name: 'Reader', text })
    const { wires } = activeModelOf(useDocument.getState())
    const group = present(currentGroups()[only()], 'inserted')
    expect(group).toMatchObject({ name: 'Reader', closed: true })
    expect(Object.values(wires).map(({ from, to }) => [from.node, to.node])).toEqual([
      [group.nodes[0], group.nodes[1]],
      ['data', group.nodes[0]],
    ])
    expect(labels()).toEqual(['Delete', 'Insert Reader'])
    expect(useSelection.getState().groups).toEqual([only()])
  })
})

describe('notes in the window', () => {
  it('move with what is dragged beside them, in one entry', () => {
    addNote({ x: 100, y: 500 })
    const note = present(Object.keys(currentNotes())[0], 'added')
    settleDrag(
      new Map([
        [noteCardId(note), { x: 8, y: 600 }],
        ['b', { x: 552, y: 136 }],
      ]),
    )
    expect(currentNotes()[note]).toMatchObject({ x: 8, y: 600 })
    expect(positions().b).toEqual({ x: 552, y: 136 })
    expect(labels()).toEqual(['Add a note', 'Move Last step'])
    chooseGroup('none', { toggle: false })
    expect(useSelection.getState().nodes).toEqual([])
  })
})
