import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/**
 * Inputs: prediction f32 [B, O], target f32 [B, O], lossScale f32 [1]. Outputs: loss [1] = lossScale × the sum over rows of the mean
 * squared difference over O; dPrediction [B, O], its gradient.
 */
export const meanSquaredError = defineOp({
  name: 'meanSquaredError',
  infer(inputs) {
    const prediction = floatInput('meanSquaredError', inputs, 0, 2)
    sameDims('meanSquaredError', 'target', floatInput('meanSquaredError', inputs, 1, 2), prediction)
    sameDims('meanSquaredError', 'lossScale', floatInput('meanSquaredError', inputs, 2, 1), [1])
    return [f32(1), f32(...prediction)]
  },
  gradient({ outputs, dOutputs, emit }) {
    const dLoss = present(dOutputs[0], 'meanSquaredError: gradient without the gradient of the loss')
    return [emit('scaleBy', [outputs[1] ?? null, dLoss])[0] ?? null, null, null]
  },
  inPlace: [{ output: 1, input: 0 }],
})
