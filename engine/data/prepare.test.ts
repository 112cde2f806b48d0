import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InternalError } from '../base/invariant'
import type { DataDefinition, GeneratorData } from '../document/dataSchema'
import { prepareData } from './prepare'
import { SPLITS } from './prepared'

const split = { training: 0.6, validation: 0.2 }
const source = { kind: 'file' as const, path: 'x.csv' }
const adding: GeneratorData = { kind: 'generator', generator: 'adding', length: 20, examples: 2000, split }

const definitions: DataDefinition[] = [
  {
    kind: 'forecast',
    source,
    inputs: ['a', 'b'],
    targets: ['b'],
    stepWord: 'row',
    window: 2,
    horizon: 1,
    stride: 1,
    missing: 'previous',
    scaling: 'standard',
    split,
  },
  {
    kind: 'forecast',
    source,
    inputs: ['column 1'],
    targets: ['column 1'],
    stepWord: '',
    window: 1,
    horizon: 1,
    stride: 2,
    missing: 'skip',
    scaling: 'range',
    split,
  },
  { kind: 'nextSymbol', source, unit: 'letter', window: 3, minimumCount: 1, split },
  { kind: 'nextSymbol', source, unit: 'word', window: 1, minimumCount: 2, split },
  { kind: 'classify', source, text: 'a', label: 'b', unit: 'word', maximumLength: 4, minimumCount: 1, split },
  {
    kind: 'pairs',
    source,
    from: 'a',
    fromUnit: 'letter',
    to: 'b',
    toUnit: 'word',
    maximumFrom: 9,
    maximumTo: 4,
    minimumCount: 1,
    split,
  },
  { kind: 'tag', source, tokens: 'a', tags: 'b', capitals: 'keep', maximumLength: 4, minimumCount: 1, split },
]

describe('hostile bytes', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    ',',
    ';',
    '\t',
    '"',
    '\n',
    '\r\n',
    '1',
    '-2.5',
    '3,5',
    'NA',
    '1e999',
    '\ufeff',
    '\0',
    'é',
    '😀',
    ' ',
    '__proto__',
    'constructor',
  )
  const table = fc.array(piece, { maxLength: 200 }).map((pieces) => new TextEncoder().encode(`a,b\n${pieces.join('')}`))
  const rows = fc
    .array(fc.tuple(fc.double(), fc.oneof(fc.double(), fc.constant(''))), { maxLength: 30 })
    .map((cells) => new TextEncoder().encode(`a,b\n${cells.map((row) => row.join(',')).join('\n')}`))

  it('give finite data or sentences, never a throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...definitions),
        fc.oneof(fc.uint8Array({ maxLength: 300 }), table, rows),
        (definition, bytes) => {
          const result = prepareData(definition, bytes)
          if (!result.ok) {
            expect(result.problems.length).toBeGreaterThan(0)
            for (const problem of result.problems) expect(problem.message).toMatch(/[.!?]$/)
            return
          }
          for (const name of SPLITS) {
            const set = result.value.splits[name]
            expect(set.count).toBeGreaterThan(0)
            expect(set.count).toBe(result.value.summary.examples[name])
            expect(set.numbers?.every(Number.isFinite) ?? true).toBe(true)
            expect(set.targetNumbers?.every(Number.isFinite) ?? true).toBe(true)
            const vocabulary = result.value.vocabulary?.length ?? 0
            expect(set.tokens?.every((token) => token >= 0 && token < vocabulary) ?? true).toBe(true)
            for (const baseline of result.value.baselines)
              expect(Number.isFinite(baseline.loss[name] + baseline.metric[name])).toBe(true)
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('adding problem', () => {
  it('marks one value in each half and asks for their sum', () => {
    const result = prepareData(adding, null)
    if (!result.ok) throw new Error('refused')
    const { training } = result.value.splits
    expect(result.value.summary).toMatchObject({
      title: 'Adding problem',
      sentence: '2\u00a0000 examples × 20 steps',
      examples: { training: 1200, validation: 400, test: 400 },
    })
    for (let example = 0; example < training.count; example++) {
      const marked: number[] = []
      let sum = 0
      for (let step = 0; step < 20; step++) {
        const value = training.numbers?.[(example * 20 + step) * 2] ?? -1
        const marker = training.numbers?.[(example * 20 + step) * 2 + 1]
        expect(value >= 0 && value < 1).toBe(true)
        if (marker === 1) {
          marked.push(step)
          sum += value
        } else expect(marker).toBe(0)
      }
      expect(marked).toHaveLength(2)
      expect((marked[0] ?? 99) < 10 && (marked[1] ?? 0) >= 10).toBe(true)
      expect(training.targetNumbers?.[example]).toBeCloseTo(sum, 6)
    }
  })

  it('has the known losses of always saying 1: squared error 1/6, error 1/3', () => {
    const result = prepareData({ ...adding, examples: 50_000 }, null)
    if (!result.ok) throw new Error('refused')
    const [baseline] = result.value.baselines
    expect(baseline?.name).toBe('always 1')
    expect(baseline?.loss.training).toBeCloseTo(1 / 6, 2)
    expect(baseline?.metric.training).toBeCloseTo(1 / 3, 2)
  })

  it('makes the same examples whatever their number, and odd lengths', () => {
    const few = prepareData({ ...adding, examples: 10, length: 3 }, null)
    const many = prepareData({ ...adding, examples: 100, length: 3 }, null)
    if (!few.ok || !many.ok) throw new Error('refused')
    expect(many.value.splits.training.numbers?.slice(0, 36)).toEqual(few.value.splits.training.numbers)
    expect(few.value.summary.fingerprint).not.toBe(many.value.summary.fingerprint)
  })

  it('refuses more than memory holds, and empty parts', () => {
    expect(prepareData({ ...adding, examples: 1_000_000, length: 10_000 }, null).problems[0]?.message).toContain(
      '80.0 GB of memory',
    )
    expect(prepareData({ ...adding, split: { training: 1, validation: 0 } }, null).ok).toBe(false)
  })
})

describe('prepareData', () => {
  it('takes the absence of the bytes of a file for our own mistake', () => {
    for (const definition of definitions) expect(() => prepareData(definition, null)).toThrow(InternalError)
  })

  it('marks data by a fingerprint that changes with any cell', () => {
    const [definition] = definitions
    if (!definition) throw new Error('no definition')
    const csv = (last: string) =>
      new TextEncoder().encode(`a,b\n${Array.from({ length: 20 }, (_, i) => `${i},${i * i}`).join('\n')}\n20,${last}\n`)
    const print = (bytes: Uint8Array) => {
      const result = prepareData(definition, bytes)
      if (!result.ok) throw new Error('refused')
      return result.value.summary.fingerprint
    }
    expect(print(csv('400'))).toMatch(/^[0-9a-f]{16}$/)
    expect(print(csv('400'))).toBe(print(csv('400')))
    expect(print(csv('400'))).not.toBe(print(csv('400.001')))
  })
})
