import { describe, expect, test } from 'vitest'
import { prepareData } from '../data/prepare'
import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import type { ClassifyData } from '../document/dataSchema'
import { parseDocument } from '../document/parse'
import type { UnrollDocument } from '../document/schema'
import { serializeDocument } from '../document/serialize'
import { chainOf, documentOf, letters, sentences, weather } from '../testing/graphs'
import { analyseModel } from './analyse'
import { compileModel } from './compile'

/** What cannot be trained is said in words before training begins, and the compiler says the same as the window. */
function refusals(document: UnrollDocument, summary: DataSummary): { code: string; message: string }[] {
  const { problems } = analyseModel(document, 'm', summary)
  const sizes = { rows: 1, steps: summary.maximumSteps }
  const compiled = compileModel(document, 'm', summary, { mode: 'train', ...sizes })
  expect(compiled.ok).toBe(problems.every(({ severity }) => severity !== 'error'))
  expect(compiled.problems).toEqual(problems)
  return problems.map(({ code, message }) => ({ code, message }))
}

const forecaster = (middle: Parameters<typeof chainOf>[0]): UnrollDocument =>
  chainOf({
    data: { type: 'dataset' },
    ...middle,
    last: { type: 'lastStep' },
    dense: { type: 'dense' },
    head: { type: 'forecast' },
  })
const batchOf = (document: UnrollDocument, batchSize: number): UnrollDocument => ({
  ...document,
  training: { ...document.training, batchSize },
})

/** Takes the fix of the first problem, which leaves none. */
function mend(document: UnrollDocument, summary: DataSummary): string | undefined {
  const [problem] = analyseModel(document, 'm', summary).problems
  expect(refusals(applyEdits(document, problem?.fix?.edits ?? []), summary)).toEqual([])
  return problem?.fix?.label
}

describe('a model too large for memory', () => {
  test('by its weights', () => {
    const wide = { type: 'dense', settings: { size: 4096 } }
    const stack = { type: 'stack', settings: { times: 64 } }
    const document = documentOf(
      {
        data: { type: 'dataset' },
        first: wide,
        stack,
        inner: { ...wide, name: 'Wide', parent: 'stack' },
        last: { type: 'lastStep' },
        dense: { type: 'dense' },
        head: { type: 'forecast' },
      },
      [
        'data > first',
        'first > stack',
        'stack:enter > inner',
        'inner > stack:leave',
        'stack > last',
        'last > dense',
        'dense > head',
      ],
    )
    expect(refusals(document, weather)).toEqual([
      {
        code: 'model.tooLarge',
        message:
          'Training this model takes at least 8.0 GB of memory, but one run can use 4 GB. Make Wide or what comes before it narrower.',
      },
    ])
    expect(mend(document, weather)).toBe('Set Size of Wide to 2048')
  })

  test('by its batches', () => {
    const document = batchOf(forecaster({ lstm: { type: 'lstm', settings: { hidden: 2048 } } }), 65_536)
    const long = { ...weather, maximumSteps: 1000, examples: { ...weather.examples, training: 100_000 } }
    const [problem] = refusals(document, long)
    expect(problem?.code).toBe('model.tooLarge')
    expect(problem?.message).toMatch(/Make LSTM narrower, or the batch or the sequences shorter\.$/)
    expect(refusals(batchOf(document, 32), long)).toEqual([])
    expect(mend(document, long)).toBe('Set Examples per step to 256')
  })
})

describe('nothing where something must be', () => {
  test('no memory cells', () => {
    expect(refusals(forecaster({ lstm: { type: 'lstm', settings: { hidden: 0 } } }), weather)).toEqual([
      { code: 'setting.invalid', message: 'LSTM: “Memory cells” must be a whole number from 1 to 2048, not 0.' },
    ])
  })

  test('no copies', () => {
    const document = documentOf(
      {
        data: { type: 'dataset' },
        stack: { type: 'stack', settings: { times: 0 } },
        lstm: { type: 'lstm', parent: 'stack' },
        last: { type: 'lastStep' },
        dense: { type: 'dense' },
        head: { type: 'forecast' },
      },
      ['data > stack', 'stack:enter > lstm', 'lstm > stack:leave', 'stack > last', 'last > dense', 'dense > head'],
    )
    expect(refusals(document, weather)).toEqual([
      { code: 'setting.invalid', message: 'Stack: “Copies” must be a whole number from 1 to 64, not 0.' },
    ])
  })

  test.each([
    ['no examples at once', { training: { batchSize: 0 } }, 'batch size (training.batchSize) must be at least 1'],
    ['no time steps', { data: { length: 0 } }, '(data.length) must be at least 2'],
  ])('%s: refused with the file', (_, broken: Record<string, Record<string, unknown>>, sentence) => {
    const raw: Record<string, Record<string, unknown>> = JSON.parse(
      serializeDocument(forecaster({ lstm: { type: 'lstm' } })),
    )
    for (const [part, fields] of Object.entries(broken)) Object.assign(raw[part] ?? {}, fields)
    const parsed = parseDocument(JSON.stringify(raw))
    expect(parsed.ok).toBe(false)
    expect(parsed.problems[0]?.message).toContain(sentence)
  })
})

test('a sequence longer than the table of positions', () => {
  const position = { type: 'positionalEncoding', settings: { kind: 'learned', maximum: 10 } }
  expect(refusals(forecaster({ position }), weather)).toEqual([
    {
      code: 'positions.short',
      message:
        'Positional encoding has marks for 10 steps, but the data have up to 24 days. Set “Longest sequence” to 24, or use waves.',
    },
  ])
})

describe('foretelling the next letter with the whole text in sight', () => {
  const memory = { type: 'lstm', settings: { hidden: 4, statePorts: true } }
  const document = documentOf(
    {
      data: { type: 'dataset' },
      embedding: { type: 'embedding' },
      first: memory,
      second: { ...memory, name: 'Second' },
      dense: { type: 'dense' },
      head: { type: 'nextSymbol' },
    },
    [
      'data > embedding',
      'embedding > first',
      'embedding > second',
      'first:state > second:state',
      'second > dense',
      'dense > head',
    ],
  )

  test('by what another layer remembers at the end', () => {
    expect(refusals(document, letters)).toEqual([
      {
        code: 'state.seesAhead',
        message:
          'What Second begins with sums up the whole text, so the model could read off the next letter instead of learning to foretell it. Delete the wire to its state.',
      },
    ])
    const [problem] = analyseModel(document, 'm', letters).problems
    const mended = applyEdits(document, problem?.fix?.edits ?? [])
    // The first layer now leads nowhere, which is a warning.
    expect(refusals(mended, letters).map(({ code }) => code)).toEqual(['node.unused'])
  })

  test('which is no mistake where a class is to be told', () => {
    const classes = documentOf(
      {
        data: { type: 'dataset' },
        embedding: { type: 'embedding' },
        first: memory,
        second: memory,
        last: { type: 'lastStep' },
        dense: { type: 'dense' },
        head: { type: 'classify' },
      },
      [
        'data > embedding',
        'embedding > first',
        'embedding > second',
        'first:state > second:state',
        'second > last',
        'last > dense',
        'dense > head',
      ],
    )
    expect(refusals(classes, sentences)).toEqual([])
  })
})

describe('labels and texts', () => {
  const definition: ClassifyData = {
    kind: 'classify',
    source: { kind: 'file', path: 'x.csv' },
    text: 'text',
    label: 'label',
    unit: 'word',
    maximumLength: 5,
    minimumCount: 1,
    split: { training: 0.6, validation: 0.2 },
  }
  const prepare = (rows: readonly string[]) =>
    prepareData(definition, new TextEncoder().encode(['text,label', ...rows].join('\n')))

  test('a class that training never sees', () => {
    const rows = Array.from({ length: 40 }, (_, index) => `some words ${index},${index % 2 === 0 ? 'a' : 'b'}`)
    // Rows are shuffled before they are cut into parts: the one with a label of its own falls into training or not by its place.
    const told = Array.from({ length: rows.length }, (_, place) => {
      const { problems } = prepare(rows.map((row, index) => (index === place ? 'rare words,rare' : row)))
      return problems.filter(({ code }) => code === 'data.unseenLabel').map(({ message }) => message)
    })
    expect(told.filter((one) => one.length === 0).length).toBeGreaterThan(15)
    expect(new Set(told.flat())).toEqual(
      new Set([
        '“x.csv”: too few rows have the label “rare”, so none of them fell into the training part and it cannot be learned. Add rows with it, or take it out.',
      ]),
    )
  })

  test('an example of which nothing would be left to see', () => {
    const rows = Array.from({ length: 20 }, (_, index) => `${index === 7 ? '' : `word ${index}`},${'ab'[index % 2]}`)
    const prepared = prepare(rows)
    expect(prepared.problems.map(({ message }) => message)).toContain(
      '“x.csv”: 1 row without a text or without a label (the first in line 9) is left out.',
    )
    // So every example has a step that is not hidden.
    expect(
      prepared.ok && Object.values(prepared.value.splits).every(({ lengths }) => lengths.every((one) => one > 0)),
    ).toBe(true)
  })
})

test('what is sound is not refused', () => {
  const document = chainOf({
    data: { type: 'dataset' },
    embedding: { type: 'embedding' },
    lstm: { type: 'lstm' },
    last: { type: 'lastStep' },
    dense: { type: 'dense' },
    head: { type: 'classify' },
  })
  expect(refusals(document, sentences)).toEqual([])
})
