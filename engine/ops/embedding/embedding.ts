import { invariant, present } from '../../base/invariant'
import type { Attributes, Dim } from '../../ir/program'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/**
 * y [T, B, E] = rows of weight [V, E] chosen by tokens i32 [T, B]. Inputs: tokens, weight, and optionally lengths i32 [B]:
 * with it the steps past an example's length are 0. Attribute `padding`, optional: a token that gives 0 and whose row gets no gradient
 * (PyTorch's `padding_idx`, whose row is 0). In the body of a scan, tokens of one step: i32 [B] → [B, E].
 */
export const embedding = defineOp({
  name: 'embedding',
  infer(inputs) {
    const tokens = tokensOf('embedding', inputs)
    const weight = floatInput('embedding', inputs, 1, 2)
    if (inputs[2]) sameDims('embedding', 'lengths', integerInput('embedding', inputs, 2, 1), tokens.slice(1))
    return [f32(...tokens, dimAt('embedding', weight, 1))]
  },
  gradient({ inputs, dOutputs, attributes, needed, type, emit }) {
    const weight = present(inputs[1], 'embedding: no weight')
    const dy = present(dOutputs[0], 'embedding: gradient without dy')
    const vocabulary = fixedDim('embedding', type(weight).dims, 0)
    const dWeight = needed[1]
      ? emit('embeddingGradient', [inputs[0] ?? null, inputs[2] ?? null, dy], { ...attributes, vocabulary })[0]
      : null
    return inputs.map((_, index) => (index === 1 ? (dWeight ?? null) : null))
  },
})

/** Attribute `padding` of an embedding and its gradient; −1: there is none. */
export function paddingOf(attributes: Attributes): number {
  return attributes.padding === undefined ? -1 : numberAttribute('embedding', attributes, 'padding')
}

/**
 * dWeight [vocabulary, E]: the rows of dy summed by token, in the order of time, then row; 0 for `padding`. Inputs: tokens, lengths or
 * null, dy.
 */
export const embeddingGradient = defineOp({
  name: 'embeddingGradient',
  infer(inputs, attributes) {
    const tokens = tokensOf('embeddingGradient', inputs)
    if (inputs[1])
      sameDims('embeddingGradient', 'lengths', integerInput('embeddingGradient', inputs, 1, 1), tokens.slice(1))
    const dy = floatInput('embeddingGradient', inputs, 2, tokens.length + 1)
    sameDims('embeddingGradient', 'dy', dy.slice(0, -1), tokens)
    return [f32(numberAttribute('embeddingGradient', attributes, 'vocabulary'), dimAt('embeddingGradient', dy, -1))]
  },
})

/** [T, B], or [B] of one step. */
function tokensOf(op: string, inputs: Parameters<typeof integerInput>[1]): readonly Dim[] {
  const tokens = integerInput(op, inputs, 0)
  invariant(tokens.length === 1 || tokens.length === 2, `${op}: tokens cannot be [${tokens.join(', ')}]`)
  return tokens
}
