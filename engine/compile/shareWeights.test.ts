import { describe, expect, test } from 'vitest'
import type { UnrollDocument } from '../document/schema'
import { chainOf, letters } from '../testing/graphs'
import { runPlan } from '../testing/runPlan'
import { analyseModel } from './analyse'
import { compileModel } from './compile'
import type { Plan } from './plan'

const data = { ...letters, maximumSteps: 5 }

/** A language model whose last Dense shares the weights of the Embedding; the LSTM is as wide as `hidden`. */
function model(hidden: number, changes: Parameters<typeof chainOf>[0] = {}): UnrollDocument {
  return chainOf({
    data: { type: 'dataset' },
    embedding: { type: 'embedding', settings: { size: 6, rare: 'blank' } },
    lstm: { type: 'lstm', settings: { hidden } },
    out: { type: 'dense', settings: { size: null, shared: true } },
    end: { type: 'nextSymbol' },
    ...changes,
  })
}

function plan(document: UnrollDocument): Plan {
  const compiled = compileModel(document, 'm', data, { mode: 'train', rows: 3, steps: 5 })
  if (!compiled.ok) throw new Error(compiled.problems[0]?.message)
  return compiled.value
}

describe('a Dense that shares the weights of the Embedding', () => {
  test('has only a bias of its own, and the program one weight for both', () => {
    const { program } = plan(model(6))
    expect(program.parameters.map(({ node, name }) => `${node}.${name}`)).not.toContain('out.weight')
    expect(program.parameters.filter(({ node }) => node === 'embedding')).toMatchObject([
      { dims: [65, 6], initializer: { kind: 'normal', deviation: 0.1, blankRow: 0 } },
    ])
    const { nodes } = analyseModel(model(6), 'm', data)
    expect([nodes.embedding?.parameters, nodes.out?.parameters]).toEqual([65 * 6, 65])
  })

  test('gives that weight the gradient of both uses', () => {
    const both = plan(model(6))
    const at = (along: number) => runPlan(both, data, { rows: 3, steps: 5, seed: 7, precision: 'float64', along })
    const step = 1e-6
    const measured = (at(step).loss - at(-step).loss) / (2 * step)
    const { slope, gradients } = at(0)
    const scale = Math.max(1, ...gradients.flat().map(Math.abs))
    expect(Math.abs(slope)).toBeGreaterThan(1e-3)
    expect(Math.abs(measured - slope) / scale).toBeLessThan(1e-6)
  })

  test.each([
    [
      model(8),
      'Dense is to share weights with the Embedding, but 8 numbers come in and Embedding has 6 for each symbol. Bring both to the same, or switch the sharing off.',
    ],
    [
      model(6, { out: { type: 'dense', settings: { size: 10, shared: true } } }),
      'Dense is to share weights with the Embedding, but 10 numbers are to come out and Embedding knows 65 symbols. Use it in front of an output that says these symbols, or switch the sharing off.',
    ],
  ])('says what does not fit, and can mend it', (document, sentence) => {
    const [problem] = analyseModel(document, 'm', data).problems
    expect(problem?.message).toBe(sentence)
    expect(problem?.fix?.edits).toMatchObject([{ node: 'out', setting: 'shared', value: false }])
  })

  test('needs an Embedding before it', () => {
    const document = chainOf({
      data: { type: 'dataset' },
      lstm: { type: 'lstm', settings: { hidden: 6 } },
      out: { type: 'dense', settings: { size: 3, shared: true } },
      last: { type: 'lastStep' },
      end: { type: 'forecast' },
    })
    const numbers = {
      ...data,
      input: { kind: 'numbers' as const, features: ['a'] },
      target: { kind: 'numbers' as const, names: ['a', 'b', 'c'] },
    }
    expect(analyseModel(document, 'm', numbers).problems[0]?.message).toContain(
      'but there is none before it. Put an Embedding before it, outside all frames, or switch the sharing off.',
    )
  })
})
