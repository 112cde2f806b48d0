import { describe, expect, it } from 'vitest'
import { present } from '../../../engine/base/invariant'
import { applyEdits } from '../../../engine/document/applyEdit'
import { emptyDocument } from '../../../engine/document/create'
import type { Act } from '../../../engine/document/edits'
import type { Model, UnrollDocument } from '../../../engine/document/schema'
import { definitionOf } from '../../../engine/nodes/index'
import { addNodeAct, jointPorts } from './addNode'
import { clipText, pasteAct, readClip } from './clipboard'
import { connectAct, insertExistingAct, moveWireAct } from './connect'
import { deleteAct, deleteAndReconnectAct } from './deleteSelection'

const type = (name: string) => present(definitionOf(name), `${name} is a node type`)
const out = (node: string) => ({ node, port: 'out' })
const into = (node: string) => ({ node, port: 'in' })

/** data → lstm → last → dense, all at y 0. */
function chain(): UnrollDocument {
  const names = ['lstm', 'lastStep', 'dense']
  return applyEdits(
    emptyDocument('Test'),
    names.flatMap((name, index) => [
      {
        kind: 'addNode' as const,
        model: 'model-1',
        node: name,
        type: name,
        settings: {},
        position: { x: 200 * (index + 1), y: 0 },
      },
      {
        kind: 'connect' as const,
        model: 'model-1',
        wire: `to-${name}`,
        from: out(index === 0 ? 'data' : (names[index - 1] ?? '')),
        to: into(name),
      },
    ]),
  )
}
const modelOf = (document: UnrollDocument): Model => present(document.models[0], 'one model')
const outcome = (document: UnrollDocument, act: Act | null | undefined): Model =>
  modelOf(applyEdits(document, present(act, 'an act').edits))
const wires = (model: Model): string[] =>
  Object.values(model.wires)
    .map(({ from, to }) => `${from.node}>${to.node}`)
    .sort()

describe('adding', () => {
  it('gives a new node its default settings', () => {
    const document = emptyDocument('Test')
    const { act, node } = addNodeAct(modelOf(document), {
      definition: type('lstm'),
      position: { x: 8, y: 16 },
      summary: null,
    })
    const model = outcome(document, act)
    expect(model.nodes[node]).toMatchObject({ type: 'lstm', settings: { forgetBias: 1 } })
    expect(act.label).toBe('Add LSTM')
  })

  it('joins behind an output, in front of an input, and into a wire', () => {
    const document = chain()
    const model = modelOf(document)
    const add = (name: string, joint: Parameters<typeof addNodeAct>[1]['joint']) =>
      wires(
        outcome(
          document,
          addNodeAct(model, { definition: type(name), position: { x: 0, y: 0 }, summary: null, joint }).act,
        ),
      )
    expect(add('gru', { kind: 'after', from: out('lstm'), carries: 'sequence' })).toContain('lstm>gru-1')
    expect(add('lstm', { kind: 'before', to: into('lastStep'), takes: ['sequence'] })).toEqual([
      'data>lstm',
      'lastStep>dense',
      'lstm-1>lastStep',
    ])
    expect(add('dropout', { kind: 'into', wire: 'to-lastStep', carries: 'sequence' })).toEqual([
      'data>lstm',
      'dropout-1>lastStep',
      'lastStep>dense',
      'lstm>dropout-1',
    ])
  })

  it('knows which nodes fit a wire', () => {
    const after = { kind: 'after' as const, from: out('data'), carries: 'tokens' as const }
    expect(jointPorts(type('embedding'), after, null)?.input?.name).toBe('in')
    expect(jointPorts(type('lstm'), after, null)).toBeNull()
  })
})

describe('wires', () => {
  it('are laid, and moved to another input', () => {
    const document = chain()
    const model = modelOf(document)
    expect(wires(outcome(document, connectAct(model, out('lstm'), into('dense'))))).toEqual([
      'data>lstm',
      'lstm>dense',
      'lstm>lastStep',
    ])
    expect(wires(outcome(document, moveWireAct(model, 'to-lastStep', into('dense'), 'input')))).toEqual([
      'data>lstm',
      'lstm>dense',
    ])
    expect(moveWireAct(model, 'to-lastStep', into('lastStep'), 'input')).toBeNull()
    // The other end: from another output, to the same input.
    const begins = moveWireAct(model, 'to-lastStep', out('data'), 'output')
    expect(begins?.label).toBe('Move wire to begin at Data set')
    expect(wires(outcome(document, begins))).toEqual(['data>lastStep', 'data>lstm', 'lastStep>dense'])
    expect(moveWireAct(model, 'to-lastStep', out('lstm'), 'output')).toBeNull()
  })

  it('take in a node that was dragged onto them', () => {
    const start = applyEdits(chain(), [
      { kind: 'addNode', model: 'model-1', node: 'free', type: 'dropout', settings: {}, position: { x: 0, y: 0 } },
    ])
    const act = insertExistingAct(
      modelOf(start),
      {},
      'to-lastStep',
      { input: into('free'), output: out('free') },
      { x: 300, y: 0 },
    )
    const end = applyEdits(start, act.edits)
    expect(wires(modelOf(end))).toEqual(['data>lstm', 'free>lastStep', 'lastStep>dense', 'lstm>free'])
    expect(end.layout['model-1']?.nodes.free).toEqual({ x: 300, y: 0 })
  })
})

describe('deleting', () => {
  it('takes nodes with their wires, and single wires', () => {
    const document = chain()
    const model = modelOf(document)
    expect(deleteAct(model, ['lstm'], ['to-lstm'])).toMatchObject({ label: 'Delete LSTM' })
    expect(wires(outcome(document, deleteAct(model, ['lstm'], ['to-lstm'])))).toEqual(['lastStep>dense'])
    expect(deleteAct(model, [], ['to-dense'])?.label).toBe('Delete wire')
    expect(deleteAct(model, [], [])).toBeNull()
    expect(deleteAct(model, ['gone'], ['gone'])).toBeNull()
  })

  it('closes the gap over one node and over several', () => {
    const document = chain()
    const model = modelOf(document)
    const all = () => true
    expect(wires(outcome(document, deleteAndReconnectAct(model, ['lstm'], all)))).toEqual([
      'data>lastStep',
      'lastStep>dense',
    ])
    expect(wires(outcome(document, deleteAndReconnectAct(model, ['lstm', 'lastStep'], all)))).toEqual(['data>dense'])
    expect(
      wires(
        outcome(
          document,
          deleteAndReconnectAct(model, ['lstm'], () => false),
        ),
      ),
    ).toEqual(['lastStep>dense'])
  })
})

describe('the clipboard', () => {
  const positions = { lstm: { x: 200, y: 0 }, lastStep: { x: 400, y: 0 } }

  it('carries nodes as text and back, also out of a letter', () => {
    const text = present(clipText(modelOf(chain()), ['lstm', 'lastStep'], positions), 'text')
    const clip = present(readClip(`Look at this:\n\n${text}\nBye`), 'a clip')
    expect(Object.keys(clip.nodes)).toEqual(['lastStep', 'lstm'])
    expect(clip.wires).toHaveLength(2)
    expect(clipText(modelOf(chain()), [], positions)).toBeNull()
  })

  it('refuses other texts', () => {
    for (const text of ['', 'hello', '{', '{"a": 1}', '{"unroll":"nodes","version":1,"nodes":{},"wires":[]}', '}{']) {
      expect(readClip(text)).toBeNull()
    }
  })

  it('pastes copies with new ids and the wires between them', () => {
    const document = chain()
    const model = modelOf(document)
    const clip = present(readClip(clipText(model, ['lstm', 'lastStep'], positions) ?? ''), 'a clip')
    const place = { kind: 'by' as const, offset: { x: 32, y: 32 } }
    const plain = present(pasteAct(model, clip, { place, keepIncoming: false, verb: 'Paste' }), 'something to paste')
    expect(plain.act.label).toBe('Paste 2 nodes')
    const end = applyEdits(document, plain.act.edits)
    expect(wires(modelOf(end))).toEqual(['data>lstm', 'lastStep>dense', 'lstm-1>lastStep-1', 'lstm>lastStep'])
    expect(end.layout['model-1']?.nodes['lstm-1']).toEqual({ x: 232, y: 32 })
    const kept = pasteAct(model, clip, { place, keepIncoming: true, verb: 'Paste' })
    expect(wires(outcome(document, kept?.act))).toContain('data>lstm-1')
  })

  it('never makes a second data set: wires go to the one that is there', () => {
    const document = chain()
    const model = modelOf(document)
    const clip = present(readClip(clipText(model, ['data', 'lstm'], positions) ?? ''), 'a clip')
    const place = { kind: 'at' as const, position: { x: 0, y: 0 } }
    const made = pasteAct(model, clip, { place, keepIncoming: false, verb: 'Paste' })
    expect(made?.nodes).toEqual(['lstm-1'])
    expect(made?.act.label).toBe('Paste LSTM')
    expect(wires(outcome(document, made?.act))).toContain('data>lstm-1')
    const only = present(readClip(clipText(model, ['data'], positions) ?? ''), 'a clip')
    expect(pasteAct(model, only, { place, keepIncoming: false, verb: 'Paste' })).toBeNull()
  })
})
