import { defineOp } from '../defineOp'
import { f32 } from '../valueRules'

/** f32 [1] = 1: the gradient of the loss with respect to itself, where backward begins. */
export const one = defineOp({
  name: 'one',
  infer: () => [f32(1)],
})
