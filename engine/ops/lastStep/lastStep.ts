import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, floatInput, integerInput, sameDims } from '../valueRules'

/** y [B, F] = x [T, B, F] at each example's last valid step. Inputs: x, lengths i32 [B]. */
export const lastStep = defineOp({
  name: 'lastStep',
  infer(inputs) {
    const x = floatInput('lastStep', inputs, 0, 3)
    sameDims('lastStep', 'lengths', integerInput('lastStep', inputs, 1, 1), x.slice(1, 2))
    return [f32(...x.slice(1))]
  },
  gradient({ inputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'lastStep: gradient without dy')
    return [emit('lastStepGradient', [dy, inputs[1] ?? null])[0] ?? null, null]
  },
})

/** dx [T, B, F]: dy at the last valid step, 0 elsewhere. Inputs: dy [B, F], lengths i32 [B]. */
export const lastStepGradient = defineOp({
  name: 'lastStepGradient',
  infer(inputs) {
    const dy = floatInput('lastStepGradient', inputs, 0, 2)
    sameDims('lastStepGradient', 'lengths', integerInput('lastStepGradient', inputs, 1, 1), dy.slice(0, 1))
    return [f32('T', dimAt('lastStepGradient', dy, 0), dimAt('lastStepGradient', dy, 1))]
  },
})
