import { describe, expect, it } from 'vitest'
import { InternalError } from '../base/invariant'
import { soundDocument } from '../testing/documentArbitraries'
import { applyEdits } from './applyEdit'
import type { Edit } from './edits'
import { groupsOf, notesOf } from './groups'
import type { Group, Note } from './layoutSchema'
import { parseDocument } from './parse'
import { serializeDocument } from './serialize'

const model = 'model-1'
const add = (node: string, parent?: string): Edit => ({
  kind: 'addNode',
  model,
  node,
  type: node.startsWith('frame') ? 'stack' : 'lstm',
  settings: {},
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
})
const group = (id: string, nodes: string[], name = 'Encoder'): Edit => ({
  kind: 'setGroup',
  model,
  group: id,
  value: { name, hue: 'blue', nodes },
})
const note: Note = { text: 'Look here', hue: 'yellow', x: 8, y: 16, width: 160, height: 96 }
const changed = (...edits: Edit[]) =>
  applyEdits(soundDocument(), [add('a'), add('b'), add('frame'), add('in', 'frame'), ...edits])
const nodesOf = (...edits: Edit[]) =>
  Object.fromEntries(Object.entries(groupsOf(changed(...edits), model)).map(([id, { nodes }]) => [id, nodes]))

describe('groups', () => {
  it('are made, changed and taken away; the nodes stay', () => {
    expect(groupsOf(changed(group('g', ['a', 'b'])), model)).toEqual({
      g: { name: 'Encoder', hue: 'blue', nodes: ['a', 'b'] },
    })
    const gone = changed(group('g', ['a', 'b']), { kind: 'setGroup', model, group: 'g', value: null })
    expect(gone).toEqual(changed())
    expect(nodesOf(group('g', ['a']), group('g', ['b']))).toEqual({ g: ['b'] })
  })

  it('hold a node only once among them: the newer one has it', () => {
    expect(nodesOf(group('g', ['a', 'b']), group('h', ['b']))).toEqual({ g: ['a'], h: ['b'] })
    expect(nodesOf(group('g', ['a']), group('h', ['a', 'b']))).toEqual({ h: ['a', 'b'] })
  })

  it('lose deleted nodes, and go with their last one', () => {
    expect(nodesOf(group('g', ['a', 'b']), { kind: 'deleteNodes', model, nodes: ['a'] })).toEqual({ g: ['b'] })
    expect(
      changed(group('g', ['a', 'b']), { kind: 'deleteNodes', model, nodes: ['b', 'a'] }).layout[model],
    ).not.toHaveProperty('groups')
    expect(nodesOf(group('g', ['in']), { kind: 'deleteNodes', model, nodes: ['frame'] })).toEqual({})
  })

  it('lose what is put into a frame without the others; put in together they stay together', () => {
    const put = (nodes: string[]): Edit => ({ kind: 'setParent', model, nodes, parent: 'frame', positions: {} })
    expect(nodesOf(group('g', ['a', 'b']), put(['a']))).toEqual({ g: ['b'] })
    expect(nodesOf(group('g', ['a', 'b']), put(['a', 'b']))).toEqual({ g: ['a', 'b'] })
    expect(
      nodesOf(group('g', ['in']), { kind: 'setParent', model, nodes: ['in'], parent: null, positions: {} }),
    ).toEqual({
      g: ['in'],
    })
  })

  it('refuse what no file may hold', () => {
    expect(() => changed(group('g', ['nobody']))).toThrow(InternalError)
    expect(() => changed(group('g', ['a', 'in']))).toThrow(InternalError)
    expect(() => changed(group('g', ['a', 'a']))).toThrow(InternalError)
    expect(() => changed(group('toString', ['a']))).toThrow(InternalError)
    expect(() => changed({ kind: 'setNote', model, note: 'n', value: { ...note, text: 'x'.repeat(5001) } })).toThrow(
      InternalError,
    )
  })
})

describe('notes', () => {
  it('are made, changed and taken away', () => {
    const made = changed({ kind: 'setNote', model, note: 'n', value: note })
    expect(notesOf(made, model)).toEqual({ n: note })
    expect(applyEdits(made, [{ kind: 'setNote', model, note: 'n', value: null }])).toEqual(changed())
  })
})

/** What a file gives whose layout holds these groups and notes. */
function opened(groups: unknown, notes: unknown = undefined) {
  const raw = JSON.parse(serializeDocument(changed()))
  Object.assign(raw.layout[model], { groups, notes })
  const read = parseDocument(JSON.stringify(raw), 'f.unroll')
  if (!read.ok) throw new Error('refused')
  return { document: read.value, sentences: read.problems.map(({ message }) => message) }
}

describe('groups of a file that nobody vouches for', () => {
  const sound = (nodes: string[]): Group => ({ name: 'G', nodes })

  it('come through a file as they are', () => {
    const document = changed(group('g', ['a', 'b']), { kind: 'setNote', model, note: 'n', value: note })
    expect(parseDocument(serializeDocument(document), 'f.unroll')).toEqual({ ok: true, value: document, problems: [] })
  })

  it('lose nodes that are unknown, doubled, taken or elsewhere, told in one sentence', () => {
    const { document, sentences } = opened({
      g1: sound(['a', 'nobody', 'a']),
      g2: sound(['a', 'b', 'in']),
      g3: sound(['in', 'in']),
      g4: sound(['gone']),
      g5: sound(['frame']),
    })
    expect(groupsOf(document, model)).toEqual({
      g1: sound(['a']),
      g2: sound(['b']),
      g3: sound(['in']),
      g5: sound(['frame']),
    })
    expect(sentences).toEqual([
      '4 groups of model “LSTM” held nodes that do not exist, lie in another group or do not lie side by side; those were taken out of them.',
    ])
  })

  it('are left out when damaged, with damaged notes, told in one sentence; the model opens', () => {
    const { document, sentences } = opened(
      { toString: sound(['a']), 'no id!': sound(['a']), g: { nodes: 7 }, h: sound(['b']) },
      { n: note, m: { ...note, width: -1 } },
    )
    expect(groupsOf(document, model)).toEqual({ h: sound(['b']) })
    expect(notesOf(document, model)).toEqual({ n: note })
    expect(sentences).toEqual([
      '3 groups and 1 note on the canvas of model “LSTM” were damaged and were left out; the nodes are all there.',
    ])
  })

  it('may be no groups at all, or too many', () => {
    expect(opened([1]).sentences).toEqual([
      '1 group on the canvas of model “LSTM” was damaged and was left out; the nodes are all there.',
    ])
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`n${index}`, note]))
    const { document, sentences } = opened(undefined, many)
    expect(Object.keys(notesOf(document, model))).toHaveLength(500)
    expect(sentences[0]).toContain('100 notes')
  })
})
