import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * Inputs: logits f32 [..., C], target i32 [...] (class, −1: ignored), lossScale f32 [1]. Outputs: loss [1] = lossScale × the sum over
 * counted rows of −log softmax(logits)[target]; dLogits [..., C], its gradient, 0 in ignored rows.
 */
export const crossEntropy = defineOp({
  name: 'crossEntropy',
  infer(inputs) {
    const logits = floatInput('crossEntropy', inputs, 0)
    sameDims('crossEntropy', 'target', integerInput('crossEntropy', inputs, 1), logits.slice(0, -1))
    sameDims('crossEntropy', 'lossScale', floatInput('crossEntropy', inputs, 2, 1), [1])
    return [f32(1), f32(...logits)]
  },
  gradient({ outputs, dOutputs, emit }) {
    const dLoss = present(dOutputs[0], 'crossEntropy: gradient without the gradient of the loss')
    return [emit('scaleBy', [outputs[1] ?? null, dLoss])[0] ?? null, null, null]
  },
  inPlace: [{ output: 1, input: 0 }],
})
