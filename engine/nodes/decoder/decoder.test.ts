import { describe, expect, test } from 'vitest'
import { compileModel } from '../../compile/compile'
import type { Fragment } from '../../ir/program'
import { chainOf, pronunciations, weather } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'
import { decoder } from './decoder'

const input = { kind: 'sequence', features: 6 } as const

function dimsOf(settings: Record<string, unknown>): Record<string, readonly number[]> {
  const { parameters } = lowerAlone('decoder', {
    data: pronunciations,
    input,
    settings: { size: 3, hidden: 4, ...settings },
  })
  return Object.fromEntries(Object.entries(parameters).map(([name, { dims }]) => [name, dims]))
}

/** Bodies of the scans of a whole model. */
function bodiesOf(mode: 'train' | 'predict', settings: Record<string, unknown> = {}): Fragment[] {
  const document = chainOf({
    data: { type: 'dataset' },
    embedding: { type: 'embedding' },
    encoder: { type: 'gru' },
    answer: { type: 'decoder', settings },
  })
  const plan = compileModel(document, 'm', pronunciations, { mode, rows: 4, steps: 12 })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  return plan.value.program.instructions.flatMap(({ attributes: { body } }) => (typeof body === 'object' ? [body] : []))
}

const opsOf = (body: Fragment | undefined) => body?.instructions.map(({ op }) => op) ?? []

describe('decoder', () => {
  test('has the weights that its definition names', () => {
    expect(dimsOf({})).toEqual({
      'embedding.weight': [42, 3],
      weight_ih: [12, 9],
      weight_hh: [12, 4],
      bias_ih: [12],
      bias_hh: [12],
      'out.weight': [42, 10],
      'out.bias': [42],
      'attention.key.weight': [4, 6],
      'attention.query.weight': [4, 4],
      'attention.query.bias': [4],
      'attention.v': [4],
      'bridge.weight': [4, 6],
      'bridge.bias': [4],
    })
    expect(dimsOf({ attention: 'general' })['attention.query.weight']).toEqual([6, 4])
    expect(dimsOf({ cells: 'lstm', attention: 'none' })).toMatchObject({
      weight_ih: [16, 3],
      'bridge_memory.weight': [4, 6],
      'out.weight': [42, 4],
    })
  })

  test('starts from the vector that is wired in, else from the last step', () => {
    const wired = { data: pronunciations, inputs: { in: input, state: { kind: 'vector', features: 9 } as const } }
    const alone = lowerAlone('decoder', { ...wired, settings: { hidden: 4 } })
    expect(alone.parameters['bridge.weight']?.dims).toEqual([4, 9])
    expect(alone.instructions).not.toContain('lastStep')
    expect(lowerAlone('decoder', { data: pronunciations, input }).instructions).toContain('lastStep')
  })

  test('is shown the right symbols in training, and says them in one product over all steps', () => {
    const [forward, backward] = bodiesOf('train')
    expect(opsOf(forward)).toEqual(['linear', 'attend', 'linear', 'add', 'linear', 'gruCell'])
    expect(backward?.reverse).toBe(true)
    expect(opsOf(backward)).not.toContain('linearWeightGradient')
  })

  test('reads its own symbols when it predicts, and half of the time when told so', () => {
    const [shown, own] = bodiesOf('predict')
    expect(opsOf(shown)).not.toContain('largest')
    expect(opsOf(own)).toContain('largest')
    expect(opsOf(own)).not.toContain('chooseTokens')
    expect(opsOf(bodiesOf('train', { teacherForcing: 0.5 })[0])).toContain('chooseTokens')
    expect(bodiesOf('predict', { teacherForcing: 0.5 }).flatMap(opsOf)).not.toContain('chooseTokens')
  })

  test('shows fewer right symbols as training goes on, when told so', () => {
    const train = (settings: Record<string, unknown>, mode: 'train' | 'predict' = 'train') =>
      lowerAlone('decoder', { data: pronunciations, input, settings, mode }).instructions
    const falling = { teacherForcing: 0.9, fall: 'exponential', teacherForcingEnd: 0.1 }
    expect(train(falling)).toContain('shownShare {"fall":"exponential","start":0.9,"end":0.1}')
    expect(train({ teacherForcing: 0.9 })).toContain('constant {"values":"0.9"}')
    const asked = (settings: Record<string, unknown>, mode: 'train' | 'predict') =>
      train(settings, mode).filter((text) => text.startsWith('shownShare'))
    expect(asked(falling, 'predict')).toEqual([])
    expect(asked({ teacherForcing: 1, fall: 'linear', teacherForcingEnd: 1 }, 'train')).toEqual([])
  })

  test('keeps nothing for backward when it predicts', () => {
    const [train] = bodiesOf('train')
    const [predict] = bodiesOf('predict')
    expect(predict?.outputs.length).toBeLessThan(train?.outputs.length ?? 0)
  })

  test('says that dot attention needs equal widths, and mends it', () => {
    const { problems } = shapeAlone('decoder', {
      data: pronunciations,
      input,
      settings: { attention: 'dot', hidden: 4 },
    })
    expect(problems.map(({ code }) => code)).toEqual(['attention.width'])
    expect(problems[0]?.message).toContain('multiplies its 4 memory cells with the 6 numbers of each step')
    const fitting = { data: pronunciations, input, settings: { attention: 'dot', hidden: 6 } }
    expect(shapeAlone('decoder', fitting).problems).toEqual([])
    expect(Object.keys(lowerAlone('decoder', fitting).parameters)).not.toContain('attention.query.weight')
  })

  test('is measured on sequences and describes itself', () => {
    expect(lowerAlone('decoder', { data: pronunciations, input }).heads).toEqual(['sequence'])
    const showing = { teacherForcing: 1, fall: 'none', teacherForcingEnd: 0 } as const
    const { values } = { values: { cells: 'gru', hidden: 64, attention: 'none', size: 8, ...showing } as const }
    expect(decoder.describe(values, weather)).toBe('64 memory cells, no attention')
  })
})
