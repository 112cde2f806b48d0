import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import type { Diagnostic } from '../document/diagnostic'
import { documentSchema, type UnrollDocument } from '../document/schema'
import { brokenGraphs } from '../testing/brokenGraph'
import { documentOf, letters, sentences, taggedWords, weather } from '../testing/graphs'
import { analyseModel } from './analyse'
import { canConnect } from './canConnect'

function judge(document: UnrollDocument, from: string, to: string, data: DataSummary | null) {
  const [fromNode = '', fromPort = 'out'] = from.split(':')
  const [toNode = '', toPort = 'in'] = to.split(':')
  const analysis = analyseModel(document, 'm', data)
  return canConnect(document, 'm', { node: fromNode, port: fromPort }, { node: toNode, port: toPort }, analysis)
}

const nodes = {
  data: { type: 'dataset' },
  embedding: { type: 'embedding' },
  lstm: { type: 'lstm' },
  last: { type: 'lastStep' },
  dense: { type: 'dense', settings: { size: null } },
  sized: { type: 'dense', name: 'Wide', settings: { size: 9 } },
  next: { type: 'nextSymbol' },
  classify: { type: 'classify' },
  odd: { type: 'wormhole' },
}

describe('a wire that fits', () => {
  const document = documentOf(nodes, ['data > embedding', 'embedding > lstm'])

  test('is allowed', () => {
    expect(judge(document, 'lstm', 'last', letters)).toEqual({ ok: true })
    expect(judge(document, 'lstm', 'dense', letters)).toEqual({ ok: true })
  })

  test('may replace the wire that is there', () => {
    expect(judge(document, 'embedding', 'lstm', letters)).toEqual({ ok: true })
  })

  test('is allowed while the data are not read, if the kinds can agree', () => {
    expect(judge(document, 'data', 'lstm', null)).toEqual({ ok: true })
    expect(judge(document, 'lstm', 'classify', null)).toMatchObject({ ok: false })
  })

  test('is allowed from a Dense that waits for its size, but not against the kind that flows through it', () => {
    const waiting = documentOf(nodes, ['data > embedding', 'embedding > lstm', 'lstm > dense'])
    expect(judge(waiting, 'dense', 'next', letters)).toEqual({ ok: true })
    expect(judge(waiting, 'dense', 'classify', sentences)).toMatchObject({
      ok: false,
      message: 'Classify needs one vector per example, but Dense gives a sequence.',
    })
  })
})

describe('a wire that is refused', () => {
  const document = documentOf(nodes, ['data > embedding', 'embedding > lstm', 'lstm > sized'])

  test.each([
    ['lstm', 'lstm', 'LSTM cannot be its own input.'],
    ['lstm', 'embedding', 'Embedding already leads to LSTM: this wire would close a circle.'],
    ['data', 'last', 'Last step needs a sequence, but Data set gives plain words.'],
    ['lstm', 'classify', 'Classify needs one vector per example, but LSTM gives a sequence of up to 40 words.'],
    ['lstm', 'odd', 'This version of Unroll does not know one of these nodes, so it cannot say what fits it.'],
    ['lstm:side', 'last', 'LSTM has no such output.'],
    ['lstm', 'last:side', 'Last step has no such input.'],
  ])('%s to %s says why', (from, to, message) => {
    expect(judge(document, from, to, sentences)).toMatchObject({ ok: false, message })
  })

  test('offers adapters, the best first, each making the whole connection', () => {
    const judgement = judge(document, 'lstm', 'classify', sentences)
    if (judgement.ok) throw new Error('should be refused')
    expect(judgement.adapters.map(({ label }) => label)).toEqual([
      'Add Last step and Dense',
      'Add Average over time and Dense',
    ])
    for (const act of judgement.adapters) {
      const after = applyEdits(document, act.edits)
      const wires = Object.values(after.models[0]?.wires ?? {})
      expect(wires.filter(({ to }) => to.node === 'classify')).toHaveLength(1)
      expect(analyseModel(after, 'm', sentences).nodes.classify?.inputs).toEqual({
        in: { kind: 'vector', features: 3 },
      })
    }
  })

  test('offers the size of a Dense to give way, while nobody else reads it', () => {
    const judgement = judge(document, 'sized', 'next', letters)
    if (judgement.ok) throw new Error('should be refused')
    expect(judgement.adapters.map(({ label }) => label)).toEqual(['Set Size of Wide to automatic', 'Add Dense'])
    const first = applyEdits(document, present(judgement.adapters[0], 'an adapter').edits)
    expect(analyseModel(first, 'm', letters).nodes.next?.inputs).toEqual({ in: { kind: 'sequence', features: 65 } })

    const read = documentOf(nodes, ['data > embedding', 'embedding > sized', 'sized > last'])
    const other = judge(read, 'sized', 'next', letters)
    expect(other.ok ? [] : other.adapters.map(({ label }) => label)).toEqual(['Add Dense'])
  })

  test('offers every step, or the same at each step, where one vector is too little', () => {
    const more = { ...nodes, second: { type: 'lstm', name: 'Second' }, tag: { type: 'tagSteps' } }
    const wires = ['data > embedding', 'embedding > lstm', 'lstm > last']
    const offers = (to: string, data: DataSummary): { label: string; problems: string[] }[] => {
      const chained = documentOf(more, wires)
      const judgement = judge(chained, 'last', to, data)
      if (judgement.ok) throw new Error('should be refused')
      return judgement.adapters.map(({ label, edits }) => {
        const { problems } = analyseModel(applyEdits(chained, edits), 'm', data)
        return {
          label,
          problems: problems.filter(({ place }) => 'node' in place && place.node === to).map(({ code }) => code),
        }
      })
    }
    expect(offers('second', sentences).map(({ label }) => label)).toEqual([
      'Take every step of LSTM',
      'Add Repeat for each step',
    ])
    expect(offers('second', sentences).every(({ problems }) => !problems.includes('shape.kind'))).toBe(true)
    expect(offers('tag', taggedWords).map(({ label }) => label)).toEqual([
      'Take every step of LSTM, add Dense',
      'Add Repeat for each step and Dense',
    ])
    // One vector is what it wants, only of another width.
    expect(offers('classify', sentences).map(({ label }) => label)).toEqual(['Add Dense'])
    // The whole text at every letter would give the next one away.
    expect(offers('second', letters).map(({ label }) => label)).toEqual(['Take every step of LSTM'])
  })

  test('puts cards between those of the two ends, below where there is no room', () => {
    const judgement = judge(document, 'lstm', 'classify', sentences)
    const act = judgement.ok ? undefined : judgement.adapters[0]
    const placed = act?.edits.flatMap((edit) => (edit.kind === 'addNode' ? [edit.position] : []))
    expect(placed).toEqual([
      { x: 792, y: 128 },
      { x: 1152, y: 128 },
    ])
    const near = judge(documentOf(nodes, []), 'data', 'lstm', weather)
    expect(near.ok).toBe(true)
  })
})

test('whatever the graph, it answers, and what it offers can be taken', () => {
  fc.assert(
    fc.property(brokenGraphs, fc.nat(999), fc.nat(999), ({ document, model, summary }, a, b) => {
      const analysis = analyseModel(document, model, summary)
      const ids = Object.keys(document.models[0]?.nodes ?? {})
      const [from, to] = [ids[a % Math.max(1, ids.length)] ?? 'x', ids[b % Math.max(1, ids.length)] ?? 'y']
      const judgement = canConnect(document, model, { node: from, port: 'out' }, { node: to, port: 'in' }, analysis)
      for (const { edits } of judgement.ok ? [] : judgement.adapters) {
        const after = applyEdits(document, edits)
        expect(documentSchema.safeParse(after).success).toBe(true)
        // Fewer where the act replaced a wire of a circle, never more.
        const circles = (problems: readonly Diagnostic[]) =>
          problems.filter(({ code }) => code === 'graph.cycle').length
        expect(circles(analyseModel(after, model, summary).problems)).toBeLessThanOrEqual(circles(analysis.problems))
      }
    }),
    { numRuns: 200 },
  )
})
