import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataSummary } from '../../data/prepared'
import { applyEdits } from '../../document/applyEdit'
import { parseDocument } from '../../document/parse'
import type { UnrollDocument } from '../../document/schema'
import { packageRoot } from '../../host/places'
import { chainOf, documentOf, letters, pronunciations, sentences, taggedWords, weather } from '../../testing/graphs'
import { validGraphs } from '../../testing/randomGraph'
import { runPlan } from '../../testing/runPlan'
import { dataOf } from '../../testing/smallSamples'
import { analyseModel } from '../analyse'
import { compileModel } from '../compile'
import { type Counterpart, makeCounterpart, TOLERANCE } from './counterpart'
import { COUNTERPART_KINDS, type CounterpartKind } from './kinds'

const NAMED = { id: 'twin', name: 'Twin' }
const SIZES = { rows: 2, steps: 4 }

/** The document with nothing but the counterpart. */
function alone(document: UnrollDocument, { model, positions }: Counterpart): UnrollDocument {
  return { ...document, models: [model], layout: { [model.id]: { nodes: positions } } }
}

/** Compiles, is as large as it says and as the original, and learns from a batch without running out of numbers. */
function expectSound(document: UnrollDocument, data: DataSummary, original: string, made: Counterpart): void {
  const twin = alone(document, made)
  const analysis = analyseModel(twin, made.model.id, data)
  expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(analysis.parameters).toBe(made.parameters)
  expect(analyseModel(document, original, data).parameters).toBe(made.original)
  expect(Math.abs(made.parameters / made.original - 1)).toBeLessThanOrEqual(TOLERANCE)
  const plan = compileModel(twin, made.model.id, data, { mode: 'train', ...SIZES })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  const { loss, gradients } = runPlan(plan.value, data, { ...SIZES, seed: 3, precision: 'float32', probes: false })
  expect(Number.isFinite(loss)).toBe(true)
  expect(gradients.flat().every(Number.isFinite)).toBe(true)
}

function make(document: UnrollDocument, data: DataSummary, kind: CounterpartKind): Counterpart {
  const made = makeCounterpart(document, 'm', data, kind, NAMED)
  if (!made.ok) throw new Error(made.problems[0]?.message)
  expectSound(document, data, 'm', made.value)
  return made.value
}

function refusal(document: UnrollDocument, data: DataSummary, kind: CounterpartKind): (string | undefined)[] {
  const made = makeCounterpart(document, 'm', data, kind, NAMED)
  expect(made.ok).toBe(false)
  const [problem] = made.problems
  return [problem?.code, problem?.message]
}

/** Types of the nodes, in the order of their cards from left to right; those in a frame behind it. */
function typesOf({ model, positions }: Counterpart): string[] {
  const left = (id: string): number => {
    const { parent } = model.nodes[id] ?? {}
    return (positions[id]?.x ?? 0) + (parent === undefined ? 0 : left(parent) / 1000 + 1)
  }
  const depth = (id: string): number => (model.nodes[id]?.parent === undefined ? 0 : 1)
  return Object.keys(model.nodes)
    .sort((a, b) => depth(a) - depth(b) || left(a) - left(b))
    .map((id) => model.nodes[id]?.type ?? '')
}

function settingsOf({ model }: Counterpart, type: string): Record<string, unknown>[] {
  return Object.values(model.nodes)
    .filter((node) => node.type === type)
    .map(({ settings }) => settings)
}

describe.each(readdirSync(join(packageRoot(), 'samples')).filter((name) => name.endsWith('.unroll')))('%s', (file) => {
  const parsed = parseDocument(readFileSync(join(packageRoot(), 'samples', file), 'utf8'), file)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  const document = parsed.value
  const { summary } = dataOf(document)

  it.each(COUNTERPART_KINDS)('has a counterpart of every model as %s, or says why not', (kind) => {
    for (const { id } of document.models) {
      const made = makeCounterpart(document, id, summary, kind, NAMED)
      if (made.ok) {
        expectSound(document, summary, id, made.value)
        const siblings = (node: string) => made.value.model.nodes[node]?.parent
        const cards = Object.entries(made.value.positions)
        expect(cards.map(([node]) => node).sort()).toEqual(Object.keys(made.value.model.nodes).sort())
        for (const [one, a] of cards) {
          for (const [other, b] of cards) {
            if (one === other || siblings(one) !== siblings(other)) continue
            expect(Math.abs(a.x - b.x) >= 160 || Math.abs(a.y - b.y) >= 56).toBe(true)
          }
        }
      } else {
        const known = ['counterpart.same', ...(summary.target.kind === 'sequence' ? ['counterpart.decoder'] : [])]
        expect(known).toContain(made.problems[0]?.code)
      }
    }
  })
})

describe('a counterpart', () => {
  const text = chainOf({
    data: { type: 'dataset' },
    embedding: { type: 'embedding', settings: { size: 32 } },
    lstm: { type: 'lstm', settings: { hidden: 128, recurrentDropout: 0.2 } },
    dense: { type: 'dense' },
    head: { type: 'nextSymbol' },
  })

  it('as Transformer gets its width, marks of position and two blocks that look back only', () => {
    const made = make(text, letters, 'transformer')
    expect(typesOf(made)).toEqual([
      'dataset',
      'embedding',
      'dense',
      'positionalEncoding',
      'transformerBlock',
      'transformerBlock',
      'dense',
      'nextSymbol',
    ])
    expect(settingsOf(made, 'embedding')).toEqual([{ size: 32 }])
    for (const block of settingsOf(made, 'transformerBlock')) expect(block).toMatchObject({ heads: 4, causal: true })
    expect(made.model).toMatchObject(NAMED)
  })

  it('of another memory keeps everything but the layer, and the options that both have', () => {
    const made = make(text, letters, 'gru')
    expect(typesOf(made)).toEqual(['dataset', 'embedding', 'gru', 'dense', 'nextSymbol'])
    expect(settingsOf(made, 'gru')).toEqual([expect.objectContaining({ recurrentDropout: 0.2 })])
  })

  it('goes there and back again', () => {
    const transformer = make(text, letters, 'transformer')
    const document = alone(text, { ...transformer, model: { ...transformer.model, id: 'm' } })
    const back = make(document, letters, 'lstm')
    expect(typesOf(back)).toEqual(['dataset', 'embedding', 'dense', 'lstm', 'lstm', 'dense', 'nextSymbol'])
  })

  const bothWays = documentOf(
    {
      data: { type: 'dataset' },
      embedding: { type: 'embedding', settings: { size: 24 } },
      layers: { type: 'stack', settings: { times: 2 } },
      ways: { type: 'bidirectional', parent: 'layers' },
      lstm: { type: 'lstm', settings: { hidden: 20 }, parent: 'ways' },
      dense: { type: 'dense' },
      head: { type: 'tagSteps' },
    },
    [
      'data > embedding',
      'embedding > layers',
      'layers:enter > ways',
      'ways:enter > lstm',
      'lstm > ways:leave',
      'ways > layers:leave',
      'layers > dense',
      'dense > head',
    ],
  )

  it('keeps stacks, and sees both ways where the original read both ways', () => {
    const made = make(bothWays, taggedWords, 'transformer')
    expect(typesOf(made)).toContain('stack')
    expect(typesOf(made)).not.toContain('bidirectional')
    expect(settingsOf(made, 'transformerBlock')).toEqual([expect.objectContaining({ causal: false })])
    const [block] = Object.values(made.model.nodes).filter(({ type }) => type === 'transformerBlock')
    expect(block?.parent).toBe('layers')
    const frames = Object.values(make(bothWays, taggedWords, 'rnn').model.nodes).map(({ type, parent }) => [
      type,
      parent,
    ])
    expect(frames).toContainEqual(['rnn', 'ways'])
    expect(frames).toContainEqual(['bidirectional', 'layers'])
  })

  it('of attention that sees both ways reads a tagged text both ways', () => {
    const made = make(
      chainOf({
        data: { type: 'dataset' },
        embedding: { type: 'embedding', settings: { size: 32 } },
        positions: { type: 'positionalEncoding' },
        block: { type: 'transformerBlock', settings: { heads: 4, feedForward: 64 } },
        dense: { type: 'dense' },
        head: { type: 'tagSteps' },
      }),
      taggedWords,
      'gru',
    )
    expect(typesOf(made)).toEqual(['dataset', 'embedding', 'bidirectional', 'dense', 'tagSteps', 'gru'])
  })

  it('gives the old width back where a way past the layer needs it', () => {
    const made = make(
      documentOf(
        {
          data: { type: 'dataset' },
          widen: { type: 'dense', settings: { size: 40 } },
          lstm: { type: 'lstm', settings: { hidden: 40 } },
          sum: { type: 'add' },
          last: { type: 'lastStep' },
          dense: { type: 'dense' },
          head: { type: 'forecast' },
        },
        [
          'data > widen',
          'widen > lstm',
          'widen > sum',
          'lstm > sum:other',
          'sum > last',
          'last > dense',
          'dense > head',
        ],
      ),
      weather,
      'rnn',
    )
    expect(settingsOf(made, 'dense').map(({ size }) => size)).toEqual([40, undefined, 40])
    expect(settingsOf(made, 'rnn')[0]?.hidden).not.toBe(40)
  })

  it('keeps the groups and notes of the canvas, with what came in the place of a layer', () => {
    const marked = applyEdits(text, [
      { kind: 'setGroup', model: 'm', group: 'memory', value: { name: 'Memory', nodes: ['embedding', 'lstm'] } },
      { kind: 'setNote', model: 'm', note: 'why', value: { text: 'Why?', x: 0, y: 0, width: 80, height: 40 } },
    ])
    const made = make(marked, letters, 'gru')
    const { layout } = applyEdits(marked, [
      { kind: 'addModel', model: made.model, positions: made.positions },
      ...made.marks,
    ])
    expect(layout[NAMED.id]?.groups).toEqual({ memory: { name: 'Memory', nodes: ['embedding', 'gru-1'] } })
    expect(layout[NAMED.id]?.notes).toEqual(layout.m?.notes)
  })

  it('of a small model gets a Dense in front where whole cells cannot make up the number', () => {
    const small = chainOf({
      data: { type: 'dataset' },
      lstm: { type: 'lstm', settings: { hidden: 8 } },
      last: { type: 'lastStep' },
      dense: { type: 'dense' },
      head: { type: 'forecast' },
    })
    expect(typesOf(make(small, weather, 'gru'))).toEqual(['dataset', 'dense', 'gru', 'lastStep', 'dense', 'forecast'])
  })

  it('is refused with a sentence where there is none', () => {
    const plain = chainOf({
      data: { type: 'dataset' },
      embedding: { type: 'embedding' },
      average: { type: 'averageOverTime' },
      dense: { type: 'dense' },
      head: { type: 'classify' },
    })
    expect(refusal(plain, sentences, 'gru')).toEqual([
      'counterpart.nothing',
      '“Model” has no layer that goes through the time steps (an LSTM, a GRU, attention …), so there is nothing for a GRU to replace. Add one first.',
    ])
    expect(refusal(text, letters, 'lstm')).toEqual([
      'counterpart.same',
      '“Model” is an LSTM already. Choose another kind, or “Duplicate” for a copy.',
    ])
    expect(refusal(text, sentences, 'gru')[0]).toBe('counterpart.problems')
    const decoder = chainOf({
      data: { type: 'dataset' },
      embedding: { type: 'embedding' },
      gru: { type: 'gru' },
      head: { type: 'decoder' },
    })
    expect(refusal(decoder, pronunciations, 'transformer')[0]).toBe('counterpart.decoder')
    const tiny = chainOf({
      data: { type: 'dataset' },
      rnn: { type: 'rnn', settings: { hidden: 1 } },
      last: { type: 'lastStep' },
      dense: { type: 'dense' },
      head: { type: 'forecast' },
    })
    expect(refusal(tiny, weather, 'lstm')).toEqual([
      'counterpart.outOfReach',
      expect.stringMatching(
        /^The nearest LSTM would have \d+ % more weights than “Model”, too far for a fair comparison\./,
      ),
    ])
    expect(refusal(tiny, weather, 'transformer')[0]).toBe('counterpart.outOfReach')
    const handedOn = documentOf(
      {
        data: { type: 'dataset' },
        first: { type: 'lstm', settings: { hidden: 8, statePorts: true } },
        second: { type: 'lstm', settings: { hidden: 8, statePorts: true } },
        last: { type: 'lastStep' },
        dense: { type: 'dense' },
        head: { type: 'forecast' },
      },
      [
        'data > first',
        'data > second',
        'first:state > second:state',
        'first:memory > second:memory',
        'second > last',
        'last > dense',
        'dense > head',
      ],
    )
    expect(refusal(handedOn, weather, 'gru')[0]).toBe('counterpart.states')
  })

  it('of any model is sound, or there is one sentence why there is none', () => {
    let made = 0
    fc.assert(
      fc.property(validGraphs, fc.constantFrom(...COUNTERPART_KINDS), ({ document, model, summary }, kind) => {
        const result = makeCounterpart(document, model, summary, kind, NAMED)
        if (result.ok) {
          made++
          expectSound(document, summary, model, result.value)
        } else expect(result.problems.map(({ code }) => code)).toEqual([expect.stringMatching(/^counterpart\./)])
      }),
      { numRuns: 80, seed: 20_261 },
    )
    expect(made).toBeGreaterThan(4)
  })
})
