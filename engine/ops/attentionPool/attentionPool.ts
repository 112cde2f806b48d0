import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * y [B, F] = Σ over the valid steps of softmax(scores) · x: one vector for each example, in which every step has the weight that its
 * score gives it. Inputs: x [T, B, F], scores [T, B, 1], lengths i32 [B]. Outputs: y [B, F]; weights [T, B, 1], 0 past the lengths.
 */
export const attentionPool = defineOp({
  name: 'attentionPool',
  infer(inputs) {
    const op = 'attentionPool'
    const x = floatInput(op, inputs, 0, 3)
    const [time, rows] = [dimAt(op, x, 0), dimAt(op, x, 1)]
    sameDims(op, 'scores', floatInput(op, inputs, 1, 3), [time, rows, 1])
    sameDims(op, 'lengths', integerInput(op, inputs, 2, 1), [rows])
    return [f32(rows, dimAt(op, x, 2)), f32(time, rows, 1)]
  },
  gradient({ inputs, outputs, dOutputs, emit }) {
    const [x = null, , lengths = null] = inputs
    const dy = present(dOutputs[0], 'attentionPool: gradient without dy')
    const [dx = null, dScores = null] = emit('attentionPoolGradient', [x, outputs[1] ?? null, lengths, dy])
    return [dx, dScores, null]
  },
})

/** Inputs: x, weights, lengths, dy [B, F]. Outputs: dx [T, B, F], dScores [T, B, 1]; 0 past the lengths. */
export const attentionPoolGradient = defineOp({
  name: 'attentionPoolGradient',
  infer(inputs) {
    const op = 'attentionPoolGradient'
    const x = floatInput(op, inputs, 0, 3)
    const weights = [dimAt(op, x, 0), dimAt(op, x, 1), 1]
    sameDims(op, 'weights', floatInput(op, inputs, 1, 3), weights)
    sameDims(op, 'lengths', integerInput(op, inputs, 2, 1), x.slice(1, 2))
    sameDims(op, 'dy', floatInput(op, inputs, 3, 2), x.slice(1))
    return [f32(...x), f32(...weights)]
  },
})
