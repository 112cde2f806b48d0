import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

/** Steps that an attention map shows at most, in each direction. */
export const MAP_STEPS = 48

/**
 * How the first example's steps looked at each other: [S, S] with S = MAP_STEPS, rows looking, columns looked at, the mean over all heads;
 * −1 where either lies past the example or past S. Inputs: weights f32 [B, N, T, T], lengths i32 [B]. For telemetry; not
 * differentiable.
 */
export const attentionSample = defineOp({
  name: 'attentionSample',
  infer(inputs) {
    const weights = floatInput('attentionSample', inputs, 0, 4)
    const lengths = integerInput('attentionSample', inputs, 1, 1)
    sameDims('attentionSample', 'lengths', lengths, [dimAt('attentionSample', weights, 0)])
    return [f32(MAP_STEPS, MAP_STEPS)]
  },
})
