import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, integerInput, sameDims } from '../valueRules'

/** y [T, B, F]: x [B, F] at every valid time step, 0 past each example's length. Inputs: x, lengths i32 [B]. */
export const repeatOverTime = defineOp({
  name: 'repeatOverTime',
  infer(inputs) {
    const x = floatInput('repeatOverTime', inputs, 0, 2)
    sameDims('repeatOverTime', 'lengths', integerInput('repeatOverTime', inputs, 1, 1), x.slice(0, 1))
    return [f32('T', ...x)]
  },
  gradient({ inputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'repeatOverTime: gradient without dy')
    return [emit('repeatOverTimeGradient', [dy, inputs[1] ?? null])[0] ?? null, null]
  },
})

/** dx [B, F]: dy [T, B, F] summed over the valid time steps, in their order. Inputs: dy, lengths. */
export const repeatOverTimeGradient = defineOp({
  name: 'repeatOverTimeGradient',
  infer(inputs) {
    const dy = floatInput('repeatOverTimeGradient', inputs, 0, 3)
    sameDims('repeatOverTimeGradient', 'lengths', integerInput('repeatOverTimeGradient', inputs, 1, 1), dy.slice(1, 2))
    return [f32(...dy.slice(1))]
  },
})
