import { describe, expect, it } from 'vitest'
import { present } from '../../engine/base/invariant'
import { analyseModel } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import { applyEdits } from '../../engine/document/applyEdit'
import { emptyDocument } from '../../engine/document/create'
import {
  carriedKind,
  downstream,
  endOnCard,
  fittingEnds,
  judge,
  takenKinds,
  type WiringContext,
  wireBetween,
} from './wiring'

const summary: DataSummary = {
  title: 'Text',
  sentence: '1 000 letters',
  input: { kind: 'tokens', vocabulary: 40, unit: 'letter' },
  target: { kind: 'symbol', vocabulary: 40, unit: 'letter' },
  maximumSteps: 20,
  variableLength: false,
  stepWord: 'letter',
  examples: { training: 40, validation: 5, test: 5 },
  fingerprint: 'x',
}

/** data → embedding, and loose: lstm, classify. */
function context(): WiringContext {
  const model = 'model-1'
  const add = (node: string, x: number) => ({
    kind: 'addNode' as const,
    model,
    node,
    type: node,
    settings: {},
    position: { x, y: 0 },
  })
  const document = applyEdits(emptyDocument('Test'), [
    add('embedding', 200),
    add('lstm', 400),
    add('nextSymbol', 600),
    {
      kind: 'connect',
      model,
      wire: 'w',
      from: { node: 'data', port: 'out' },
      to: { node: 'embedding', port: 'in' },
    },
  ])
  return {
    document,
    model: present(document.models[0], 'one model'),
    analysis: analyseModel(document, model, summary),
    summary,
  }
}
const out = (node: string) => ({ node, port: 'out' })
const into = (node: string) => ({ node, port: 'in' })

describe('wiring', () => {
  it('lights up the sockets that fit, seen from an output and from an input', () => {
    expect([...fittingEnds(context(), out('data'), 'output')]).toEqual(['embedding:in'])
    expect([...fittingEnds(context(), out('embedding'), 'output')]).toEqual(['lstm:in'])
    expect([...fittingEnds(context(), into('lstm'), 'input')]).toContain('embedding:out')
    expect([...fittingEnds(context(), into('lstm'), 'input')]).not.toContain('data:out')
  })

  it('says why a wire does not fit and offers what would make it fit', () => {
    const judgement = judge(context(), out('data'), 'output', into('lstm'))
    expect(judgement.ok).toBe(false)
    if (judgement.ok) return
    expect(judgement.message).toContain('LSTM')
    expect(judgement.adapters.map(({ label }) => label)).toContain('Add Embedding')
    // The same from the other end.
    expect(judge(context(), into('lstm'), 'input', out('data'))).toEqual(judgement)
  })

  it('finds the socket of a card that a wire was dropped on', () => {
    const fits = fittingEnds(context(), out('embedding'), 'output')
    expect(endOnCard(context(), out('embedding'), 'output', 'lstm', fits)).toEqual(into('lstm'))
    expect(endOnCard(context(), into('lstm'), 'input', 'nextSymbol', new Set())).toBeNull()
  })

  it('knows what flows and what is taken', () => {
    expect(carriedKind(context(), out('data'))).toBe('tokens')
    expect(carriedKind(context(), out('embedding'))).toBe('sequence')
    expect(takenKinds(context(), into('embedding'))).toEqual(['tokens'])
    expect(downstream(context().model, 'data')).toEqual(['data', 'embedding'])
    expect(wireBetween(context().model, out('data'), into('embedding'))).toBe('w')
    expect(wireBetween(context().model, out('embedding'), into('lstm'))).toBeNull()
  })
})
