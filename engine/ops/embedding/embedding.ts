import { present } from '../../base/invariant'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/**
 * y [T, B, E] = rows of weight [V, E] chosen by tokens i32 [T, B]. Inputs: tokens, weight, and optionally lengths i32 [B]:
 * with it the steps past an example's length are 0.
 */
export const embedding = defineOp({
  name: 'embedding',
  infer(inputs) {
    const tokens = integerInput('embedding', inputs, 0, 2)
    const weight = floatInput('embedding', inputs, 1, 2)
    if (inputs[2]) sameDims('embedding', 'lengths', integerInput('embedding', inputs, 2, 1), tokens.slice(1))
    return [f32(...tokens, dimAt('embedding', weight, 1))]
  },
  gradient({ inputs, dOutputs, needed, type, emit }) {
    const weight = present(inputs[1], 'embedding: no weight')
    const dy = present(dOutputs[0], 'embedding: gradient without dy')
    const vocabulary = fixedDim('embedding', type(weight).dims, 0)
    const dWeight = needed[1]
      ? emit('embeddingGradient', [inputs[0] ?? null, inputs[2] ?? null, dy], { vocabulary })[0]
      : null
    return inputs.map((_, index) => (index === 1 ? (dWeight ?? null) : null))
  },
})

/** dWeight [vocabulary, E]: the rows of dy summed by token, in the order of time, then row. Inputs: tokens, lengths or null, dy. */
export const embeddingGradient = defineOp({
  name: 'embeddingGradient',
  infer(inputs, attributes) {
    const tokens = integerInput('embeddingGradient', inputs, 0, 2)
    if (inputs[1])
      sameDims('embeddingGradient', 'lengths', integerInput('embeddingGradient', inputs, 1, 1), tokens.slice(1))
    const dy = floatInput('embeddingGradient', inputs, 2, 3)
    sameDims('embeddingGradient', 'dy', dy.slice(0, 2), tokens)
    return [f32(numberAttribute('embeddingGradient', attributes, 'vocabulary'), dimAt('embeddingGradient', dy, 2))]
  },
})
