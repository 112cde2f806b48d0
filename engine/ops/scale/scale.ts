import { invariant, present } from '../../base/invariant'
import type { Attributes } from '../../ir/program'
import { defineOp } from '../defineOp'
import { f32, floatInput } from '../valueRules'

/** y = x × factor, a number settled beforehand. Its gradient is the same op on dy. */
export const scale = defineOp({
  name: 'scale',
  infer(inputs, attributes) {
    scaleFactor(attributes)
    return [f32(...floatInput('scale', inputs, 0))]
  },
  gradient({ dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'scale: gradient without dy')
    return [emit('scale', [dy], attributes)[0] ?? null]
  },
  inPlace: [{ output: 0, input: 0 }],
})

export function scaleFactor({ factor }: Attributes): number {
  invariant(typeof factor === 'number', 'scale: factor must be a number')
  return factor
}
