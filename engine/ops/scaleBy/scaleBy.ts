import { defineOp } from '../defineOp'
import { f32, floatInput, sameDims } from '../valueRules'

/** y = x × factor. Inputs: x of any shape, factor f32 [1]. Made by gradient rules only, so it has none itself. */
export const scaleBy = defineOp({
  name: 'scaleBy',
  infer(inputs) {
    const x = floatInput('scaleBy', inputs, 0)
    sameDims('scaleBy', 'factor', floatInput('scaleBy', inputs, 1, 1), [1])
    return [f32(...x)]
  },
  inPlace: [{ output: 0, input: 0 }],
})
