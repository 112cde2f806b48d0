import { describe, expect, test } from 'vitest'
import { applyEdits } from '../document/applyEdit'
import type { UnrollDocument } from '../document/schema'
import { documentOf, letters, sentences } from '../testing/graphs'
import { analyseModel } from './analyse'
import { canConnect } from './canConnect'
import { compileModel } from './compile'
import type { Plan } from './plan'

type Nodes = Parameters<typeof documentOf>[0]

const before: Nodes = { data: { type: 'dataset' }, embedding: { type: 'embedding', settings: { size: 6 } } }
const after: Nodes = { last: { type: 'lastStep' }, dense: { type: 'dense' }, head: { type: 'classify' } }
const outside = ['data > embedding', 'embedding > frame', 'frame > last', 'last > dense', 'dense > head']

/** Words in, a class out, and between them one frame with what the test puts into it. */
function framed(frame: Nodes[string], content: Nodes, wires: readonly string[]): UnrollDocument {
  return documentOf({ ...before, frame, ...content, ...after }, [...outside, ...wires])
}

const lstm = { type: 'lstm', settings: { hidden: 5 } }
const oneLstm = ['frame:enter > lstm', 'lstm > frame:leave']
const plain = framed({ type: 'bidirectional' }, { lstm: { ...lstm, parent: 'frame' } }, oneLstm)
const nested = framed(
  { type: 'stack', settings: { times: 2 } },
  { inner: { type: 'bidirectional', parent: 'frame' }, lstm: { ...lstm, parent: 'inner' } },
  ['frame:enter > inner', 'inner:enter > lstm', 'lstm > inner:leave', 'inner > frame:leave'],
)

function planOf(document: UnrollDocument): Plan {
  const result = compileModel(document, 'm', sentences, { mode: 'train', rows: 3, steps: 5 })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}

function weightsOf(document: UnrollDocument, node: string): Record<string, readonly number[]> {
  const { parameters } = planOf(document).program
  return Object.fromEntries(parameters.filter((one) => one.node === node).map(({ name, dims }) => [name, dims]))
}

function problemsOf(document: UnrollDocument): [string, string][] {
  return analyseModel(document, 'm', sentences).problems.map(({ code, message }) => [code, message])
}

describe('weights of copies', () => {
  test('both directions are called as in PyTorch', () => {
    expect(weightsOf(plain, 'lstm')).toEqual({
      weight_ih_l0: [20, 6],
      weight_hh_l0: [20, 5],
      bias_ih_l0: [20],
      bias_hh_l0: [20],
      weight_ih_l0_reverse: [20, 6],
      weight_hh_l0_reverse: [20, 5],
      bias_ih_l0_reverse: [20],
      bias_hh_l0_reverse: [20],
    })
  })

  test('layers and directions together are called as in PyTorch, and the second layer reads both readings of the first', () => {
    const weights = weightsOf(nested, 'lstm')
    expect(Object.keys(weights).filter((name) => name.startsWith('weight_ih'))).toEqual([
      'weight_ih_l0',
      'weight_ih_l0_reverse',
      'weight_ih_l1',
      'weight_ih_l1_reverse',
    ])
    expect(weights.weight_ih_l1_reverse).toEqual([20, 10])
  })

  test('names without a layer get its number behind them; shared ones stay', () => {
    const content = { dense: { type: 'dense', settings: { size: 6 }, parent: 'frame' } }
    const wires = ['frame:enter > inner', 'inner > frame:leave']
    const withWeights = (weights: string) =>
      framed({ type: 'stack', settings: { times: 2, weights } }, { inner: content.dense }, wires)
    expect(Object.keys(weightsOf(withWeights('separate'), 'inner'))).toEqual([
      'weight.0',
      'bias.0',
      'weight.1',
      'bias.1',
    ])
    expect(Object.keys(weightsOf(withWeights('shared'), 'inner'))).toEqual(['weight', 'bias'])
  })
})

describe('what the analysis says', () => {
  test('shapes inside, copies, and weights over all copies', () => {
    const { nodes, parameters, problems } = analyseModel(nested, 'm', sentences)
    expect(problems).toEqual([])
    expect(nodes.inner?.inside).toEqual({
      enter: { kind: 'sequence', features: 6 },
      leave: { kind: 'sequence', features: 5 },
    })
    expect(nodes.lstm).toMatchObject({ copies: 4, parameters: 2 * (20 * (6 + 5 + 2)) + 2 * (20 * (10 + 5 + 2)) })
    expect(nodes.frame?.parameters).toBe(nodes.lstm?.parameters)
    expect(nodes.frame?.outputs).toEqual({ out: { kind: 'sequence', features: 10 } })
    expect(parameters).toBe(900 * 6 + (nodes.lstm?.parameters ?? 0) + 33)
  })
})

describe('mistakes', () => {
  const lonely = framed({ type: 'stack' }, {}, [])

  test('an empty frame, and the layer that its fix puts into it', () => {
    expect(problemsOf(lonely)).toEqual([
      ['frame.empty', 'Stack is empty: there is nothing in it that could work. Put an LSTM or another layer into it.'],
    ])
    const fix = analyseModel(lonely, 'm', sentences).problems[0]?.fix
    expect(problemsOf(applyEdits(lonely, fix?.edits ?? []))).toEqual([])
  })

  test('nothing leads out', () => {
    const open = framed({ type: 'stack' }, { lstm: { ...lstm, parent: 'frame' } }, ['frame:enter > lstm'])
    expect(problemsOf(open)).toEqual([
      ['input.missing', 'Nothing is connected to the way out of Stack. Connect a sequence to it.'],
    ])
    const fix = analyseModel(open, 'm', sentences).problems[0]?.fix
    expect(fix?.label).toBe('Connect LSTM to the way out of Stack')
    expect(problemsOf(applyEdits(open, fix?.edits ?? []))).toEqual([])
  })

  test('a wire through a wall, led through the ways in and out instead', () => {
    const crossing = documentOf({ ...before, frame: { type: 'stack' }, lstm: { ...lstm, parent: 'frame' }, ...after }, [
      'data > embedding',
      'embedding > lstm',
      'lstm > last',
      'last > dense',
      'dense > head',
    ])
    expect(problemsOf(crossing).map(([code]) => code)).toEqual(['wire.wall', 'wire.wall'])
    let mended = crossing
    for (let wire = 0; wire < 2; wire++) {
      const [problem] = analyseModel(mended, 'm', sentences).problems
      expect(problem?.message).toBe(
        'A wire cannot pass the wall of Stack. Lead it through the way in or out of the frame, or delete it.',
      )
      mended = applyEdits(mended, problem?.fix?.edits ?? [])
    }
    expect(problemsOf(mended)).toEqual([])
    expect(Object.keys(weightsOf(mended, 'lstm'))).toContain('weight_ih_l1')
  })

  test('reading from the end where the next letter is to be foretold', () => {
    const document = documentOf(
      {
        ...before,
        frame: { type: 'bidirectional', name: 'Both' },
        lstm: { ...lstm, parent: 'frame' },
        dense: { type: 'dense' },
        head: { type: 'nextSymbol' },
      },
      ['data > embedding', 'embedding > frame', ...oneLstm, 'frame > dense', 'dense > head'],
    )
    const [problem] = analyseModel(document, 'm', letters).problems
    expect(problem?.code).toBe('frame.seesAhead')
    expect(problem?.message).toBe(
      'Both also reads from the end, so the model can read off the next letter instead of learning to foretell it. Take away Both and keep what it holds.',
    )
    const mended = applyEdits(document, problem?.fix?.edits ?? [])
    expect(analyseModel(mended, 'm', letters).problems).toEqual([])
    expect(Object.keys(mended.models[0]?.nodes ?? {})).toContain('lstm')
  })
})

describe('connecting', () => {
  const analysis = analyseModel(plain, 'm', sentences)
  const connect = (from: [string, string], to: [string, string]) =>
    canConnect(plain, 'm', { node: from[0], port: from[1] }, { node: to[0], port: to[1] }, analysis)

  test('from the way in, and to the way out', () => {
    expect(connect(['frame', 'enter'], ['lstm', 'in'])).toEqual({ ok: true })
    expect(connect(['lstm', 'out'], ['frame', 'leave'])).toEqual({ ok: true })
    expect(connect(['frame', 'enter'], ['frame', 'leave'])).toMatchObject({ ok: false, adapters: [] })
  })

  test('not through the wall, but through the ways that are there', () => {
    const refused = connect(['embedding', 'out'], ['lstm', 'in'])
    expect(refused).toMatchObject({
      ok: false,
      message: 'A wire cannot pass the wall of Bidirectional. Lead it through the way in or out of the frame.',
    })
    // The way in carries the embedding already, so one wire inside is enough.
    expect(refused.ok ? [] : refused.adapters[0]?.edits).toMatchObject([
      { kind: 'connect', from: { node: 'frame', port: 'enter' }, to: { node: 'lstm', port: 'in' } },
    ])
  })

  test('what goes between two nodes of a frame lies in the frame too', () => {
    const document = framed(
      { type: 'stack' },
      { lstm: { ...lstm, parent: 'frame' }, repeat: { type: 'repeatOverTime', parent: 'frame' } },
      ['frame:enter > lstm', 'repeat > frame:leave'],
    )
    const ends = [
      { node: 'lstm', port: 'out' },
      { node: 'repeat', port: 'in' },
    ] as const
    const refused = canConnect(document, 'm', ...ends, analyseModel(document, 'm', sentences))
    const edits = refused.ok ? [] : (refused.adapters[0]?.edits ?? [])
    expect(edits[0]).toMatchObject({ kind: 'addNode', type: 'lastStep', parent: 'frame' })
    const connected = applyEdits(document, edits)
    expect(analyseModel(connected, 'm', sentences).problems).toEqual([])
  })
})
