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
import { f32 } from '../valueRules'

const GATES = 3

/**
 * Gated recurrent unit over a whole sequence (Cho 2014, reset after the product as in PyTorch's `GRU`), from a zero state.
 * Inputs: x [T, B, I], weight_ih [3H, I], weight_hh [3H, H], bias_ih [3H], bias_hh [3H], lengths i32 [B].
 * Outputs: y [T, B, H]; gates [T, B, 3H], activated, blocks r z n; hidden [T, B, H] = W_hn h + b_hn, what r multiplies.
 * Past an example's length y, gates and hidden are 0.
 */
export const gru = defineOp({
  name: 'gru',
  infer(inputs) {
    const { time, rows, hidden } = recurrentInputs('gru', inputs, GATES)
    return [f32(time, rows, hidden), f32(time, rows, GATES * hidden), f32(time, rows, hidden)]
  },
  gradient: (context) => recurrentGradient('gruGradient', 2, context),
  flops: ([x], [y]) => recurrentFlops(x, GATES, y?.[2] ?? 0),
  scratch: ([x], [y]) => recurrentScratch(x, GATES, y?.[2] ?? 0),
})

/**
 * Inputs: x, weight_ih, weight_hh, lengths, y, gates, hidden, dy. Outputs: dGates [T, B, 3H], the gradients of the gates before
 * activation; dHidden [T, B, H]; dx [T, B, I] (attribute `inputGradient`); dWeight_ih, dWeight_hh, dBias_ih, dBias_hh (attribute
 * `weightGradient`).
 */
export const gruGradient = defineOp({
  name: 'gruGradient',
  infer(inputs, attributes) {
    const dims = recurrentGradientInputs('gruGradient', inputs, GATES, [GATES, 1])
    return recurrentGradientOutputs('gruGradient', dims, [GATES, 1], attributes)
  },
  flops: ([x, , weightHh], _, attributes) =>
    recurrentGradientFlops('gruGradient', x, GATES, weightHh?.[1] ?? 0, attributes),
  scratch: ([x, , weightHh]) => recurrentGradientScratch(x, GATES, weightHh?.[1] ?? 0),
  inPlace: [
    { output: 0, input: 5 },
    { output: 1, input: 6 },
  ],
})
