import { invariant, present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { f32, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/**
 * y = x · mask / (1 − rate), mask 0 with probability `rate` (Srivastava 2014). Inputs: x of any shape, randomSeed i32 [2]. The
 * mask is a function of seed, attribute `stream` (unique in the program) and element index, so that backward makes it again: the
 * gradient is the same op on dy.
 */
export const dropout = defineOp({
  name: 'dropout',
  infer(inputs, attributes) {
    const x = floatInput('dropout', inputs, 0)
    sameDims('dropout', 'randomSeed', integerInput('dropout', inputs, 1, 1), [2])
    const rate = numberAttribute('dropout', attributes, 'rate')
    invariant(rate >= 0 && rate < 1, `dropout: rate ${rate} is not in [0, 1)`)
    invariant(Number.isInteger(numberAttribute('dropout', attributes, 'stream')), 'dropout: stream must be an integer')
    return [f32(...x)]
  },
  gradient({ inputs, dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'dropout: gradient without dy')
    return [emit('dropout', [dy, inputs[1] ?? null], attributes)[0] ?? null, null]
  },
  inPlace: [{ output: 0, input: 0 }],
})
