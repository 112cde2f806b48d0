import { describe, expect, test } from 'vitest'
import type { DataSummary } from '../data/prepared'
import { documentOf } from '../testing/graphs'
import { runPlan } from '../testing/runPlan'
import { tolerances } from '../testing/tolerances'
import { compileModel } from './compile'

type Nodes = Parameters<typeof documentOf>[0]

const data: DataSummary = {
  title: 'Numbers',
  sentence: 'a few',
  input: { kind: 'numbers', features: ['a', 'b', 'c', 'd'] },
  target: { kind: 'numbers', names: ['a', 'b'] },
  maximumSteps: 5,
  variableLength: true,
  stepWord: 'step',
  examples: { training: 9, validation: 1, test: 1 },
  fingerprint: 'numbers',
}

const held = (type: string, parent: string, settings: Record<string, unknown> = {}) => ({ type, settings, parent })
const stack = (settings: Record<string, unknown> = {}, parent?: string) => ({
  type: 'stack',
  settings,
  ...(parent === undefined ? {} : { parent }),
})
const both = (merge = 'concat', parent?: string) => ({
  type: 'bidirectional',
  settings: { merge },
  ...(parent === undefined ? {} : { parent }),
})
const lstm = (parent: string, settings: Record<string, unknown> = {}) =>
  held('lstm', parent, { hidden: 4, ...settings })

/** A frame called `frame` around one called `inner`, around these nodes in a row. */
function nested(frame: Nodes[string], inner: Nodes[string], content: Nodes): [Nodes, string[]] {
  const ids = Object.keys(content)
  const row = ['inner:enter', ...ids, 'inner:leave']
  const wires = row.slice(1).map((id, index) => `${row[index]} > ${id}`)
  return [
    { frame, inner: { ...inner, parent: 'frame' }, ...content },
    [...wires, 'frame:enter > inner', 'inner > frame:leave'],
  ]
}

const nestings: [string, [Nodes, string[]]][] = [
  ['both ways in two layers', nested(stack(), both(), { lstm: lstm('inner') })],
  ['two layers both ways, averaged', nested(both('average'), stack(), { gru: held('gru', 'inner', { hidden: 4 }) })],
  ['layers of layers', nested(stack({ times: 3 }), stack({ times: 2, residual: true }), { lstm: lstm('inner') })],
  [
    'layers that share their weights within layers that do not',
    nested(stack({ residual: true }), stack({ times: 3, weights: 'shared' }), {
      rnn: held('rnn', 'inner', { hidden: 4 }),
    }),
  ],
  ['both ways of both ways, summed', nested(both('sum'), both('sum'), { lstm: lstm('inner', { peepholes: true }) })],
  [
    'transformer blocks both ways',
    nested(both('average'), stack({ times: 2 }), {
      block: held('transformerBlock', 'inner', { heads: 2, feedForward: 6, activation: 'gelu', dropout: 0.2 }),
    }),
  ],
  [
    'dropout between layers and in them',
    nested(stack({ times: 3, dropout: 0.4 }), both('sum'), {
      lstm: lstm('inner', { recurrentDropout: 0.3 }),
      dropout: held('dropout', 'inner', { rate: 0.3 }),
    }),
  ],
  [
    'a memory handed on inside',
    [
      {
        frame: both(),
        first: lstm('frame', { statePorts: true }),
        second: lstm('frame', { statePorts: true }),
      },
      [
        'frame:enter > first',
        'frame:enter > second',
        'first:state > second:state',
        'first:memory > second:memory',
        'second > frame:leave',
      ],
    ],
  ],
]

const sizes = { rows: 3, steps: 5 }
/** Of central differences in float64. */
const STEP = 2e-6

/** A forecast from what leaves the frame, with a Dense before it so that the gradient of what enters matters too. */
function planOf([nodes, wires]: [Nodes, string[]]) {
  const around: Nodes = {
    data: { type: 'dataset' },
    before: { type: 'dense', settings: { size: 4, activation: 'tanh' } },
  }
  const after: Nodes = { mean: { type: 'averageOverTime' }, width: { type: 'dense' }, head: { type: 'forecast' } }
  const chain = ['data > before', 'before > frame', 'frame > mean', 'mean > width', 'width > head']
  const document = documentOf({ ...around, ...nodes, ...after }, [...chain, ...wires])
  const plan = compileModel(document, 'm', data, { mode: 'train', ...sizes })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  return plan.value
}

describe('gradients through frames in frames, against central differences in float64', () => {
  test.each(nestings)('%s', (_, nesting) => {
    const plan = planOf(nesting)
    for (const seed of [1, 2]) {
      const at = (along: number) => runPlan(plan, data, { ...sizes, seed, precision: 'float64', along })
      const { slope, gradients, loss } = at(0)
      const measured = (at(STEP).loss - at(-STEP).loss) / (2 * STEP)
      const scale = Math.max(1, Math.abs(loss), ...gradients.flat().map(Math.abs))
      expect(Math.abs(measured - slope) / scale).toBeLessThan(tolerances.gradientCheck)
      // A weight that no copy reads would have none.
      for (const gradient of gradients) expect(gradient.some((value) => value !== 0)).toBe(true)
    }
  })

  test('dropout hides other numbers in every copy', () => {
    const { program } = planOf(nestings[6]?.[1] ?? [{}, []])
    const streams = program.instructions
      .filter(({ op, phase }) => op === 'dropout' && phase === 'forward')
      .map(({ attributes }) => attributes.stream)
    // In six copies the node and the LSTM's own mask, and between three layers.
    expect(streams.length).toBe(6 * 2 + 2)
    expect(new Set(streams).size).toBe(streams.length)
  })
})
