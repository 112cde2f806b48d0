import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, sameDims } from '../valueRules'

/**
 * One step of an LSTM without its products, as PyTorch's `LSTMCell`: c' = σ(f) ⊙ c + σ(i) ⊙ tanh(g), h' = σ(o) ⊙ tanh(c'). Inputs: sums
 * [B, 4H] of both products and biases, in blocks i f g o; c [B, H]. Outputs: h' [B, H], c' [B, H], gates [B, 4H] after activation. For
 * the bodies of a scan.
 */
export const lstmCell = defineOp({
  name: 'lstmCell',
  infer(inputs) {
    const c = floatInput('lstmCell', inputs, 1, 2)
    const wide = [dimAt('lstmCell', c, 0), 4 * fixedDim('lstmCell', c, 1)]
    sameDims('lstmCell', 'sums', floatInput('lstmCell', inputs, 0, 2), wide)
    return [f32(...c), f32(...c), f32(...wide)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const [, c = null] = inputs
    const [, next = null, gates = null] = outputs
    return emit('lstmCellGradient', [gates, c, next, dOutputs[0] ?? null, dOutputs[1] ?? null])
  },
})

/** Inputs: gates, c, c', dh' or null, dc' or null. Outputs: dSums [B, 4H], dc [B, H]. */
export const lstmCellGradient = defineOp({
  name: 'lstmCellGradient',
  infer(inputs) {
    const c = floatInput('lstmCellGradient', inputs, 1, 2)
    const wide = [dimAt('lstmCellGradient', c, 0), 4 * fixedDim('lstmCellGradient', c, 1)]
    sameDims('lstmCellGradient', 'gates', floatInput('lstmCellGradient', inputs, 0, 2), wide)
    sameDims('lstmCellGradient', 'c’', floatInput('lstmCellGradient', inputs, 2, 2), c)
    if (inputs[3]) sameDims('lstmCellGradient', 'dh’', floatInput('lstmCellGradient', inputs, 3, 2), c)
    if (inputs[4]) sameDims('lstmCellGradient', 'dc’', floatInput('lstmCellGradient', inputs, 4, 2), c)
    return [f32(...wide), f32(...c)]
  },
})
