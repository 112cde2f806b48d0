import { describe, expect, it } from 'vitest'
import type { ClassifyData, NextSymbolData } from '../document/dataSchema'
import { prepareData } from './prepare'
import type { PreparedData } from './prepared'
import { SymbolReader } from './symbols'
import { UNKNOWN_SYMBOL } from './vocabulary'

const bytes = (text: string) => new TextEncoder().encode(text)

function running(changes: Partial<NextSymbolData> = {}): NextSymbolData {
  return {
    kind: 'nextSymbol',
    source: { kind: 'file', path: 'book.txt' },
    unit: 'letter',
    window: 4,
    minimumCount: 1,
    split: { training: 0.5, validation: 0.25 },
    ...changes,
  }
}

function labelled(changes: Partial<ClassifyData> = {}): ClassifyData {
  return {
    kind: 'classify',
    source: { kind: 'file', path: 'mail.csv' },
    text: 'text',
    label: 'label',
    unit: 'word',
    maximumLength: 5,
    minimumCount: 1,
    split: { training: 0.6, validation: 0.2 },
    ...changes,
  }
}

function prepared(...args: Parameters<typeof prepareData>): PreparedData {
  const result = prepareData(...args)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

function spell(data: PreparedData, tokens: Int32Array | null): string {
  return [...(tokens ?? [])].map((token) => data.vocabulary?.[token]).join('')
}

describe('symbols', () => {
  it('takes letters as they are, whole code points', () => {
    const reader = new SymbolReader('letter')
    expect([...reader.read('aA😀a\n')]).toEqual([0, 1, 2, 0, 3])
    expect(reader.symbols).toEqual(['a', 'A', '😀', '\n'])
  })

  it('takes words folded, with apostrophes and hyphens, and marks by themselves', () => {
    const reader = new SymbolReader('word')
    reader.read("The self-made man’s “don't” — 3.5 naïve! the")
    expect(reader.symbols).toEqual(['the', 'self-made', 'man’s', '“', "don't", '”', '—', '3', '.', '5', 'naïve', '!'])
  })

  it('reads more words than it first made room for', () => {
    expect(new SymbolReader('word').read('..........').length).toBe(10)
  })
})

describe('next symbol', () => {
  it('cuts text in order into windows that follow each other, targets one symbol ahead, nothing across a border', () => {
    const data = prepared(running(), bytes('abcdefghijklmnopqrstuvwxyzabcdefghijklmn'))
    expect(data.summary).toMatchObject({
      title: 'Book',
      sentence: '40 letters',
      maximumSteps: 4,
      stepWord: 'letter',
      examples: { training: 4, validation: 2, test: 2 },
    })
    const { training, validation, test } = data.splits
    expect(spell(data, training.tokens)).toBe('abcdefghijklmnop')
    expect(spell(data, training.targetTokens)).toBe('bcdefghijklmnopq')
    // Training has seen a-t; what it has not seen is unknown.
    expect(spell(data, validation.tokens)).toBe(`${UNKNOWN_SYMBOL.repeat(6)}ab`)
    expect(spell(data, test.targetTokens)).toBe('fghijklm')
  })

  it('orders the vocabulary by count, then by code unit, with the unknown symbol first', () => {
    const data = prepared(running({ minimumCount: 2 }), bytes('bbbaaccxbbbaaccybbbaaccxbbbaaccy'))
    expect(data.vocabulary).toEqual([UNKNOWN_SYMBOL, 'b', 'a', 'c'])
    expect(data.summary.input).toEqual({ kind: 'tokens', vocabulary: 4, unit: 'letter' })
  })

  it('knows the loss of guessing by frequency and by the letter before', () => {
    // Training is abababab…: 8 targets a and 8 targets b after smoothing over 3 symbols.
    const data = prepared(running({ window: 1 }), bytes('ab'.repeat(17)))
    expect(data.summary.examples).toEqual({ training: 16, validation: 8, test: 7 })
    const [single, pairs] = data.baselines
    expect(single?.name).toBe('guessing by frequency')
    expect(single?.loss.training).toBeCloseTo(-Math.log(9 / 19), 12)
    expect(single?.metric.training).toBeCloseTo(0.5, 12)
    expect(pairs?.name).toBe('guessing by the letter before')
    expect(pairs?.loss.test).toBeCloseTo(-Math.log(9 / 11), 12)
    expect(pairs?.metric.test).toBeCloseTo(1, 12)
    expect(data.metric).toEqual({ kind: 'accuracy', label: 'right letters', unit: '%' })
  })

  it.each<[string, Partial<NextSymbolData>, string, string]>([
    ['a short text', { window: 30 }, 'abc abc abc', '“book.txt” has 11 letters, and one example takes 31.'],
    [
      'rare symbols only',
      { minimumCount: 50 },
      'abcdefghijklmnopqrstuvwxyz',
      'No symbol occurs 50 times in the training part.',
    ],
    ['a single symbol', {}, 'a'.repeat(100), '“book.txt” has only one symbol that is frequent enough'],
  ])('refuses %s', (_, changes, text, sentence) => {
    const result = prepareData(running(changes), bytes(text))
    expect(result.ok).toBe(false)
    expect(result.problems[0]?.message).toContain(sentence)
  })
})

describe('classify', () => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `"word${i % 4} x, more words than five here",${i < 15 ? 'late' : 'early'}`,
  )
  const csv = bytes(`text,label\n${rows.join('\n')}\n`)

  it('shuffles rows always alike, cuts long texts and pads short ones', () => {
    const data = prepared(labelled(), csv)
    expect(data.summary).toMatchObject({
      sentence: '20 texts, 2 labels',
      target: { kind: 'class', classes: ['early', 'late'] },
      maximumSteps: 5,
      variableLength: false,
      examples: { training: 12, validation: 4, test: 4 },
    })
    expect(prepared(labelled(), csv)).toEqual(data)
    const labels = [...(data.splits.training.targetTokens ?? [])]
    expect(new Set(labels).size).toBe(2)
    const short = prepared(labelled(), bytes('text,label\na b c,x\na,y\na,x\na b,y\na,x\na b c,y\n'))
    expect(short.summary).toMatchObject({ maximumSteps: 3, variableLength: true })
    for (const set of Object.values(short.splits)) {
      set.lengths.forEach((length, row) => {
        expect(length).toBeGreaterThan(0)
        const rest = set.tokens?.slice(row * 3 + length, row * 3 + 3) ?? []
        expect([...rest].every((token) => token === 0)).toBe(true)
      })
    }
  })

  it('knows the loss of the most frequent label', () => {
    const data = prepared(labelled(), csv)
    const training = [...(data.splits.training.targetTokens ?? [])]
    const late = training.filter((label) => label === 1).length / training.length
    const test = [...(data.splits.test.targetTokens ?? [])]
    const lateInTest = test.filter((label) => label === 1).length / test.length
    expect(data.baselines[0]?.name).toBe('always “late”')
    expect(data.baselines[0]?.metric.test).toBeCloseTo(lateInTest, 12)
    expect(data.baselines[0]?.loss.training).toBeCloseTo(-late * Math.log(late) - (1 - late) * Math.log(1 - late), 12)
    expect(data.baselines[0]?.loss.test).toBeCloseTo(
      -lateInTest * Math.log(late) - (1 - lateInTest) * Math.log(1 - late),
      12,
    )
  })

  it('builds the vocabulary from the training part only', () => {
    const some = prepared(
      labelled({ split: { training: 0.3, validation: 0.3 } }),
      bytes(`text,label\n${Array.from({ length: 20 }, (_, i) => `only${i},${i % 2 ? 'x' : 'y'}`).join('\n')}`),
    )
    expect(some.vocabulary).toHaveLength(1 + 6)
    expect(some.splits.test.tokens?.every((token) => token === 0)).toBe(true)
  })

  it('leaves out rows without text or label and says so', () => {
    const result = prepareData(labelled(), bytes('text,label\na,x\n,x\nb,\nc,y\nd,x\ne,y\nf,x\ng,y\n'))
    expect(result.ok && result.value.summary.sentence).toBe('6 texts, 2 labels')
    expect(result.problems.map((problem) => problem.message)).toContain(
      '“mail.csv”: 2 rows without a text or without a label (the first in line 3) are left out.',
    )
  })

  it('warns of a label that training has never seen', () => {
    const many = Array.from({ length: 30 }, (_, i) => `a,${i % 2 ? 'x' : 'y'}`).join('\n')
    const warnings = Array.from({ length: 8 }, (_, place) => {
      const lines = many.split('\n')
      lines.splice(place * 4, 0, 'a,rare')
      const result = prepareData(labelled(), bytes(`text,label\n${lines.join('\n')}`))
      if (!result.ok) throw new Error('refused')
      const rare = [...(result.value.splits.training.targetTokens ?? [])].filter((label) => label === 0).length
      const warned = result.problems.some((problem) => problem.message.includes('too few rows have the label “rare”'))
      expect(warned).toBe(rare === 0)
      expect(Number.isFinite(result.value.baselines[0]?.loss.test)).toBe(true)
      return warned
    })
    expect(warnings).toContain(true)
  })

  it.each([
    [
      'a single label',
      'text,label\na,x\nb,x\n',
      '“mail.csv”: the column “label” has only one label, “x”, so there is nothing to tell apart.',
    ],
    [
      'labels that are texts',
      `text,label\n${Array.from({ length: 30 }, (_, i) => `a,b${i}`).join('\n')}`,
      'has 30 different labels in 30 rows. Choose the column that holds the labels.',
    ],
    ['a missing column', 'sentence,label\na,x\nb,y\n', '“mail.csv” has no column “text”. It has “sentence”, “label”'],
    ['nothing to read', 'text,label\n,x\nb,\n', 'has no row with both a text in “text” and a label in “label”.'],
    ['too few rows', 'text,label\na,x\nb,y\n', '“mail.csv” has 2 texts. Use more'],
  ])('refuses %s', (_, text, sentence) => {
    const result = prepareData(labelled(), bytes(text))
    expect(result.ok).toBe(false)
    expect(result.problems).toHaveLength(1)
    expect(result.problems[0]?.message).toContain(sentence)
  })
})
