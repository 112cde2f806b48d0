import { describe, expect, test } from 'vitest'
import { compileModel } from '../compile/compile'
import type { Plan } from '../compile/plan'
import type { UnrollDocument } from '../document/schema'
import { documentOf, weather } from '../testing/graphs'
import { runPlan } from '../testing/runPlan'
import { definitionOf } from './index'
import { readSettings } from './validate'

const SIZES = { rows: 3, steps: 5 }

function compiled(document: UnrollDocument, mode: 'train' | 'predict' = 'train'): Plan {
  const result = compileModel(document, 'm', weather, { mode, ...SIZES })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}

function problemsOf(document: UnrollDocument): string[] {
  return compileModel(document, 'm', weather, { mode: 'train', ...SIZES }).problems.map(({ message }) => message)
}

/** One layer reads the data, a second reads them again from the states in which the first ended. */
function twoOf(type: string, settings: Record<string, unknown> = {}, ends = ['state']): UnrollDocument {
  const layer = { type, settings: { hidden: 4, statePorts: true, ...settings } }
  return documentOf(
    {
      data: { type: 'dataset' },
      first: layer,
      second: layer,
      last: { type: 'lastStep' },
      dense: { type: 'dense', settings: { size: null } },
      forecast: { type: 'forecast' },
    },
    [
      'data > first',
      'data > second',
      ...ends.map((port) => `first:${port} > second:${port}`),
      'second > last',
      'last > dense',
      'dense > forecast',
    ],
  )
}

const variants: [string, UnrollDocument][] = [
  ['rnn', twoOf('rnn')],
  ['gru', twoOf('gru')],
  ['gru with reset before', twoOf('gru', { reset: 'before' })],
  ['lstm', twoOf('lstm', {}, ['state', 'memory'])],
  ['lstm whose memory alone is handed on', twoOf('lstm', {}, ['memory'])],
  ['lstm with peepholes', twoOf('lstm', { peepholes: true }, ['state', 'memory'])],
  ['minimal gated memory', twoOf('minimalMemory')],
  ['state space', twoOf('stateSpace')],
  ['rnn with layer norm', twoOf('rnn', { layerNorm: true })],
  ['gru with layer norm and recurrent dropout', twoOf('gru', { layerNorm: true, recurrentDropout: 0.5 })],
  [
    'lstm with everything',
    twoOf('lstm', { layerNorm: true, recurrentDropout: 0.5, projection: 3, peepholes: true }, ['state', 'memory']),
  ],
  ['rnn with recurrent dropout', twoOf('rnn', { recurrentDropout: 0.5 })],
  ['gru with recurrent dropout and reset before', twoOf('gru', { recurrentDropout: 0.5, reset: 'before' })],
  [
    'lstm with recurrent dropout that hands on fewer numbers',
    twoOf('lstm', { recurrentDropout: 0.5, projection: 3 }, ['state', 'memory']),
  ],
  ['lstm that hands on fewer numbers', twoOf('lstm', { projection: 3 }, ['state', 'memory'])],
  ['lstm with coupled gates', twoOf('lstm', { coupled: true, peepholes: true }, ['state', 'memory'])],
]

describe('states handed from one layer to another', () => {
  test.each(variants)('%s: the gradient is what central differences measure', (_, document) => {
    const plan = compiled(document)
    const at = (along: number) => runPlan(plan, weather, { ...SIZES, seed: 3, precision: 'float64', along })
    const { slope } = at(0)
    const step = 1e-6
    expect(Math.abs((at(step).loss - at(-step).loss) / (2 * step) - slope)).toBeLessThan(
      1e-6 * Math.max(1, Math.abs(slope)),
    )
    expect(Math.abs(slope)).toBeGreaterThan(1e-4)
  })

  test('what comes in last changes what goes out, and training and prediction agree', () => {
    const options = { ...SIZES, seed: 3, precision: 'float32' } as const
    const joined = runPlan(compiled(twoOf('gru')), weather, options)
    const apart = runPlan(compiled(twoOf('gru', {}, [])), weather, options)
    expect(joined.predictions).not.toEqual(apart.predictions)
    expect(runPlan(compiled(twoOf('gru'), 'predict'), weather, options).predictions).toEqual(joined.predictions)
  })

  test('recurrent dropout: another mask for each layer and seed, none when predicting', () => {
    const document = twoOf('gru', { recurrentDropout: 0.5 })
    const { program } = compiled(document)
    const masks = program.instructions.filter(({ op }) => op === 'dropout')
    expect(masks.map(({ attributes }) => attributes)).toEqual([
      { rate: 0.5, stream: 0 },
      { rate: 0.5, stream: 1 },
    ])
    const loss = (seed: number) => runPlan(compiled(document), weather, { ...SIZES, seed, precision: 'float32' }).loss
    expect(loss(3)).toBe(loss(3))
    expect(loss(3)).not.toBe(loss(4))
    const plain = compiled(twoOf('gru'), 'predict')
    expect(compiled(document, 'predict')).toEqual(plain)
  })

  test('a state may be the answer by itself, without a Last step', () => {
    const document = documentOf(
      {
        data: { type: 'dataset' },
        lstm: { type: 'lstm', settings: { hidden: 4, statePorts: true } },
        dense: { type: 'dense', settings: { size: null } },
        forecast: { type: 'forecast' },
      },
      ['data > lstm', 'lstm:memory > dense', 'dense > forecast'],
    )
    const { program } = compiled(document)
    const backward = program.instructions.find(({ op }) => op === 'lstmGradient')
    // dy and the gradient of the state are absent; the last input is that of the memory.
    expect(backward?.inputs.slice(7, -1).every((input) => input === null)).toBe(true)
    expect(backward?.inputs).toHaveLength(15)
  })
})

describe('ports that nothing is wired to', () => {
  test('cost nothing: the same program as without them', () => {
    const chain = (settings: Record<string, unknown>): UnrollDocument =>
      documentOf(
        {
          data: { type: 'dataset' },
          lstm: { type: 'lstm', settings: { hidden: 4, ...settings } },
          last: { type: 'lastStep' },
          dense: { type: 'dense', settings: { size: null } },
          forecast: { type: 'forecast' },
        },
        ['data > lstm', 'lstm > last', 'last > dense', 'dense > forecast'],
      )
    expect(compiled(chain({ statePorts: true }))).toEqual(compiled(chain({})))
  })

  test('a wire to a port that is switched off is told', () => {
    const document = twoOf('gru', { statePorts: false })
    expect(problemsOf(document)).toContain('GRU has no output “state”. Delete the wire.')
  })

  test('a state of another size is refused in words', () => {
    const document = twoOf('gru')
    const second = document.models[0]?.nodes.second
    if (second) second.settings = { ...second.settings, hidden: 5 }
    expect(problemsOf(document)[0]).toMatch(/needs 5 numbers \(one per memory cell\), but GRU gives 4\./)
  })
})

test('cards say which options are on', () => {
  const settings = { recurrentDropout: 0.25, layerNorm: true, projection: 8 }
  const line = (type: string) => {
    const definition = definitionOf(type)
    return definition?.describe(readSettings(definition, settings).values, null)
  }
  expect(line('rnn')).toBe('64 memory cells, hides 25 %, layer norm')
  expect(line('gru')).toBe('64 memory cells, hides 25 %, layer norm')
  expect(line('lstm')).toBe('64 memory cells, hands on 8, hides 25 %, layer norm')
})
