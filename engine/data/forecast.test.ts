import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ForecastData } from '../document/dataSchema'
import { prepareData } from './prepare'
import type { PreparedData } from './prepared'
import { SPLITS } from './prepared'

function definition(changes: Partial<ForecastData> = {}): ForecastData {
  return {
    kind: 'forecast',
    source: { kind: 'file', path: 'log.csv' },
    inputs: ['a', 'b'],
    targets: ['b'],
    stepWord: 'day',
    window: 3,
    horizon: 1,
    stride: 1,
    missing: 'previous',
    scaling: 'standard',
    split: { training: 0.5, validation: 0.25 },
    ...changes,
  }
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** Rows with a = row number and b = ten times that. */
function counting(
  rows: number,
  cell: (row: number, column: 'a' | 'b') => string = (row, column) => String(column === 'a' ? row : row * 10),
): Uint8Array {
  const lines = Array.from({ length: rows }, (_, row) => `x,${cell(row, 'a')},${cell(row, 'b')}`)
  return bytes(`word,a,b\n${lines.join('\n')}\n`)
}

function prepared(...args: [ForecastData, Uint8Array]): PreparedData {
  const result = prepareData(...args)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

function refusal(...args: [ForecastData, Uint8Array]): string {
  const result = prepareData(...args)
  expect(result.ok).toBe(false)
  expect(result.problems).toHaveLength(1)
  return result.problems[0]?.message ?? ''
}

describe('forecast windows', () => {
  it('shows a window of rows and asks for the row that is the horizon away', () => {
    const data = prepared(definition({ scaling: 'none', horizon: 2 }), counting(20))
    // 20 rows: training asks for rows 0-9, validation for 10-14, test for 15-19.
    expect(data.summary).toMatchObject({
      title: 'Log',
      sentence: '20 days × 2 measurements',
      input: { kind: 'numbers', features: ['a', 'b'] },
      target: { kind: 'numbers', names: ['b'] },
      maximumSteps: 3,
      variableLength: false,
      examples: { training: 6, validation: 5, test: 5 },
    })
    const { training, validation } = data.splits
    expect([...(training.numbers ?? [])].slice(0, 6)).toEqual([0, 0, 1, 10, 2, 20])
    expect([...(training.targetNumbers ?? [])]).toEqual([40, 50, 60, 70, 80, 90])
    // The first window of validation reaches back into rows of training, never forwards.
    expect([...(validation.numbers ?? [])].slice(0, 6)).toEqual([6, 60, 7, 70, 8, 80])
    expect(validation.targetNumbers?.[0]).toBe(100)
    expect([...training.lengths]).toEqual([3, 3, 3, 3, 3, 3])
  })

  it('leaves rows between examples as the stride says', () => {
    const data = prepared(definition({ scaling: 'none', stride: 3 }), counting(20))
    expect([...(data.splits.training.targetNumbers ?? [])]).toEqual([30, 60, 90])
  })

  it('never lets a later part reach the training examples or the scaling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('standard' as const, 'range' as const),
        (window, horizon, scaling) => {
          const some = definition({ window, horizon, scaling })
          const plain = prepared(some, counting(24))
          const changed = prepared(
            some,
            counting(24, (row, column) => (row >= 12 ? '-999' : String(column === 'a' ? row : row * 10))),
          )
          expect(changed.splits.training).toEqual(plain.splits.training)
          expect(changed.inputScaling).toEqual(plain.inputScaling)
          expect(changed.targetScaling).toEqual(plain.targetScaling)
          expect(changed.summary.fingerprint).not.toBe(plain.summary.fingerprint)
          // And each part asks exactly for its own rows.
          const targets = SPLITS.flatMap((split) => [...(plain.splits[split].targetNumbers ?? [])])
          const rows = targets.map((value) =>
            Math.round((value * (plain.targetScaling?.scale[0] ?? 1) + (plain.targetScaling?.offset[0] ?? 0)) / 10),
          )
          expect(rows).toEqual(Array.from({ length: 24 - window + 1 - horizon }, (_, i) => i + window - 1 + horizon))
          expect(plain.summary.examples.training).toBe(rows.filter((row) => row < 12).length)
        },
      ),
    )
  })

  it('scales to mean 0 and deviation 1 on the training rows, and back', () => {
    const data = prepared(definition(), counting(20))
    // Rows 0-9: mean 4.5, deviation sqrt(8.25).
    expect(data.inputScaling).toEqual({ offset: [4.5, 45], scale: [Math.sqrt(8.25), Math.sqrt(825)] })
    expect(data.splits.training.targetNumbers?.[0]).toBeCloseTo((30 - 45) / Math.sqrt(825), 6)
    const range = prepared(definition({ scaling: 'range' }), counting(20))
    expect(range.targetScaling).toEqual({ offset: [0], scale: [90] })
  })

  it('keeps a column that never changes', () => {
    const data = prepared(
      definition({ inputs: ['a'], targets: ['a'] }),
      counting(20, () => '7'),
    )
    expect(data.inputScaling).toEqual({ offset: [7], scale: [1] })
    expect(data.splits.test.numbers?.every((value) => value === 0)).toBe(true)
  })

  it('measures the naive forecasts in the unit of the targets', () => {
    const data = prepared(definition(), counting(20))
    expect(data.baselines.map((baseline) => baseline.name)).toEqual(['same as today', 'always the average'])
    const [today, average] = data.baselines
    expect(today?.metric).toEqual({ training: 10, validation: 10, test: 10 })
    expect(today?.loss.test).toBeCloseTo(100 / 825, 12)
    // Rows 15-19 ask for 150 … 190; the average of training is 45.
    expect(average?.metric.test).toBeCloseTo(170 - 45, 12)
    expect(data.metric).toEqual({ kind: 'absoluteError', label: 'mean error', unit: '' })
    expect(prepared(definition({ unit: '°C' }), counting(20)).metric.unit).toBe('°C')
    expect(prepared(definition({ stepWord: 'hour' }), counting(20)).baselines[0]?.name).toBe('same as the last hour')
    const blind = prepared(definition({ inputs: ['a'] }), counting(20))
    expect(blind.baselines.map((baseline) => baseline.name)).toEqual(['always the average'])
  })
})

describe('empty cells', () => {
  const holes = counting(20, (row, column) =>
    row === 0 || (row === 6 && column === 'a') ? (row === 0 ? 'NA' : '') : String(column === 'a' ? row : row * 10),
  )

  it('take the value before them; rows before the first value are left out', () => {
    const result = prepareData(definition({ scaling: 'none' }), holes)
    if (!result.ok) throw new Error('refused')
    expect(result.value.summary.sentence).toBe('19 days × 2 measurements')
    expect([...(result.value.splits.training.numbers ?? [])].slice(12, 24)).toEqual([
      3, 30, 4, 40, 5, 50, 4, 40, 5, 50, 5, 60,
    ])
    expect(result.problems.map((problem) => problem.message)).toEqual([
      '“log.csv” has 3 empty cells in the chosen columns: each takes the value before it; 1 row before the first number of a column is left out.',
    ])
  })

  it('take the examples along that touch them', () => {
    const result = prepareData(definition({ scaling: 'none', missing: 'skip' }), holes)
    if (!result.ok) throw new Error('refused')
    // Windows of rows 1-3 and 2-4 and 3-5; those with row 0 or 6 are gone.
    expect([...(result.value.splits.training.targetNumbers ?? [])]).toEqual([40, 50, 60])
    expect(result.value.splits.training.numbers?.some(Number.isNaN)).toBe(false)
  })
})

describe('mistakes in a table', () => {
  it('names file, line, column and cell of a text among numbers, and what to do', () => {
    const text = counting(20, (row, column) => (column === 'b' && row === 4 ? 'warm' : String(row)))
    const result = prepareData(definition(), text)
    expect(result.problems).toEqual([
      {
        code: 'table.text',
        severity: 'error',
        message:
          '“log.csv”, line 6, column “b”: “warm” is not a number. Correct the cell, empty it, or take the column out of the inputs and targets.',
        place: { kind: 'file', path: 'log.csv', line: 6, column: 'b' },
      },
    ])
    expect(refusal(definition({ inputs: ['word'] }), counting(20))).toContain(
      'line 2, column “word”: “x” is not a number (and 19 more cells of this column).',
    )
  })

  it('refuses infinite and monstrous numbers', () => {
    for (const cell of ['1e999', '9e200']) {
      const text = counting(20, (row, column) => (row === 3 && column === 'a' ? cell : '1'))
      expect(refusal(definition(), text)).toContain(`line 5, column “a”: “${cell}” is too large a number.`)
    }
    for (const cell of ['Infinity', '0x10', '1_000', '1 000', '1.2.3', 'e5']) {
      const text = counting(20, (row, column) => (row === 3 && column === 'a' ? cell : '1'))
      expect(refusal(definition(), text)).toContain(`line 5, column “a”: “${cell}” is not a number.`)
    }
  })

  it('names missing columns and those that are there', () => {
    expect(refusal(definition({ targets: ['temp'] }), counting(20))).toBe(
      '“log.csv” has no column “temp”. It has “word”, “a”, “b”: choose among these in the data settings.',
    )
  })

  it.each<[string, Partial<ForecastData>, Uint8Array, string]>([
    [
      'no input',
      { inputs: [] },
      counting(20),
      'No column is chosen for the model to see. Choose at least one in the data settings.',
    ],
    ['no target', { targets: [] }, counting(20), 'No column is chosen to forecast.'],
    ['an empty file', {}, bytes(''), '“log.csv” is empty.'],
    ['only a header', {}, bytes('word,a,b\n'), '“log.csv” has a header but no rows below it.'],
    [
      'too few rows',
      { window: 30 },
      counting(20),
      'The training and the validation and the test parts have no example. “log.csv” has 20 rows, and one example takes 31.',
    ],
    [
      'an empty part',
      { split: { training: 1, validation: 0 } },
      counting(20),
      'The validation and the test parts have no example.',
    ],
    [
      'an empty column',
      {},
      counting(20, (row, column) => (column === 'b' ? '' : String(row))),
      '“log.csv”: the column “b” has no number in it.',
    ],
    ['more than memory', { window: 10_000 }, counting(60_000), 'of memory as examples. Take a shorter window'],
  ])('refuses %s', (_, changes, text, sentence) => {
    expect(refusal(definition(changes), text)).toContain(sentence)
  })
})

describe('ways to write numbers', () => {
  it('reads decimal commas, signs and exponents', () => {
    const lines = Array.from({ length: 20 }, (_, row) => `${row},5;${row === 7 ? '\u22121,5e1' : `+${row}`}`)
    const data = prepared(definition({ scaling: 'none' }), bytes(`a;b\n${lines.join('\n')}`))
    expect(data.splits.training.numbers?.[0]).toBe(0.5)
    expect(data.splits.training.targetNumbers?.[4]).toBe(-15)
  })
})
