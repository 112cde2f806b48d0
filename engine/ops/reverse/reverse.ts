import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * y [T, B, F] = x with the valid steps of each example in reverse order, 0 past them. Inputs: x, lengths i32 [B]. Its gradient is the
 * same op.
 */
export const reverse = defineOp({
  name: 'reverse',
  infer(inputs) {
    const x = floatInput('reverse', inputs, 0, 3)
    sameDims('reverse', 'lengths', integerInput('reverse', inputs, 1, 1), x.slice(1, 2))
    return [f32(...x)]
  },
  gradient({ inputs, dOutputs, emit }) {
    const dy = present(dOutputs[0], 'reverse: gradient without dy')
    return [emit('reverse', [dy, inputs[1] ?? null])[0] ?? null, null]
  },
})
