import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * y [B, F] = the largest of x [T, B, F] over each example's valid steps, 0 for an example without any; steps i32 [B, F]: where it
 * stands, the first of several, −1 for an example without any. A value that is not a number is larger than every number. Inputs: x,
 * lengths i32 [B].
 */
export const maxOverTime = defineOp({
  name: 'maxOverTime',
  infer(inputs) {
    const x = floatInput('maxOverTime', inputs, 0, 3)
    sameDims('maxOverTime', 'lengths', integerInput('maxOverTime', inputs, 1, 1), x.slice(1, 2))
    return [f32(...x.slice(1)), { dtype: 'i32', dims: x.slice(1) }]
  },
  gradient({ outputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'maxOverTime: gradient without dy')
    return [emit('maxOverTimeGradient', [dy, outputs[1] ?? null])[0] ?? null, null]
  },
})

/** dx [T, B, F]: dy where the largest stands, 0 elsewhere. Inputs: dy [B, F], steps i32 [B, F]. */
export const maxOverTimeGradient = defineOp({
  name: 'maxOverTimeGradient',
  infer(inputs) {
    const dy = floatInput('maxOverTimeGradient', inputs, 0, 2)
    sameDims('maxOverTimeGradient', 'steps', integerInput('maxOverTimeGradient', inputs, 1, 2), dy)
    return [f32('T', dimAt('maxOverTimeGradient', dy, 0), dimAt('maxOverTimeGradient', dy, 1))]
  },
})
