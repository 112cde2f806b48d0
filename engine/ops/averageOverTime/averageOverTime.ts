import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

/** y [B, F] = mean of x [T, B, F] over each example's valid steps. Inputs: x, lengths i32 [B]. */
export const averageOverTime = defineOp({
  name: 'averageOverTime',
  infer(inputs) {
    const x = floatInput('averageOverTime', inputs, 0, 3)
    sameDims('averageOverTime', 'lengths', integerInput('averageOverTime', inputs, 1, 1), x.slice(1, 2))
    return [f32(...x.slice(1))]
  },
  gradient({ inputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'averageOverTime: gradient without dy')
    return [emit('averageOverTimeGradient', [dy, inputs[1] ?? null])[0] ?? null, null]
  },
})

/** dx [T, B, F] = dy / length at the valid steps, 0 past them. Inputs: dy [B, F], lengths i32 [B]. */
export const averageOverTimeGradient = defineOp({
  name: 'averageOverTimeGradient',
  infer(inputs) {
    const dy = floatInput('averageOverTimeGradient', inputs, 0, 2)
    sameDims(
      'averageOverTimeGradient',
      'lengths',
      integerInput('averageOverTimeGradient', inputs, 1, 1),
      dy.slice(0, 1),
    )
    return [f32('T', dimAt('averageOverTimeGradient', dy, 0), dimAt('averageOverTimeGradient', dy, 1))]
  },
})
