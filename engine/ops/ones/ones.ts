import { invariant } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, numberAttribute } from '../valueRules'

/** f32 [B, F] = 1, F by attribute `features`: what a mask for whole sequences is dropped out of. */
export const ones = defineOp({
  name: 'ones',
  infer(_, attributes) {
    const features = numberAttribute('ones', attributes, 'features')
    invariant(Number.isInteger(features) && features > 0, `ones: cannot be ${features} wide`)
    return [f32('B', features)]
  },
})
