import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/**
 * Inputs: logits f32 [..., C], target i32 [...] (class, −1: ignored), lossScale f32 [1], and optionally the weight of each class
 * f32 [C]. Attributes, all optional: `ignored`, a class that does not count; `labelSmoothing` ε in [0, 1): the share of a target that is
 * spread over all classes. Outputs: loss [1] = lossScale × Σ over counted rows of (1 − ε) w[target] l[target] + ε/C Σₖ w[k] l[k] with
 * l = −log softmax(logits), as PyTorch's `cross_entropy` with `reduction='sum'`; dLogits [..., C], its gradient, 0 in other rows.
 */
export const crossEntropy = defineOp({
  name: 'crossEntropy',
  infer(inputs, attributes) {
    const logits = floatInput('crossEntropy', inputs, 0)
    sameDims('crossEntropy', 'target', integerInput('crossEntropy', inputs, 1), logits.slice(0, -1))
    sameDims('crossEntropy', 'lossScale', floatInput('crossEntropy', inputs, 2, 1), [1])
    if (inputs[3]) {
      sameDims('crossEntropy', 'weights', floatInput('crossEntropy', inputs, 3, 1), [dimAt('crossEntropy', logits, -1)])
    }
    const { labelSmoothing } = countingOf('crossEntropy', attributes)
    invariant(labelSmoothing >= 0 && labelSmoothing < 1, 'crossEntropy: label smoothing lies from 0 to below 1')
    return [f32(1), f32(...logits)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const dLoss = present(dOutputs[0], 'crossEntropy: gradient without the gradient of the loss')
    const [dLogits = null] = emit('scaleBy', [outputs[1] ?? null, dLoss])
    return inputs.map((_, index) => (index === 0 ? dLogits : null))
  },
  inPlace: [{ output: 1, input: 0 }],
})

/** The optional attributes of losses on classes; `ignored` −1 when no class is. */
export function countingOf(op: string, attributes: Attributes): { ignored: number; labelSmoothing: number } {
  return {
    ignored: attributes.ignored === undefined ? -1 : numberAttribute(op, attributes, 'ignored'),
    labelSmoothing: attributes.labelSmoothing === undefined ? 0 : numberAttribute(op, attributes, 'labelSmoothing'),
  }
}
