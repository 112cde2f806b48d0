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

const GATES = 4

/**
 * Long short-term memory over a whole sequence (Hochreiter & Schmidhuber 1997 with forget gate, PyTorch's `LSTM`), from a zero
 * state. Inputs: x [T, B, I], weight_ih [4H, I], weight_hh [4H, H], bias_ih [4H], bias_hh [4H], lengths i32 [B].
 * Outputs: y [T, B, H]; gates [T, B, 4H], activated, blocks i f g o; cells [T, B, H].
 * Past an example's length y and gates are 0 and cells repeat the last state.
 */
export const lstm = defineOp({
  name: 'lstm',
  infer(inputs) {
    const { time, rows, hidden } = recurrentInputs('lstm', inputs, GATES)
    return [f32(time, rows, hidden), f32(time, rows, GATES * hidden), f32(time, rows, hidden)]
  },
  gradient: (context) => recurrentGradient('lstmGradient', 1, context),
  flops: ([x], [y]) => recurrentFlops(x, GATES, y?.[2] ?? 0),
  scratch: ([x], [y]) => recurrentScratch(x, GATES, y?.[2] ?? 0),
})

/**
 * Inputs: x, weight_ih, weight_hh, lengths, y, gates, cells, dy. Outputs: dGates [T, B, 4H], the gradients of the gates before
 * activation; dx [T, B, I] (attribute `inputGradient`); dWeight_ih, dWeight_hh, dBias_ih, dBias_hh (attribute `weightGradient`).
 */
export const lstmGradient = defineOp({
  name: 'lstmGradient',
  infer(inputs, attributes) {
    const dims = recurrentGradientInputs('lstmGradient', inputs, GATES, [GATES, 1])
    return recurrentGradientOutputs('lstmGradient', dims, [GATES], attributes)
  },
  flops: ([x, , weightHh], _, attributes) =>
    recurrentGradientFlops('lstmGradient', x, GATES, weightHh?.[1] ?? 0, attributes),
  scratch: ([x, , weightHh]) => recurrentGradientScratch(x, GATES, weightHh?.[1] ?? 0),
  inPlace: [{ output: 0, input: 5 }],
})
