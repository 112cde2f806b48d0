import { describe, expect, it } from 'vitest'
import { present } from '../../../engine/base/invariant'
import { analyseModel } from '../../../engine/compile/analyse'
import { nestingOf } from '../../../engine/compile/frames'
import { applyEdits } from '../../../engine/document/applyEdit'
import { emptyDocument } from '../../../engine/document/create'
import type { Model, UnrollDocument } from '../../../engine/document/schema'
import { definitionOf } from '../../../engine/nodes/index'
import { contentOf, cornerOf, FRAME, frameAt, sizeOf, toFrame, withContent } from '../places'
import { addNodeAct, frameOf } from './addNode'
import { clipText, pasteAct, readClip } from './clipboard'
import { deleteAndReconnectAct } from './deleteSelection'
import { dissolveAct, mayLieInside, reparentAct, wrapAct } from './frames'

const stack = present(definitionOf('stack'), 'there are stacks')

const modelOf = (document: UnrollDocument): Model => present(document.models[0], 'one model')
const layoutOf = (document: UnrollDocument) => document.layout[modelOf(document).id]?.nodes ?? {}
const wires = (model: Model): string[] =>
  Object.values(model.wires)
    .map(({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`)
    .sort()

/** Data set → Stack holding an LSTM, as the palette adds it. */
function stacked(): UnrollDocument {
  const start = emptyDocument('Test')
  const { act } = addNodeAct(modelOf(start), {
    definition: stack,
    position: { x: 400, y: 96 },
    summary: null,
    joint: { kind: 'after', from: { node: 'data', port: 'out' }, carries: 'sequence' },
  })
  return applyEdits(start, act.edits)
}

describe('frames', () => {
  it('come with a first layer that is wired to their ways in and out', () => {
    const model = modelOf(stacked())
    expect(nestingOf(model).get('lstm-1')).toBe('stack-1')
    expect(wires(model)).toEqual(['data.out > stack-1.in', 'lstm-1.out > stack-1.leave', 'stack-1.enter > lstm-1.in'])
    const { problems } = analyseModel(stacked(), model.id, null)
    expect(problems.filter(({ code }) => /^(frame|wire)/.test(code))).toEqual([])
  })

  it('take in what is joined to something inside them', () => {
    const document = stacked()
    const model = modelOf(document)
    const inside = { kind: 'after', from: { node: 'lstm-1', port: 'out' }, carries: 'sequence' } as const
    const enter = { kind: 'after', from: { node: 'stack-1', port: 'enter' }, carries: 'sequence' } as const
    const behind = { kind: 'after', from: { node: 'stack-1', port: 'out' }, carries: 'sequence' } as const
    expect([inside, enter, behind].map((joint) => frameOf(model, joint))).toEqual(['stack-1', 'stack-1', null])
    const dropout = present(definitionOf('dropout'), 'there is dropout')
    const { act, node } = addNodeAct(model, {
      definition: dropout,
      position: { x: 0, y: 0 },
      summary: null,
      joint: inside,
    })
    expect(nestingOf(modelOf(applyEdits(document, act.edits))).get(node)).toBe('stack-1')
  })

  it('are put around nodes and taken away again without a wire lost', () => {
    const document = stacked()
    const model = modelOf(document)
    const made = wrapAct(document, model, present(definitionOf('bidirectional'), 'there is one'), ['lstm-1'], {
      corner: { x: 0, y: 0 },
      inside: { 'lstm-1': { x: 88, y: 56 } },
    })
    expect(made.lost).toEqual([])
    const framed = applyEdits(document, made.act.edits)
    expect(nestingOf(modelOf(framed)).get('lstm-1')).toBe(made.frame)
    expect(nestingOf(modelOf(framed)).get(made.frame)).toBe('stack-1')
    expect(wires(modelOf(framed))).toContain(`${made.frame}.enter > lstm-1.in`)
    expect(wires(modelOf(framed))).toContain(`stack-1.enter > ${made.frame}.in`)
    const dissolved = applyEdits(
      framed,
      present(dissolveAct(framed, modelOf(framed), made.frame), 'it is a frame').edits,
    )
    expect(wires(modelOf(dissolved))).toEqual(wires(model))
    expect(dissolveAct(document, model, 'lstm-1')).toBeNull()
  })

  it('name what is put in and taken out', () => {
    const document = stacked()
    const model = modelOf(document)
    const out = reparentAct(document, model, ['lstm-1'], null, { 'lstm-1': { x: 0, y: 300 } })
    expect(out.act.label).toBe('Take LSTM out of Stack')
    const outside = applyEdits(document, out.act.edits)
    expect(nestingOf(modelOf(outside)).get('lstm-1')).toBeNull()
    expect(reparentAct(outside, modelOf(outside), ['lstm-1'], 'stack-1', {}).act.label).toBe('Put LSTM into Stack')
    expect(mayLieInside(model, 'data')).toBe(false)
    expect(mayLieInside(model, 'stack-1')).toBe(true)
  })

  it('are copied and pasted with what they hold, and deleted with it', () => {
    const document = stacked()
    const model = modelOf(document)
    const clip = present(readClip(present(clipText(model, ['stack-1'], layoutOf(document)), 'there')), 'a clip')
    const place = { kind: 'at', position: { x: 800, y: 400 } } as const
    const made = present(pasteAct(model, clip, { place, keepIncoming: false, verb: 'Paste' }), 'something to paste')
    expect(made.act.label).toBe('Paste Stack')
    expect(made.nodes).toEqual(['stack-2'])
    const after = applyEdits(document, made.act.edits)
    const pasted = modelOf(after)
    expect(contentOf(pasted).get('stack-2')).toEqual(['lstm-2'])
    expect(layoutOf(after)['lstm-2']).toEqual(layoutOf(document)['lstm-1'])
    expect(wires(pasted)).toContain('stack-2.enter > lstm-2.in')
    const gone = present(
      deleteAndReconnectAct(model, ['stack-1'], () => true),
      'something to delete',
    )
    expect(Object.keys(modelOf(applyEdits(document, gone.edits)).nodes)).toEqual(['data'])
  })

  it('of a clip that hold each other are taken as they come', () => {
    const node = { type: 'stack', settings: {}, at: { x: 0, y: 0 } }
    const text = JSON.stringify({
      unroll: 'nodes',
      version: 1,
      nodes: { a: { ...node, parent: 'b' }, b: { ...node, parent: 'a' } },
      wires: [],
    })
    const model = modelOf(emptyDocument('Test'))
    const options = { place: { kind: 'by', offset: { x: 0, y: 0 } }, keepIncoming: false, verb: 'Paste' } as const
    const made = present(pasteAct(model, present(readClip(text), 'a clip'), options), 'something to paste')
    expect(Object.keys(modelOf(applyEdits(emptyDocument('Test'), made.act.edits)).nodes)).toHaveLength(3)
  })
})

describe('places in frames', () => {
  it('are from the corner of the frame; the frame has room for them', () => {
    const document = stacked()
    const model = modelOf(document)
    const layout = layoutOf(document)
    expect(cornerOf(model, layout, 'lstm-1')).toEqual({ x: 488, y: 152 })
    expect(toFrame(model, layout, 'stack-1', { x: 488, y: 152 })).toEqual({ x: 88, y: 56 })
    expect(sizeOf(model, layout, 'stack-1')).toEqual(FRAME.least)
    const wide = { ...layout, 'lstm-1': { x: 400, y: 200 } }
    expect(sizeOf(model, wide, 'stack-1')).toEqual({ width: 624, height: 320 })
    expect(sizeOf(model, { ...wide, 'stack-1': { x: 0, y: 0, width: 800, height: 100 } }, 'stack-1').width).toBe(800)
  })

  it('name the innermost frame at a point, except those that are dragged', () => {
    const document = stacked()
    const model = modelOf(document)
    const layout = layoutOf(document)
    expect(frameAt(model, layout, { x: 500, y: 160 })).toBe('stack-1')
    expect(frameAt(model, layout, { x: 500, y: 160 }, ['stack-1'])).toBeNull()
    expect(frameAt(model, layout, { x: 10, y: 10 })).toBeNull()
    expect([...withContent(model, ['stack-1'])]).toEqual(['stack-1', 'lstm-1'])
  })
})
