import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, sameDims } from '../valueRules'

/**
 * The pinball loss (Koenker & Bassett 1978). Inputs: prediction f32 [B, O·Q] (the Q quantiles of the first target, then of the next),
 * target f32 [B, O], lossScale f32 [1], quantiles f32 [Q] in (0, 1). Outputs: loss [1] = lossScale × Σ over rows of the mean over O·Q of
 * max(q e, (q − 1) e) with e = target − prediction; dPrediction [B, O·Q], its gradient, 0 where e is 0.
 */
export const quantileLoss = defineOp({
  name: 'quantileLoss',
  infer(inputs) {
    const prediction = floatInput('quantileLoss', inputs, 0, 2)
    const target = floatInput('quantileLoss', inputs, 1, 2)
    sameDims('quantileLoss', 'lossScale', floatInput('quantileLoss', inputs, 2, 1), [1])
    const quantiles = fixedDim('quantileLoss', floatInput('quantileLoss', inputs, 3, 1), 0)
    const width = fixedDim('quantileLoss', target, 1) * quantiles
    sameDims('quantileLoss', 'prediction', prediction, [dimAt('quantileLoss', target, 0), width])
    return [f32(1), f32(...prediction)]
  },
  gradient({ outputs, dOutputs, emit }) {
    const dLoss = present(dOutputs[0], 'quantileLoss: gradient without the gradient of the loss')
    return [emit('scaleBy', [outputs[1] ?? null, dLoss])[0] ?? null, null, null, null]
  },
  inPlace: [{ output: 1, input: 0 }],
})
