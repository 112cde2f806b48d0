import { describe, expect, it } from 'vitest'
import { emptyDocument, freshId, freshModelId, freshNodeId, freshWireId } from './create'
import { idSchema } from './ids'
import { parseDocument } from './parse'
import { serializeDocument } from './serialize'

describe('emptyDocument', () => {
  it('is a document that opens again without a complaint', () => {
    const document = emptyDocument('Untitled')
    expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document, problems: [] })
  })
})

describe('fresh ids', () => {
  it('count on from what is there', () => {
    const document = emptyDocument('x')
    const [model] = document.models
    if (!model) throw new Error('no model')
    expect(freshModelId(document)).toBe('model-2')
    expect(freshNodeId(model, 'lstm')).toBe('lstm-1')
    expect(freshNodeId(model, 'lstm', ['lstm-1', 'lstm-2'])).toBe('lstm-3')
    expect(freshWireId(model)).toBe('wire-1')
    expect(freshId('a', new Set(['a-1', 'a-3']))).toBe('a-2')
  })

  it('are valid whatever the type is called', () => {
    for (const prefix of ['', 'µ ∂', 'x'.repeat(80), '__proto__', 'constructor']) {
      expect(idSchema.safeParse(freshId(prefix, new Set())).success).toBe(true)
    }
  })
})
