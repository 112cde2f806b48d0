import { describe, expect, test } from 'vitest'
import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import type { Diagnostic } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { chainOf, documentOf, letters, sentences, weather } from '../testing/graphs'
import { analyseModel } from './analyse'
import { compileModel } from './compile'

function problemsOf(document: UnrollDocument, data: DataSummary | null): Diagnostic[] {
  return analyseModel(document, 'm', data).problems
}

function only(document: UnrollDocument, data: DataSummary): Diagnostic {
  const problems = problemsOf(document, data)
  expect(problems.map(({ message }) => message)).toHaveLength(1)
  return present(problems[0], 'one problem')
}

/** The node types in the order of the graph after taking the fix, which must leave nothing to complain of. */
function mended(document: UnrollDocument, problem: Diagnostic, data: DataSummary): UnrollDocument {
  const after = applyEdits(document, present(problem.fix, 'a fix').edits)
  expect(problemsOf(after, data)).toEqual([])
  expect(compileModel(after, 'm', data, { mode: 'train', rows: 2, steps: 3 }).ok).toBe(true)
  return after
}

function typesOf(document: UnrollDocument): string[] {
  return Object.values(document.models[0]?.nodes ?? {}).map(({ type }) => type)
}

const data = { type: 'dataset' }
const dense = { type: 'dense', settings: { size: null } }

describe('shapes that do not fit', () => {
  test('a sequence where one vector is needed: Last step goes between', () => {
    const document = chainOf({ data, lstm: { type: 'lstm' }, dense, classify: { type: 'forecast' } })
    const problem = only(document, weather)
    expect(problem).toMatchObject({
      code: 'shape.kind',
      severity: 'error',
      message:
        'Forecast needs one vector per example, but Dense gives a sequence of 24 days. Add Last step between them.',
      place: { kind: 'port', model: 'm', node: 'classify', port: 'in', side: 'input' },
      fix: { label: 'Add Last step' },
    })
    expect(typesOf(mended(document, problem, weather))).toContain('lastStep')
  })

  test('variable lengths are said as such', () => {
    const document = chainOf({
      data,
      embedding: { type: 'embedding' },
      gru: { type: 'gru' },
      classify: { type: 'classify' },
    })
    const problem = only(document, sentences)
    expect(problem.message).toBe(
      'Classify needs one vector per example, but GRU gives a sequence of up to 40 words. Add Last step and Dense between them.',
    )
    mended(document, problem, sentences)
  })

  test('plain letters into a layer that calculates: Embedding goes between', () => {
    const document = chainOf({ data, lstm: { type: 'lstm' }, dense, next: { type: 'nextSymbol' } })
    const problem = only(document, letters)
    expect(problem.message).toBe('LSTM needs a sequence, but Data set gives plain letters. Add Embedding between them.')
    mended(document, problem, letters)
  })

  test('plain words into an output: what blends all steps comes before what keeps one', () => {
    const document = chainOf({ data, classify: { type: 'classify' } })
    const problem = only(document, sentences)
    expect(problem.fix?.label).toBe('Add Embedding, Average over time and Dense')
    mended(document, problem, sentences)
  })

  test('a vector where a sequence is needed has no adapter, but advice', () => {
    const document = chainOf({
      data,
      last: { type: 'lastStep', name: 'The end' },
      lstm: { type: 'lstm' },
      again: { type: 'lastStep' },
      dense,
      forecast: { type: 'forecast' },
    })
    expect(only(document, weather)).toMatchObject({
      message: 'LSTM needs a sequence, but The end gives one vector per example. Connect another node to LSTM.',
    })
  })

  test('the wrong width behind a memory: Dense goes between', () => {
    const document = chainOf({
      data,
      lstm: { type: 'lstm' },
      last: { type: 'lastStep' },
      forecast: { type: 'forecast' },
    })
    const problem = only(document, weather)
    expect(problem).toMatchObject({
      code: 'shape.features',
      message: 'Forecast needs 1 number (temp_max), but Last step gives 64. Add Dense between them.',
    })
    mended(document, problem, weather)
  })

  test('the wrong width of a Dense: its size gives way', () => {
    const nodes = { data, embedding: { type: 'embedding' }, dense: { type: 'dense', settings: { size: 10 } } }
    const document = chainOf({ ...nodes, next: { type: 'nextSymbol' } })
    const problem = only(document, letters)
    expect(problem.message).toBe(
      'Next symbol needs 65 numbers at each step (a score per letter), but Dense gives 10. Set Size of Dense to automatic.',
    )
    const after = mended(document, problem, letters)
    expect(after.models[0]?.nodes.dense?.settings.size).toBeNull()
  })

  test('one mistake gives one sentence: what hangs on it stays silent', () => {
    const nodes = { data, gru: { type: 'gru' }, lstm: { type: 'lstm' }, last: { type: 'lastStep' }, dense }
    const document = chainOf({ ...nodes, classify: { type: 'classify' } })
    expect(only(document, sentences).place).toMatchObject({ node: 'gru' })
  })
})

describe('automatic sizes', () => {
  test('pass backwards through nodes that keep the width', () => {
    const document = chainOf({
      data,
      lstm: { type: 'lstm' },
      dense,
      dropout: { type: 'dropout' },
      last: { type: 'lastStep' },
      forecast: { type: 'forecast' },
    })
    const { problems, nodes } = analyseModel(document, 'm', weather)
    expect(problems).toEqual([])
    expect(nodes.dense?.outputs).toEqual({ out: { kind: 'sequence', features: 1 } })
  })

  test('need somebody who wants a width', () => {
    const document = chainOf({
      data,
      dense,
      lstm: { type: 'lstm' },
      last: { type: 'lastStep' },
      end: dense,
      forecast: { type: 'forecast' },
    })
    const problem = only(document, weather)
    expect(problem).toMatchObject({
      code: 'setting.automatic',
      place: { kind: 'node', node: 'dense', setting: 'size' },
      fix: { label: 'Set Size to 64' },
    })
    mended(document, problem, weather)
  })

  test('follow the first of two that disagree, and the other one is told', () => {
    const document = documentOf(
      {
        data,
        last: { type: 'lastStep' },
        dense,
        forecast: { type: 'forecast' },
        memory: { type: 'dense', settings: { size: 3 } },
        second: { type: 'forecast', name: 'Second' },
      },
      ['data > last', 'last > dense', 'dense > forecast', 'last > memory', 'memory > second'],
    )
    expect(only(document, weather).message).toContain('Second needs 1 number')
  })
})

describe('what is missing', () => {
  test('an empty model needs data and an output', () => {
    const problems = problemsOf(documentOf({}, []), weather)
    expect(problems.map(({ code }) => code)).toEqual(['model.noData', 'model.noOutput'])
  })

  test('the data set is added and connected to the one input that waits', () => {
    const document = chainOf({
      lstm: { type: 'lstm' },
      last: { type: 'lastStep' },
      dense,
      forecast: { type: 'forecast' },
    })
    const problems = problemsOf(document, weather)
    expect(problems.map(({ code }) => code)).toEqual(['model.noData', 'input.missing'])
    const after = mended(document, present(problems[0], 'a problem'), weather)
    expect(after.layout.m?.nodes['dataset-1']).toEqual({ x: -216, y: 128 })
  })

  test('two data sets: the one that nobody reads goes', () => {
    const nodes = { ...data, settings: {} }
    const document = documentOf(
      { a: nodes, b: nodes, lstm: { type: 'lstm' }, last: { type: 'lastStep' }, dense, forecast: { type: 'forecast' } },
      ['b > lstm', 'lstm > last', 'last > dense', 'dense > forecast'],
    )
    const problem = only(document, weather)
    expect(problem).toMatchObject({ code: 'model.twoData', place: { kind: 'node', node: 'a' } })
    mended(document, problem, weather)
  })

  test('the output that suits the data is added at the end, with what leads to it', () => {
    const document = chainOf({ data, embedding: { type: 'embedding' }, lstm: { type: 'lstm' } })
    const problem = only(document, sentences)
    expect(problem).toMatchObject({
      code: 'model.noOutput',
      message: 'The model has no output, so nothing says what it should learn. Add Classify at its end.',
      place: { kind: 'model', model: 'm' },
    })
    expect(
      typesOf(mended(document, problem, sentences))
        .slice(3)
        .sort(),
    ).toEqual(['classify', 'dense', 'lastStep'])
  })

  test('a Dense that waits for its size takes the new output without another', () => {
    const document = chainOf({ data, embedding: { type: 'embedding' }, lstm: { type: 'lstm' }, dense })
    const problem = only(document, letters)
    expect(typesOf(mended(document, problem, letters)).slice(4)).toEqual(['nextSymbol'])
  })

  test('an unwired input is connected to the only loose end that fits', () => {
    const document = documentOf(
      { data, lstm: { type: 'lstm' }, last: { type: 'lastStep' }, dense, forecast: { type: 'forecast' } },
      ['data > lstm', 'last > dense', 'dense > forecast'],
    )
    const problems = problemsOf(document, weather)
    expect(problems).toMatchObject([
      {
        code: 'input.missing',
        message: 'Nothing is connected to Last step. Connect a sequence to it.',
        fix: { label: 'Connect LSTM to Last step' },
      },
      { code: 'node.unused', severity: 'warning' },
    ])
    mended(document, present(problems[0], 'a problem'), weather)
  })

  test('weights: a model in which nothing can learn is refused', () => {
    const small: DataSummary = { ...weather, input: { kind: 'numbers', features: ['temp_max'] } }
    const document = chainOf({ data, last: { type: 'lastStep' }, forecast: { type: 'forecast' } })
    const problem = only(document, small)
    expect(problem).toMatchObject({ code: 'model.nothingToLearn', fix: { label: 'Add Dense before Forecast' } })
    mended(document, problem, small)
    expect(compileModel(document, 'm', small, { mode: 'train', rows: 1, steps: 1 }).ok).toBe(false)
  })
})

describe('an output that does not suit the data', () => {
  test('is replaced by the one that does', () => {
    const document = chainOf({
      data,
      embedding: { type: 'embedding' },
      lstm: { type: 'lstm' },
      last: { type: 'lastStep' },
      dense,
      end: { type: 'classify' },
    })
    const problems = problemsOf(document, letters)
    expect(problems[0]).toMatchObject({
      code: 'output.target',
      message:
        'Classify needs a class for each example, but Moby Dick has a next letter or word at every step. Use Next symbol instead.',
      fix: { label: 'Replace Classify by Next symbol' },
    })
  })

  test('keeps its place and its wire', () => {
    const document = chainOf({
      data,
      last: { type: 'lastStep' },
      dense: { type: 'dense', settings: { size: 3 } },
      end: { type: 'classify' },
    })
    const problem = only(document, weather)
    const after = mended(document, problem, weather)
    expect(after.layout.m?.nodes['forecast-1']).toEqual(document.layout.m?.nodes.end)
  })
})

describe('what a hand-broken file may hold', () => {
  test('an unknown node type refuses training and is kept', () => {
    const document = chainOf({
      data,
      odd: { type: 'wormhole', settings: { depth: 3 } },
      dense,
      forecast: { type: 'forecast' },
    })
    const analysis = analyseModel(document, 'm', weather)
    expect(analysis.problems.map(({ code }) => code)).toEqual(['node.unknownType'])
    expect(analysis.nodes.odd).toMatchObject({ title: 'wormhole', description: 'unknown node type “wormhole”' })
    expect(compileModel(document, 'm', weather, { mode: 'train', rows: 1, steps: 1 }).ok).toBe(false)
  })

  test('wires to nowhere, to ports that are not there, and two into one input', () => {
    const document = documentOf({ data, last: { type: 'lastStep' }, dense, forecast: { type: 'forecast' } }, [
      'data > last',
      'last > dense',
      'dense > forecast',
      'data > nobody',
      'data:up > dense',
      'last > dense:down',
      'last > forecast',
    ])
    const codes = problemsOf(document, weather).map(({ code }) => code)
    expect(codes).toEqual(['wire.dangling', 'wire.port', 'wire.port', 'wire.duplicate'])
  })

  test('a circle is reported once, and the rest keeps its shapes', () => {
    const document = documentOf(
      {
        data,
        a: { type: 'lstm' },
        b: { type: 'gru' },
        last: { type: 'lastStep' },
        dense,
        forecast: { type: 'forecast' },
      },
      ['a > b', 'b > a', 'data > last', 'last > dense', 'dense > forecast'],
    )
    const { problems, nodes } = analyseModel(document, 'm', weather)
    expect(problems.map(({ code }) => code)).toEqual(['graph.cycle'])
    expect(nodes.dense?.outputs).toEqual({ out: { kind: 'vector', features: 1 } })
  })

  test('settings of a wrong kind are named as the form names them', () => {
    const document = chainOf({
      data,
      lstm: { type: 'lstm', name: 'Memory', settings: { hidden: 'many' } },
      last: { type: 'lastStep' },
      dense,
      forecast: { type: 'forecast' },
    })
    const problem = only(document, weather)
    expect(problem).toMatchObject({
      code: 'setting.invalid',
      message: 'Memory: “Memory cells” must be a whole number from 1 to 2048, not “many”.',
      place: { kind: 'node', node: 'lstm', setting: 'hidden' },
    })
    mended(document, problem, weather)
  })

  test('a model that is not there', () => {
    const document = documentOf({ data }, [])
    expect(analyseModel(document, 'other', weather).problems).toMatchObject([{ code: 'model.unknown' }])
    expect(compileModel(document, 'other', weather, { mode: 'train', rows: 1, steps: 1 })).toMatchObject({
      ok: false,
      problems: [{ message: 'There is no model “other” in this document. It has: m.' }],
    })
  })

  test('a frame that cannot hold nodes is a warning', () => {
    const document = chainOf({
      data,
      last: { type: 'lastStep', parent: 'gone' },
      dense,
      forecast: { type: 'forecast' },
    })
    expect(only(document, weather)).toMatchObject({ code: 'node.frame', severity: 'warning' })
  })
})

describe('before the data are read', () => {
  test('nothing is said of shapes, but structure is checked', () => {
    const document = documentOf({ data, lstm: { type: 'lstm' }, end: { type: 'classify' } }, ['data > end'])
    const { problems, nodes } = analyseModel(document, 'm', null)
    expect(problems.map(({ code }) => code)).toEqual(['node.unused'])
    expect(nodes.data).toMatchObject({ title: 'Data set', description: 'no data read yet', outputs: {} })
  })
})
