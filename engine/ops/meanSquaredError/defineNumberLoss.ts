import { present } from '../../base/invariant'
import { defineOp, type OpDefinition } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/**
 * A loss on numbers. Inputs: prediction f32 [B, O], target f32 [B, O], lossScale f32 [1]. Outputs: loss [1] = lossScale × the sum over
 * rows of the mean over O; dPrediction [B, O], its gradient.
 */
export function defineNumberLoss(name: string): OpDefinition {
  return defineOp({
    name,
    infer(inputs) {
      const prediction = floatInput(name, inputs, 0, 2)
      sameDims(name, 'target', floatInput(name, inputs, 1, 2), prediction)
      sameDims(name, 'lossScale', floatInput(name, inputs, 2, 1), [1])
      return [f32(1), f32(...prediction)]
    },
    gradient({ outputs, dOutputs, emit }) {
      const dLoss = present(dOutputs[0], `${name}: gradient without the gradient of the loss`)
      return [emit('scaleBy', [outputs[1] ?? null, dLoss])[0] ?? null, null, null]
    },
    inPlace: [{ output: 1, input: 0 }],
  })
}
