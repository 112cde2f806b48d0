import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/** y = a · b, element by element, both of the same shape. Backward needs both, so neither is overwritten. */
export const multiply = defineOp({
  name: 'multiply',
  infer(inputs) {
    const a = floatInput('multiply', inputs, 0)
    sameDims('multiply', 'b', floatInput('multiply', inputs, 1), a)
    return [f32(...a)]
  },
  gradient({ inputs, dOutputs, needed, emit }) {
    const dy = present(dOutputs[0], 'multiply: gradient without dy')
    const [a = null, b = null] = inputs
    const da = needed[0] ? emit('multiply', [dy, b])[0] : null
    const db = needed[1] ? emit('multiply', [dy, a])[0] : null
    return [da ?? null, db ?? null]
  },
})
