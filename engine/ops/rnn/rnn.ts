import { invariant } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import {
  recurrentFlops,
  recurrentGradient,
  recurrentGradientFlops,
  recurrentGradientInputs,
  recurrentGradientOutputs,
  recurrentGradientScratch,
  recurrentInputs,
  recurrentScratch,
} from '../recurrent/recurrentRules'
import { f32, textAttribute } from '../valueRules'

const GATES = 1

/** Reads attribute `nonlinearity`. */
export function rnnNonlinearity(attributes: Attributes): 'tanh' | 'relu' {
  const nonlinearity = textAttribute('rnn', attributes, 'nonlinearity')
  invariant(nonlinearity === 'tanh' || nonlinearity === 'relu', `rnn: unknown nonlinearity ${nonlinearity}`)
  return nonlinearity
}

/**
 * Plain recurrent layer over a whole sequence (Elman 1990, PyTorch's `RNN`), from a zero state: h = f(W_ih x + b_ih + W_hh h + b_hh),
 * f by attribute `nonlinearity`. Inputs: x [T, B, I], weight_ih [H, I], weight_hh [H, H], bias_ih [H], bias_hh [H], lengths
 * i32 [B]. Output: y [T, B, H], 0 past an example's length.
 */
export const rnn = defineOp({
  name: 'rnn',
  infer(inputs, attributes) {
    rnnNonlinearity(attributes)
    const { time, rows, hidden } = recurrentInputs('rnn', inputs, GATES)
    return [f32(time, rows, hidden)]
  },
  gradient: (context) => recurrentGradient('rnnGradient', 1, context),
  flops: ([x], [y]) => recurrentFlops(x, GATES, y?.[2] ?? 0),
  scratch: ([x], [y]) => recurrentScratch(x, GATES, y?.[2] ?? 0),
})

/**
 * Inputs: x, weight_ih, weight_hh, lengths, y, dy. Outputs: dPre [T, B, H], the gradient before the nonlinearity; dx [T, B, I]
 * (attribute `inputGradient`); dWeight_ih, dWeight_hh, dBias_ih, dBias_hh (attribute `weightGradient`).
 */
export const rnnGradient = defineOp({
  name: 'rnnGradient',
  infer(inputs, attributes) {
    rnnNonlinearity(attributes)
    const dims = recurrentGradientInputs('rnnGradient', inputs, GATES, [])
    return recurrentGradientOutputs('rnnGradient', dims, [GATES], attributes)
  },
  flops: ([x, , weightHh], _, attributes) =>
    recurrentGradientFlops('rnnGradient', x, GATES, weightHh?.[1] ?? 0, attributes),
  scratch: ([x, , weightHh]) => recurrentGradientScratch(x, GATES, weightHh?.[1] ?? 0),
  inPlace: [{ output: 0, input: 5 }],
})
