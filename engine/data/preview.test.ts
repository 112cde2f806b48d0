import { describe, expect, it } from 'vitest'
import type { DataDefinition } from '../document/dataSchema'
import { prepareData } from './prepare'
import { readTable } from './readTable'
import { tableColumns } from './tableColumns'

const split = { training: 0.5, validation: 0.25 }
const source = { kind: 'file' as const, path: 'x.csv' }

function summaryOf(definition: DataDefinition, text: string | null) {
  const result = prepareData(definition, text === null ? null : new TextEncoder().encode(text))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value.summary
}

const rows = Array.from({ length: 12 }, (_, row) => `2024-01-${row + 1},${row},${row * 10},sun`).join('\n')

describe('description of a table', () => {
  it('tells numbers, dates and text apart, chosen or not', () => {
    const table = readTable(`day,a,b,word\n${rows}`, 'x.csv')
    if (!table.ok) throw new Error('unreadable')
    expect(tableColumns(table.value)).toEqual([
      { name: 'day', kind: 'date' },
      { name: 'a', kind: 'number' },
      { name: 'b', kind: 'number' },
      { name: 'word', kind: 'text' },
    ])
  })

  it('reads decimal commas and minus signs as numbers, empty columns as text', () => {
    const table = readTable('a;b\n1,5;\n\u22122,25;\n', 'x.csv')
    if (!table.ok) throw new Error('unreadable')
    expect(tableColumns(table.value).map((column) => column.kind)).toEqual(['number', 'text'])
  })
})

describe('preview', () => {
  it('shows the first example of a forecast in the units of the file', () => {
    const summary = summaryOf(
      {
        kind: 'forecast',
        source,
        inputs: ['a', 'b'],
        targets: ['b'],
        stepWord: 'day',
        window: 3,
        horizon: 1,
        stride: 1,
        missing: 'previous',
        scaling: 'standard',
        split,
      },
      `day,a,b,word\n${rows}`,
    )
    expect(summary.columns?.map((column) => column.name)).toEqual(['day', 'a', 'b', 'word'])
    const { preview } = summary
    if (preview?.kind !== 'numbers') throw new Error('numbers expected')
    expect(preview.series.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(preview.series[1]?.values.map((value) => Math.round(value) + 0)).toEqual([0, 10, 20])
    expect(preview.answers.map(({ name, value }) => [name, Math.round(value)])).toEqual([['b', 30]])
  })

  it('shows symbols and what comes next', () => {
    const summary = summaryOf(
      { kind: 'nextSymbol', source, unit: 'letter', window: 4, minimumCount: 1, split },
      'abcabcabcabcabcabcabcabc',
    )
    expect(summary.preview).toEqual({ kind: 'symbols', symbols: ['a', 'b', 'c', 'a'], separator: '', answer: 'b' })
    expect(summary.columns).toBeUndefined()
  })

  it('shows a text and its label', () => {
    const text = `a,b\n${Array.from({ length: 8 }, () => 'see the sea,wet').join('\n')}\nsee sand,dry\nsee sand,dry`
    const summary = summaryOf(
      { kind: 'classify', source, text: 'a', label: 'b', unit: 'word', maximumLength: 9, minimumCount: 1, split },
      text,
    )
    const { preview } = summary
    if (preview?.kind !== 'symbols') throw new Error('symbols expected')
    expect([`${preview.symbols.join(preview.separator)}: ${preview.answer}`]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:see the sea: wet|see sand: dry)$/)]),
    )
    expect(summary.columns).toHaveLength(2)
  })

  it('shows an example of a generator', () => {
    const summary = summaryOf({ kind: 'generator', generator: 'adding', length: 6, examples: 20, split }, null)
    const { preview } = summary
    if (preview?.kind !== 'numbers') throw new Error('numbers expected')
    const [values, marks] = preview.series.map((one) => one.values)
    const marked = values?.reduce((sum, value, step) => sum + value * (marks?.[step] ?? 0), 0) ?? 0
    expect(preview.answers[0]?.value).toBeCloseTo(marked, 6)
  })
})
