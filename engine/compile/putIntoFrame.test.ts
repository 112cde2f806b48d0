import { describe, expect, test } from 'vitest'
import { applyEdits } from '../document/applyEdit'
import type { UnrollDocument } from '../document/schema'
import { documentOf, sentences } from '../testing/graphs'
import { analyseModel } from './analyse'
import { dissolveFrame } from './dissolveFrame'
import { putIntoFrame } from './putIntoFrame'

const chain = documentOf(
  {
    data: { type: 'dataset' },
    embedding: { type: 'embedding', settings: { size: 6 } },
    lstm: { type: 'lstm', settings: { hidden: 5 } },
    gru: { type: 'gru', settings: { hidden: 4 } },
    last: { type: 'lastStep' },
    dense: { type: 'dense' },
    head: { type: 'classify' },
    frame: { type: 'bidirectional' },
  },
  ['data > embedding', 'embedding > lstm', 'lstm > gru', 'gru > last', 'last > dense', 'dense > head'],
)

function modelOf(document: UnrollDocument) {
  const [model] = document.models
  if (!model) throw new Error('a document has a model')
  return model
}

function wiresOf(document: UnrollDocument): string[] {
  const end = ({ node, port }: { node: string; port: string }) => `${node}:${port}`
  return Object.values(modelOf(document).wires)
    .map(({ from, to }) => `${end(from)} > ${end(to)}`)
    .sort()
}

function put(document: UnrollDocument, nodes: string[], frame: string | null) {
  const move = putIntoFrame(document, modelOf(document), nodes, frame, { [nodes[0] ?? '']: { x: 88, y: 56 } })
  return { ...move, document: applyEdits(document, move.edits) }
}

describe('nodes that move into a frame', () => {
  test('take their place in the chain along', () => {
    const { document, lost } = put(chain, ['lstm'], 'frame')
    expect(lost).toEqual([])
    expect(analyseModel(document, 'm', sentences).problems).toEqual([])
    expect(wiresOf(document)).toEqual([
      'data:out > embedding:in',
      'dense:out > head:in',
      'embedding:out > frame:in',
      'frame:enter > lstm:in',
      'frame:out > gru:in',
      'gru:out > last:in',
      'last:out > dense:in',
      'lstm:out > frame:leave',
    ])
    expect(document.layout.m?.nodes.lstm).toEqual({ x: 88, y: 56 })
  })

  test('stay wired among each other', () => {
    const { document, lost } = put(chain, ['lstm', 'gru'], 'frame')
    expect(lost).toEqual([])
    expect(analyseModel(document, 'm', sentences).problems).toEqual([])
    expect(wiresOf(document)).toContain('lstm:out > gru:in')
  })

  test('lose a wire for which the way out is taken', () => {
    const once = put(chain, ['lstm'], 'frame').document
    const { document, lost } = put(once, ['gru'], 'frame')
    // The GRU read what left the frame that now holds it: that would be a circle.
    expect(lost.length).toBeGreaterThan(0)
    expect(wiresOf(document)).toContain('frame:enter > lstm:in')
    expect(analyseModel(document, 'm', sentences).problems.map(({ code }) => code)).not.toContain('wire.wall')
  })
})

describe('nodes that leave a frame', () => {
  test('all at once, with the frame taken away: as before', () => {
    const inside = put(chain, ['lstm', 'gru'], 'frame').document
    const without = applyEdits(inside, dissolveFrame(inside, modelOf(inside), 'frame'))
    expect(wiresOf(without)).toEqual(wiresOf(chain))
    expect(Object.keys(modelOf(without).nodes)).not.toContain('frame')
  })

  test('one of them reads what the frame read', () => {
    const inside = put(chain, ['lstm'], 'frame').document
    const { document } = put(inside, ['lstm'], null)
    expect(wiresOf(document)).toContain('embedding:out > lstm:in')
    expect(modelOf(document).nodes.lstm?.parent).toBeUndefined()
  })
})
