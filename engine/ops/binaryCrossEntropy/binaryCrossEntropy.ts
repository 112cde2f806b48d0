import { invariant, present } from '../../base/invariant'
import { countingOf } from '../crossEntropy/crossEntropy'
import { defineOp } from '../defineOp'
import { f32, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * Cross-entropy of two classes from one logit, that of class 1. Inputs: logit f32 [..., 1], target i32 [...] (0 or 1, −1: ignored),
 * lossScale f32 [1], and optionally the weight of both classes f32 [2]. Attributes as of `crossEntropy`. Outputs: loss [1] = lossScale ×
 * Σ over counted rows of −w[1] y log σ(x) − w[0] (1 − y) log(1 − σ(x)), where y is the target, moved by half of the label smoothing
 * towards the other class (PyTorch's `binary_cross_entropy_with_logits` of such targets); dLogit [..., 1], its gradient.
 */
export const binaryCrossEntropy = defineOp({
  name: 'binaryCrossEntropy',
  infer(inputs, attributes) {
    const logit = floatInput('binaryCrossEntropy', inputs, 0)
    invariant(logit.at(-1) === 1, 'binaryCrossEntropy: there is one logit')
    sameDims('binaryCrossEntropy', 'target', integerInput('binaryCrossEntropy', inputs, 1), logit.slice(0, -1))
    sameDims('binaryCrossEntropy', 'lossScale', floatInput('binaryCrossEntropy', inputs, 2, 1), [1])
    if (inputs[3]) sameDims('binaryCrossEntropy', 'weights', floatInput('binaryCrossEntropy', inputs, 3, 1), [2])
    const { labelSmoothing } = countingOf('binaryCrossEntropy', attributes)
    invariant(labelSmoothing >= 0 && labelSmoothing < 1, 'binaryCrossEntropy: label smoothing lies from 0 to below 1')
    return [f32(1), f32(...logit)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const dLoss = present(dOutputs[0], 'binaryCrossEntropy: gradient without the gradient of the loss')
    const [dLogit = null] = emit('scaleBy', [outputs[1] ?? null, dLoss])
    return inputs.map((_, index) => (index === 0 ? dLogit : null))
  },
  inPlace: [{ output: 1, input: 0 }],
})
