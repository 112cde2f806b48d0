import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, sameDims } from '../valueRules'

/**
 * One step of a GRU without its products, as PyTorch's `GRUCell`: r = σ(x_r + s_r), z = σ(x_z + s_z), n = tanh(x_n + r ⊙ s_n),
 * h' = (1 − z) ⊙ n + z ⊙ h. Inputs: fromInput [B, 3H] (x) and fromState [B, 3H] (s), both with their biases, in blocks r z n; h [B, H].
 * Outputs: h' [B, H], gates [B, 3H] (r z n after activation). For the bodies of a scan.
 */
export const gruCell = defineOp({
  name: 'gruCell',
  infer(inputs) {
    const h = floatInput('gruCell', inputs, 2, 2)
    const wide = [dimAt('gruCell', h, 0), 3 * fixedDim('gruCell', h, 1)]
    sameDims('gruCell', 'fromInput', floatInput('gruCell', inputs, 0, 2), wide)
    sameDims('gruCell', 'fromState', floatInput('gruCell', inputs, 1, 2), wide)
    return [f32(...h), f32(...wide)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const dNext = present(dOutputs[0], 'gruCell: gradient without dh’')
    const [, fromState = null, h = null] = inputs
    return emit('gruCellGradient', [outputs[1] ?? null, fromState, h, dNext])
  },
})

/** Inputs: gates, fromState, h, dh' [B, H]. Outputs: dFromInput [B, 3H], dFromState [B, 3H], dh [B, H]. */
export const gruCellGradient = defineOp({
  name: 'gruCellGradient',
  infer(inputs) {
    const h = floatInput('gruCellGradient', inputs, 2, 2)
    const wide = [dimAt('gruCellGradient', h, 0), 3 * fixedDim('gruCellGradient', h, 1)]
    sameDims('gruCellGradient', 'gates', floatInput('gruCellGradient', inputs, 0, 2), wide)
    sameDims('gruCellGradient', 'fromState', floatInput('gruCellGradient', inputs, 1, 2), wide)
    sameDims('gruCellGradient', 'dh’', floatInput('gruCellGradient', inputs, 3, 2), h)
    return [f32(...wide), f32(...wide), f32(...h)]
  },
})
