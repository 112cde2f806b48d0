import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InternalError } from '../base/invariant'
import { documentArbitrary, soundDocument } from '../testing/documentArbitraries'
import { applyEdits } from './applyEdit'
import { freshModelId, freshNodeId, freshWireId } from './create'
import type { Edit } from './edits'
import type { Position } from './layoutSchema'
import { parseDocument } from './parse'
import type { Model, UnrollDocument } from './schema'
import { serializeDocument } from './serialize'

/** Freezes everything, so that a write to the given document throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const child of Object.values(value)) deepFreeze(child)
  }
  return value
}

function pick<T>(list: readonly T[], n: number): T {
  const item = list[n % list.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Turns three random numbers into an edit that fits the document as it is now. */
function editFor(document: UnrollDocument, [kind, a, b]: [number, number, number]): Edit {
  const model = pick(document.models, a)
  const nodes = Object.keys(model.nodes)
  const wires = Object.keys(model.wires)
  const addNode: Edit = {
    kind: 'addNode',
    model: model.id,
    node: freshNodeId(model, 'lstm'),
    type: 'lstm',
    settings: { hidden: b % 99 },
    position: { x: a % 999, y: b % 999 },
  }
  switch (kind % 20) {
    case 19:
      return {
        kind: 'setNote',
        model: model.id,
        note: `note-${b % 3}`,
        value: a % 3 === 0 ? null : { text: `words ${b}`, hue: 'yellow', x: a % 99, y: 0, width: 160, height: 96 },
      }
    case 18: {
      const beside = nodes.filter((id) => model.nodes[id]?.parent === model.nodes[nodes[0] ?? '']?.parent)
      const value = a % 4 === 0 ? null : { name: `group ${b}`, nodes: beside.slice(b % 2, 3), closed: b % 2 === 0 }
      return { kind: 'setGroup', model: model.id, group: `group-${b % 3}`, value }
    }
    case 17:
      return { kind: 'setBypassed', model: model.id, nodes: nodes.slice(b % 3), bypassed: a % 2 === 0 }
    case 15:
      return { kind: 'moveModel', model: model.id, index: b % document.models.length }
    case 13:
      return nodes.length > 0
        ? { kind: 'setFrozen', model: model.id, node: pick(nodes, b), frozen: a % 2 === 0 }
        : addNode
    case 0:
      return { kind: 'renameDocument', name: `name ${b}` }
    case 1:
      return {
        kind: 'setData',
        data: {
          kind: 'generator',
          generator: 'adding',
          length: 2 + (b % 50),
          examples: 10 + (a % 50),
          split: { training: 0.5, validation: 0.5 },
        },
      }
    case 2:
      return { kind: 'setTraining', changes: { epochs: 1 + (b % 50), learningRate: 0.5 } }
    case 3:
      return document.models.length < 5
        ? { kind: 'addModel', model: { ...model, id: freshModelId(document) }, positions: {} }
        : addNode
    case 4:
      return { kind: 'renameModel', model: model.id, name: `model ${b}` }
    case 5:
      return document.models.length > 1 ? { kind: 'deleteModel', model: model.id } : addNode
    case 6:
      return addNode
    case 7:
      return nodes.length > 0
        ? { kind: 'deleteNodes', model: model.id, nodes: [...new Set([pick(nodes, a), pick(nodes, b)])] }
        : addNode
    case 8:
      return nodes.length > 0
        ? { kind: 'renameNode', model: model.id, node: pick(nodes, b), name: b % 3 === 0 ? '' : `n${b}` }
        : addNode
    case 9:
      return nodes.length > 0
        ? {
            kind: 'setSetting',
            model: model.id,
            node: pick(nodes, b),
            setting: 'rate',
            value: b % 4 === 0 ? undefined : b,
          }
        : addNode
    case 10:
      return nodes.length > 0
        ? {
            kind: 'connect',
            model: model.id,
            wire: freshWireId(model),
            from: { node: pick(nodes, a), port: 'out' },
            to: { node: pick(nodes, b), port: 'in' },
          }
        : addNode
    case 11:
      return wires.length > 0 ? { kind: 'deleteWires', model: model.id, wires: [pick(wires, b)] } : addNode
    case 12:
      return nodes.length > 0
        ? { ...addNode, type: 'stack', ...(b % 2 === 0 ? { parent: pick(nodes, b) } : {}) }
        : addNode
    case 14: {
      if (nodes.length === 0) return addNode
      const node = pick(nodes, a)
      const parent = b % 3 === 0 || isHeldBy(model, pick(nodes, b), node) ? null : pick(nodes, b)
      return {
        kind: 'setParent',
        model: model.id,
        nodes: [node],
        parent,
        positions: b % 2 === 0 ? { [node]: { x: 8, y: b % 64 } } : {},
      }
    }
    default:
      return nodes.length > 0
        ? {
            kind: 'moveNodes',
            model: model.id,
            positions: { [pick(nodes, b)]: { x: b % 512, y: -8, ...(b % 2 === 0 ? { width: 1 + (b % 900) } : {}) } },
          }
        : addNode
  }
}

/** Is `node` the frame, or does it lie in it, however deep? */
function isHeldBy(model: Model, node: string, frame: string): boolean {
  for (let id: string | undefined = node; id !== undefined; id = model.nodes[id]?.parent) if (id === frame) return true
  return false
}

function modelOf(document: UnrollDocument): Model {
  return pick(document.models, 0)
}

describe('applyEdits', () => {
  it('leaves the document that it was given alone, so that undo is going back to it', () => {
    const seeds = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 15 })
    fc.assert(
      fc.property(documentArbitrary, seeds, (start, choices) => {
        const history = [deepFreeze(start)]
        const texts = [serializeDocument(start)]
        for (const choice of choices) {
          const now = pick(history, history.length - 1)
          const next = deepFreeze(applyEdits(now, [editFor(now, choice)]))
          history.push(next)
          texts.push(serializeDocument(next))
        }
        // Back to the beginning: every earlier document is still what it was.
        expect(history.map(serializeDocument)).toEqual(texts)
        expect(history[0]).toBe(start)
        // And whatever was made can be saved and opened again without a complaint.
        const last = pick(history, history.length - 1)
        expect(parseDocument(serializeDocument(last)).ok).toBe(true)
        for (const model of last.models) {
          for (const wire of Object.values(model.wires)) {
            expect(Object.hasOwn(model.nodes, wire.from.node) && Object.hasOwn(model.nodes, wire.to.node)).toBe(true)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('shares what did not change', () => {
    const before = soundDocument()
    const after = applyEdits(before, [{ kind: 'renameDocument', name: 'Other' }])
    expect(after.models).toBe(before.models)
    expect(applyEdits(before, [])).toBe(before)
  })

  it('deletes a node with its wires, its place, and what lies in it', () => {
    const document = applyEdits(soundDocument(), [
      { kind: 'addNode', model: 'model-1', node: 'frame', type: 'stack', settings: {}, position: { x: 0, y: 0 } },
      {
        kind: 'addModel',
        model: {
          id: 'm2',
          name: 'Second',
          nodes: {
            frame: { type: 'stack', settings: {} },
            inner: { type: 'stack', settings: {}, parent: 'frame' },
            deepest: { type: 'lstm', settings: {}, parent: 'inner' },
            outside: { type: 'lstm', settings: {} },
          },
          wires: { w: { from: { node: 'deepest', port: 'out' }, to: { node: 'outside', port: 'in' } } },
        },
        positions: { frame: { x: 0, y: 0 }, deepest: { x: 8, y: 8 }, outside: { x: 300, y: 0 } },
      },
    ])
    const after = applyEdits(document, [
      { kind: 'deleteNodes', model: 'model-1', nodes: ['memory', 'frame'] },
      { kind: 'deleteNodes', model: 'm2', nodes: ['frame'] },
    ])
    expect(after.models.map((model) => [Object.keys(model.nodes), Object.keys(model.wires)])).toEqual([
      [['data'], []],
      [['outside'], []],
    ])
    expect(after.layout).toEqual({
      'model-1': { nodes: { data: { x: 0, y: 0 } } },
      m2: { nodes: { outside: { x: 300, y: 0 } } },
    })
  })

  it('replaces the wire that an input already has', () => {
    const ends = { from: { node: 'data', port: 'out' }, to: { node: 'memory', port: 'in' } }
    const after = applyEdits(soundDocument(), [{ kind: 'connect', model: 'model-1', wire: 'new', ...ends }])
    expect(modelOf(after).wires).toEqual({ new: ends })
    const same = applyEdits(after, [{ kind: 'connect', model: 'model-1', wire: 'new', ...ends }])
    expect(modelOf(same).wires).toEqual({ new: ends })
  })

  it('takes a name or a setting away again', () => {
    const after = applyEdits(soundDocument(), [
      { kind: 'renameNode', model: 'model-1', node: 'memory', name: '' },
      { kind: 'setSetting', model: 'model-1', node: 'memory', setting: 'hidden', value: undefined },
    ])
    expect(modelOf(after).nodes.memory).toEqual({ type: 'lstm', settings: {} })
  })

  it('puts nodes into a frame and takes them out again', () => {
    const at = { x: 300, y: 0 }
    const framed = applyEdits(soundDocument(), [
      { kind: 'addNode', model: 'model-1', node: 'frame', type: 'stack', settings: {}, position: at },
      {
        kind: 'setParent',
        model: 'model-1',
        nodes: ['memory'],
        parent: 'frame',
        positions: { memory: { x: 8, y: 9 } },
      },
      { kind: 'addNode', model: 'model-1', node: 'more', type: 'gru', settings: {}, position: at, parent: 'frame' },
    ])
    expect(modelOf(framed).nodes).toMatchObject({ memory: { parent: 'frame' }, more: { parent: 'frame' } })
    expect(framed.layout['model-1']?.nodes.memory).toEqual({ x: 8, y: 9 })
    expect(parseDocument(serializeDocument(framed))).toMatchObject({ ok: true, value: framed, problems: [] })
    const out = applyEdits(framed, [
      { kind: 'setParent', model: 'model-1', nodes: ['memory'], parent: null, positions: { memory: { x: 224, y: 0 } } },
      { kind: 'deleteNodes', model: 'model-1', nodes: ['frame'] },
    ])
    expect(out).toEqual(soundDocument())
  })

  it('puts nodes into a frame that itself names one which is not there', () => {
    const sound = soundDocument()
    const model = modelOf(sound)
    const frame = { type: 'stack', settings: {}, parent: 'gone' }
    const damaged = { ...sound, models: [{ ...model, nodes: { ...model.nodes, frame } }] }
    const after = applyEdits(damaged, [
      { kind: 'setParent', model: 'model-1', nodes: ['memory'], parent: 'frame', positions: {} },
    ])
    expect(modelOf(after).nodes.memory?.parent).toBe('frame')
  })

  it('keeps the size of a frame that moves, until it is taken away', () => {
    const place = (position: Position): Edit => ({
      kind: 'moveNodes',
      model: 'model-1',
      positions: { memory: position },
    })
    const sized = applyEdits(soundDocument(), [place({ x: 1, y: 2, width: 400, height: 200 }), place({ x: 3, y: 4 })])
    expect(sized.layout['model-1']?.nodes.memory).toEqual({ x: 3, y: 4, width: 400, height: 200 })
    const loose = applyEdits(sized, [place({ x: 3, y: 4, width: undefined, height: undefined })])
    expect(loose.layout['model-1']?.nodes.memory).toEqual({ x: 3, y: 4 })
  })

  it('forgets a deleted model with its layout', () => {
    const two = applyEdits(soundDocument(), [
      { kind: 'addModel', model: { ...modelOf(soundDocument()), id: 'm2' }, positions: { data: { x: 1, y: 2 } } },
    ])
    expect(two.layout.m2).toEqual({ nodes: { data: { x: 1, y: 2 } } })
    expect(applyEdits(two, [{ kind: 'deleteModel', model: 'm2' }])).toEqual(soundDocument())
  })

  it.each<[string, Edit]>([
    ['an unknown model', { kind: 'renameModel', model: 'nope', name: 'x' }],
    ['an unknown node', { kind: 'renameNode', model: 'model-1', node: 'nope', name: 'x' }],
    ['a node that only JavaScript knows', { kind: 'deleteNodes', model: 'model-1', nodes: ['constructor'] }],
    ['an unknown wire', { kind: 'deleteWires', model: 'model-1', wires: ['nope'] }],
    ['a place that is not there', { kind: 'moveModel', model: 'model-1', index: 1 }],
    ['the last model', { kind: 'deleteModel', model: 'model-1' }],
    [
      'an id in use',
      { kind: 'addNode', model: 'model-1', node: 'data', type: 'lstm', settings: {}, position: { x: 0, y: 0 } },
    ],
    [
      'an id of wrong form',
      { kind: 'addNode', model: 'model-1', node: 'a b', type: 'lstm', settings: {}, position: { x: 0, y: 0 } },
    ],
    ['a place that is none', { kind: 'moveNodes', model: 'model-1', positions: { data: { x: Number.NaN, y: 0 } } }],
    ['a setting outside its bounds', { kind: 'setTraining', changes: { learningRate: 0 } }],
    [
      'a value that no file can hold',
      { kind: 'setSetting', model: 'model-1', node: 'memory', setting: 'hidden', value: Number.POSITIVE_INFINITY },
    ],
    [
      'a wire to nowhere',
      {
        kind: 'connect',
        model: 'model-1',
        wire: 'w',
        from: { node: 'data', port: 'out' },
        to: { node: 'nope', port: 'in' },
      },
    ],
    ['a frame in itself', { kind: 'setParent', model: 'model-1', nodes: ['memory'], parent: 'memory', positions: {} }],
    [
      'a frame that is not there',
      { kind: 'setParent', model: 'model-1', nodes: ['memory'], parent: 'nope', positions: {} },
    ],
    [
      'a place of a node that does not move',
      { kind: 'setParent', model: 'model-1', nodes: ['memory'], parent: null, positions: { data: { x: 0, y: 0 } } },
    ],
    ['a frame without a side', { kind: 'moveNodes', model: 'model-1', positions: { data: { x: 0, y: 0, width: 0 } } }],
    ['a name without end', { kind: 'renameDocument', name: 'x'.repeat(201) }],
  ])('refuses %s as our own mistake', (_, edit) => {
    expect(() => applyEdits(soundDocument(), [edit])).toThrow(InternalError)
  })
})
