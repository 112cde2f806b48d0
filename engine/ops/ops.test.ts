import { describe, expect, it } from 'vitest'
import { InternalError, present } from '../base/invariant'
import type { Attributes, Dim, ValueId, ValueType } from '../ir/program'
import { ops } from '.'
import type { GradientContext } from './defineOp'

const f32 = (...dims: Dim[]): ValueType => ({ dtype: 'f32', dims })
const i32 = (...dims: Dim[]): ValueType => ({ dtype: 'i32', dims })
const op = (name: string) => present(ops[name], name)

const sequence = f32('T', 'B', 6)
const lengths = i32('B')
const lstmInputs = [sequence, f32(32, 6), f32(32, 8), f32(32), f32(32), lengths]
const gruInputs = [sequence, f32(24, 6), f32(24, 8), f32(24), f32(24), lengths]
const rnnInputs = [sequence, f32(8, 6), f32(8, 8), f32(8), f32(8), lengths]
const twoHeads = { heads: 2, causal: true }
const fourHeads = { heads: 4, causal: true }
const tanh = { nonlinearity: 'tanh' }

describe('shape rules', () => {
  const shapes: [string, (ValueType | null)[], Attributes, ValueType[]][] = [
    ['linear', [sequence, f32(4, 6), f32(4)], {}, [f32('T', 'B', 4)]],
    ['linear', [f32('B', 6), f32(4, 6), null], {}, [f32('B', 4)]],
    ['linearWeightGradient', [sequence, f32('T', 'B', 4)], { bias: true }, [f32(4, 6), f32(4)]],
    ['linearWeightGradient', [sequence, f32('T', 'B', 4)], { bias: false }, [f32(4, 6)]],
    ['embedding', [i32('T', 'B'), f32(50, 6)], {}, [sequence]],
    ['embeddingGradient', [i32('T', 'B'), null, sequence], { vocabulary: 50 }, [f32(50, 6)]],
    ['rnn', rnnInputs, tanh, [f32('T', 'B', 8)]],
    ['lstm', lstmInputs, {}, [f32('T', 'B', 8), f32('T', 'B', 32), f32('T', 'B', 8)]],
    ['gru', gruInputs, {}, [f32('T', 'B', 8), f32('T', 'B', 24), f32('T', 'B', 8)]],
    ['lastStep', [sequence, lengths], {}, [f32('B', 6)]],
    ['lastStepGradient', [f32('B', 6), lengths], {}, [sequence]],
    ['averageOverTime', [sequence, lengths], {}, [f32('B', 6)]],
    ['averageOverTimeGradient', [f32('B', 6), lengths], {}, [sequence]],
    ['meanSquaredError', [f32('B', 2), f32('B', 2), f32(1)], {}, [f32(1), f32('B', 2)]],
    ['meanAbsoluteError', [f32('B', 2), f32('B', 2), f32(1)], {}, [f32(1), f32('B', 2)]],
    ['huber', [f32('B', 2), f32('B', 2), f32(1)], {}, [f32(1), f32('B', 2)]],
    ['crossEntropy', [sequence, i32('T', 'B'), f32(1)], {}, [f32(1), sequence]],
    ['crossEntropy', [f32('B', 5), i32('B'), f32(1)], {}, [f32(1), f32('B', 5)]],
    ['crossEntropy', [f32('B', 5), i32('B'), f32(1), f32(5)], { ignored: 2 }, [f32(1), f32('B', 5)]],
    ['binaryCrossEntropy', [f32('B', 1), i32('B'), f32(1)], {}, [f32(1), f32('B', 1)]],
    ['quantileLoss', [f32('B', 6), f32('B', 2), f32(1), f32(3)], {}, [f32(1), f32('B', 6)]],
    ['causalWindow', [sequence, lengths], { size: 3, dilation: 2 }, [f32('T', 'B', 18)]],
    ['causalWindowGradient', [f32('T', 'B', 18), lengths], { size: 3, dilation: 2 }, [sequence]],
    ['repeatOverTime', [f32('B', 6), lengths], {}, [sequence]],
    ['repeatOverTimeGradient', [sequence, lengths], {}, [f32('B', 6)]],
    ['reshape', [f32(4, 3, 2)], { dims: '4,6' }, [f32(4, 6)]],
    ['rotary', [sequence, f32('T', 2)], { columns: 4, back: false }, [sequence]],
    [
      'additiveAttention',
      [f32('T', 'B', 4), f32('T', 'B', 4), f32(1, 4), sequence, lengths],
      { causal: true },
      [sequence, f32('B', 1, 'T', 'T')],
    ],
    ['attentionSample', [f32('B', 2, 'T', 'T'), lengths], {}, [f32(48, 48)]],
    ['constant', [], { values: '1,2.5,-3e-2' }, [f32(3)]],
    ['gateStatistics', [f32('T', 'B', 32), lengths], { gateCount: 4, blocks: '0,1,3' }, [f32(3, 4)]],
    ['dropout', [sequence, i32(2)], { rate: 0.5, stream: 1 }, [sequence]],
    ['gelu', [sequence], {}, [sequence]],
    ['layerNorm', [sequence, f32(6), f32(6)], {}, [sequence, f32('T', 'B', 2)]],
    ['multiply', [f32('B', 6), f32('B', 6)], {}, [f32('B', 6)]],
    ['concat', [sequence, f32('T', 'B', 2)], {}, [f32('T', 'B', 8)]],
    ['slice', [sequence], { first: 2, count: 4 }, [f32('T', 'B', 4)]],
    ['sinusoid', [], { features: 6 }, [f32('T', 6)]],
    ['addPositions', [sequence, f32('T', 6)], {}, [sequence]],
    ['addPositions', [sequence, f32(90, 6)], {}, [sequence]],
    ['attentionPool', [sequence, f32('T', 'B', 1), lengths], {}, [f32('B', 6), f32('T', 'B', 1)]],
    ['attention', [sequence, sequence, sequence, lengths], twoHeads, [sequence, f32('B', 2, 'T', 'T')]],
    ['attention', [sequence, null, null, lengths], twoHeads, [f32('T', 'B', 2), f32('B', 2, 'T', 'T')]],
  ]

  it.each(shapes)('%s', (name, inputs, attributes, outputs) => {
    expect(op(name).infer(inputs, attributes)).toEqual(outputs)
  })

  const refused: [string, string, (ValueType | null)[], Attributes][] = [
    ['a weight of another width', 'linear', [sequence, f32(4, 7), null], {}],
    ['a bias of another width', 'linear', [sequence, f32(4, 6), f32(5)], {}],
    ['a missing input', 'linear', [sequence, null, null], {}],
    ['floats for tokens', 'embedding', [f32('T', 'B'), f32(50, 6)], {}],
    ['tokens for floats', 'add', [i32('B'), i32('B')], {}],
    ['a vector for a sequence', 'lstm', [f32('B', 6), ...lstmInputs.slice(1)], {}],
    ['weights of three gates', 'lstm', gruInputs, {}],
    ['an unknown nonlinearity', 'rnn', rnnInputs, { nonlinearity: 'sine' }],
    ['a dropout rate of 1', 'dropout', [sequence, i32(2)], { rate: 1, stream: 0 }],
    ['a slice past the end', 'slice', [sequence], { first: 3, count: 4 }],
    ['tensors of unequal rows side by side', 'concat', [sequence, f32('B', 6)], {}],
    ['heads that features do not fall into', 'attention', [sequence, sequence, sequence, lengths], fourHeads],
    ['keys of another width', 'attention', [sequence, f32('T', 'B', 8), sequence, lengths], twoHeads],
    ['positions of another width', 'addPositions', [sequence, f32('T', 5)], {}],
    ['weights of other classes', 'crossEntropy', [f32('B', 5), i32('B'), f32(1), f32(4)], {}],
    ['labels smoothed away', 'crossEntropy', [f32('B', 5), i32('B'), f32(1)], { labelSmoothing: 1 }],
    ['two scores for one', 'binaryCrossEntropy', [f32('B', 2), i32('B'), f32(1)], {}],
    ['too few quantiles', 'quantileLoss', [f32('B', 5), f32('B', 2), f32(1), f32(3)], {}],
    ['a window of nothing', 'causalWindow', [sequence, lengths], { size: 0, dilation: 1 }],
    ['numbers that get lost', 'reshape', [f32(4, 3)], { dims: '4,2' }],
    ['heads of odd size that are to turn', 'rotary', [sequence, f32('T', 3)], { columns: 6, back: false }],
    ['a constant of words', 'constant', [], { values: '1,two' }],
    ['a gate that does not exist', 'gateStatistics', [f32('T', 'B', 32), lengths], { gateCount: 4, blocks: '4' }],
  ]

  it.each(refused)('refuse %s', (_, name, inputs, attributes) => {
    expect(() => op(name).infer(inputs, attributes)).toThrow(InternalError)
  })
})

describe('cost', () => {
  it('counts the products of a training step as its peers do', () => {
    // Character model of the benchmark: embedding 64, two LSTM of 128, dense 65, 32 rows, 64 steps: 2921 MFLOP.
    const [T, B] = [64, 32]
    const layer = (inputs: number) => {
      const x = [T, B, inputs]
      const [weightIh, weightHh, y] = [
        [512, inputs],
        [512, 128],
        [T, B, 128],
      ]
      const forward = op('lstm').flops?.([x, weightIh, weightHh], [y], {}) ?? 0
      const wanted = { inputGradient: true, weightGradient: true }
      return forward + (op('lstmGradient').flops?.([x, weightIh, weightHh], [], wanted) ?? 0)
    }
    const weight = [65, 128]
    const [y, logits] = [
      [T, B, 128],
      [T, B, 65],
    ]
    const dense =
      (op('linear').flops?.([y, weight, [65]], [logits], {}) ?? 0) +
      (op('linearInputGradient').flops?.([logits, weight], [], {}) ?? 0) +
      (op('linearWeightGradient').flops?.([y, logits], [], { bias: true }) ?? 0)
    expect((layer(64) + layer(128) + dense) / 1e6).toBeCloseTo(2921, 0)
  })
})

describe('gradient rules compute only what is wanted', () => {
  function emitted(name: string, inputs: readonly (ValueType | null)[], needed: readonly boolean[], settings = {}) {
    const calls: { op: string; attributes: Attributes }[] = []
    const types: ValueType[] = []
    const add = (type: ValueType): ValueId => types.push(type) - 1
    const inputIds = inputs.map((type) => (type === null ? null : add(type)))
    const outputs = op(name).infer(inputs, settings).map(add)
    const type = (value: ValueId) => present(types[value], `no value ${value}`)
    const context: GradientContext = {
      inputs: inputIds,
      outputs,
      dOutputs: outputs.map((output, index) => (index === 0 ? add(type(output)) : null)),
      attributes: settings,
      needed,
      type,
      emit(emittedOp, operands, attributes = {}) {
        calls.push({ op: emittedOp, attributes })
        const operandTypes = operands.map((operand) => (operand === null ? null : type(operand)))
        return op(emittedOp).infer(operandTypes, attributes).map(add)
      },
    }
    const gradients = op(name).gradient?.(context) ?? []
    return { calls, shapes: gradients.map((gradient) => (gradient === null ? null : type(gradient).dims)) }
  }

  it('linear: only the input', () => {
    const { calls, shapes } = emitted('linear', [sequence, f32(4, 6), f32(4)], [true, false, false])
    expect(calls.map((call) => call.op)).toEqual(['linearInputGradient'])
    expect(shapes).toEqual([['T', 'B', 6], null, null])
  })

  it('linear: only weight and bias', () => {
    const { calls, shapes } = emitted('linear', [sequence, f32(4, 6), f32(4)], [false, true, true])
    expect(calls.map((call) => call.op)).toEqual(['linearWeightGradient'])
    expect(shapes).toEqual([null, [4, 6], [4]])
  })

  it.each([
    ['rnn', rnnInputs, tanh],
    ['lstm', lstmInputs, {}],
    ['gru', gruInputs, {}],
  ] as const)('%s: no gradient of the input of the first layer', (name, inputs, settings) => {
    const { calls, shapes } = emitted(name, inputs, [false, true, true, true, true, false], settings)
    expect(calls).toEqual([
      { op: `${name}Gradient`, attributes: { ...settings, inputGradient: false, weightGradient: true } },
    ])
    const weights = inputs.slice(1, 5).map((type) => type.dims)
    expect(shapes).toEqual([null, ...weights, null])
  })

  it('gru: only the input', () => {
    const { calls, shapes } = emitted('gru', gruInputs, [true, false, false, false, false, false])
    expect(calls).toEqual([{ op: 'gruGradient', attributes: { inputGradient: true, weightGradient: false } }])
    expect(shapes).toEqual([['T', 'B', 6], null, null, null, null, null])
  })
})
