import { describe, expect, test } from 'vitest'
import { InternalError, present } from '../base/invariant'
import { compileModel } from '../compile/compile'
import { ops } from '../ops/index'
import { chainOf, letters } from '../testing/graphs'
import type { Instruction, Program } from './program'
import { verifyProgram } from './verify'

const document = chainOf({
  data: { type: 'dataset' },
  embedding: { type: 'embedding', settings: { size: 3 } },
  lstm: { type: 'lstm', settings: { hidden: 4 } },
  dense: { type: 'dense', settings: { size: null } },
  next: { type: 'nextSymbol' },
})

function programOf(mode: 'train' | 'predict'): Program {
  const result = compileModel(document, 'm', letters, { mode, rows: 2, steps: 3 })
  if (!result.ok) throw new Error('it compiles')
  return result.value.program
}

const sound = programOf('train')

function withInstruction(op: string, change: (instruction: Instruction) => Partial<Instruction>): Program {
  let done = false
  return {
    ...sound,
    instructions: sound.instructions.map((instruction) => {
      if (done || instruction.op !== op) return instruction
      done = true
      return { ...instruction, ...change(instruction) }
    }),
  }
}

describe('the grammar of programs', () => {
  test('accepts what the compiler makes', () => {
    expect(() => verifyProgram(sound, ops, { gradients: true })).not.toThrow()
    expect(() => verifyProgram(programOf('predict'), ops, { gradients: false })).not.toThrow()
  })

  const last = sound.values.length - 1
  const probe = present(sound.probes[0], 'a probe')
  const first = present(sound.gradients[0], 'a gradient')
  const second = present(sound.gradients[1], 'a gradient')
  const parameter = present(sound.parameters[0], 'a parameter')
  const scalar = { name: 'stray', type: { dtype: 'f32' as const, dims: [1] } }

  const broken: [string, Program, RegExp][] = [
    ['an op that is not there', withInstruction('lstm', () => ({ op: 'lstn' })), /no such op/],
    [
      'a use before the definition',
      withInstruction('embedding', ({ inputs: [, ...rest] }) => ({ inputs: [last, ...rest] })),
      /before it is made/,
    ],
    [
      'a second definition',
      { ...sound, instructions: [...sound.instructions.slice(0, 1), ...sound.instructions] },
      /made twice/,
    ],
    [
      'a missing input',
      withInstruction('linear', ({ inputs: [, ...rest] }) => ({ inputs: [null, ...rest] })),
      /missing/,
    ],
    [
      'an output too few',
      withInstruction('lstm', ({ outputs: [y] }) => ({ outputs: y === undefined ? [] : [y] })),
      /outputs/,
    ],
    ['phases out of order', { ...sound, instructions: sound.instructions.toReversed() }, /after|before/],
    [
      'an attribute that is no number',
      withInstruction('gateStatistics', () => ({ attributes: { gateCount: Number.NaN, blocks: '0' } })),
      /attribute/,
    ],
    [
      'training that depends on a probe',
      withInstruction('linearInputGradient', ({ inputs: [, ...rest] }) => ({ inputs: [probe.value, ...rest] })),
      /depends on a probe/,
    ],
    ['a value that nothing makes', { ...sound, values: [...sound.values, scalar] }, /nothing makes/],
    [
      'another type than the op says',
      {
        ...sound,
        values: sound.values.map((value) => (value.name === 'lstm.out' ? { ...value, type: scalar.type } : value)),
      },
      /should be|must be/,
    ],
    [
      'a feed of a wrong type',
      {
        ...sound,
        values: sound.values.map((value) => (value.name === 'lengths' ? { ...value, type: scalar.type } : value)),
      },
      /feed lengths/,
    ],
    ['two parameters of one name', { ...sound, parameters: [...sound.parameters, parameter] }, /there twice/],
    [
      'a parameter of another shape than its value',
      { ...sound, parameters: [{ ...parameter, dims: [1] }, ...sound.parameters.slice(1)] },
      /another shape/,
    ],
    ['no head', { ...sound, heads: [] }, /no head/],
    [
      'a prediction of a wrong rank',
      { ...sound, heads: sound.heads.map((head) => ({ ...head, target: 'class' as const })) },
      /prediction/,
    ],
    ['a loss that is no scalar', { ...sound, loss: present(sound.heads[0], 'a head').prediction }, /loss/],
    ['a probe with labels too few', { ...sound, probes: [{ ...probe, labels: ['forget'] }] }, /probe/],
    ['a probe made in forward', { ...sound, probes: [{ ...probe, value: sound.loss }] }, /probe/],
    [
      'a gradient of a frozen parameter',
      { ...sound, parameters: sound.parameters.map((parameter) => ({ ...parameter, frozen: true as const })) },
      /is frozen and has a gradient/,
    ],
    [
      'a trained parameter after a frozen one',
      {
        ...sound,
        parameters: sound.parameters.map((parameter, index) =>
          index === 0 ? { ...parameter, frozen: true as const } : parameter,
        ),
      },
      /comes after a frozen one/,
    ],
    ['a parameter without gradient', { ...sound, gradients: sound.gradients.slice(1) }, /has no gradient/],
    [
      'two gradients of one parameter',
      { ...sound, gradients: [...sound.gradients, { ...first, gradient: second.gradient }] },
      /two gradients/,
    ],
    [
      'one gradient for two parameters',
      { ...sound, gradients: [{ ...first, gradient: second.gradient }, ...sound.gradients.slice(1)] },
      /share one gradient/,
    ],
  ]

  test.each(broken)('refuses %s', (_, program, message) => {
    expect(() => verifyProgram(program, ops, { gradients: true })).toThrow(InternalError)
    expect(() => verifyProgram(program, ops, { gradients: true })).toThrow(message)
  })

  test('refuses gradients before the gradient pass', () => {
    expect(() => verifyProgram(sound, ops, { gradients: false })).toThrow(/before the gradient pass/)
  })
})
