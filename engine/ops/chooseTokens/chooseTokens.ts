import { invariant } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { fixedDim, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/** The class with the largest score in each row; the first of equals. Input: scores [B, V]. Output: i32 [B]. */
export const largest = defineOp({
  name: 'largest',
  infer(inputs) {
    const scores = floatInput('largest', inputs, 0, 2)
    fixedDim('largest', scores, 1)
    return [{ dtype: 'i32', dims: scores.slice(0, 1) }]
  },
})

/**
 * Scheduled sampling (Bengio 2015): each row reads the right symbol with probability `share`, otherwise the one that the model said
 * itself; in step 0 always the right one. Inputs: right i32 [B], own i32 [B], randomSeed i32 [2], step i32 [1], share f32 [1]. Attribute
 * stream (unique in the program). Output: i32 [B]. The choice is a function of seed, stream, step and row alone, as in dropout.
 */
export const chooseTokens = defineOp({
  name: 'chooseTokens',
  infer(inputs, attributes) {
    const right = integerInput('chooseTokens', inputs, 0, 1)
    sameDims('chooseTokens', 'own', integerInput('chooseTokens', inputs, 1, 1), right)
    sameDims('chooseTokens', 'randomSeed', integerInput('chooseTokens', inputs, 2, 1), [2])
    sameDims('chooseTokens', 'step', integerInput('chooseTokens', inputs, 3, 1), [1])
    sameDims('chooseTokens', 'share', floatInput('chooseTokens', inputs, 4, 1), [1])
    const stream = numberAttribute('chooseTokens', attributes, 'stream')
    invariant(Number.isInteger(stream), 'chooseTokens: stream must be an integer')
    return [{ dtype: 'i32', dims: [...right] }]
  },
})
