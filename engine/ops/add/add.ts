import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/** y = a + b, both of the same shape. */
export const add = defineOp({
  name: 'add',
  infer(inputs) {
    const a = floatInput('add', inputs, 0)
    sameDims('add', 'b', floatInput('add', inputs, 1), a)
    return [f32(...a)]
  },
  gradient({ dOutputs }) {
    const dy = present(dOutputs[0], 'add: gradient without dy')
    return [dy, dy]
  },
  inPlace: [
    { output: 0, input: 0 },
    { output: 0, input: 1 },
  ],
})
