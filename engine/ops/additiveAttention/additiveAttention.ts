import { present } from '../../base/invariant'
import type { Attributes, ValueType } from '../../ir/program'
import { defineOp } from '../defineOp'
import { dimAt, f32, fixedDim, flagAttribute, floatInput, integerInput, sameDims } from '../valueRules'

type Inputs = readonly (ValueType | null)[]

/** Reads queries, keys, mark, memory and lengths. */
function operands(op: string, inputs: Inputs, attributes: Attributes) {
  const queries = floatInput(op, inputs, 0, 3)
  sameDims(op, 'keys', floatInput(op, inputs, 1, 3), queries)
  const mark = floatInput(op, inputs, 2, 2)
  sameDims(op, 'mark', mark, [1, fixedDim(op, queries, 2)])
  const memory = floatInput(op, inputs, 3, 3)
  const [time, rows] = [dimAt(op, queries, 0), dimAt(op, queries, 1)]
  sameDims(op, 'steps of the memory', memory.slice(0, 2), [time, rows])
  sameDims(op, 'lengths', integerInput(op, inputs, 4, 1), [rows])
  flagAttribute(op, attributes, 'causal')
  return { queries, mark, memory, weights: [rows, 1, time, time] as const }
}

/**
 * Additive attention (Bahdanau et al. 2015): score of step s for step t = mark · tanh(queries[t] + keys[s]); the softmax of the scores
 * blends the memory. Inputs: queries, keys f32 [T, B, A], mark [1, A], memory [T, B, M], lengths i32 [B]. Attribute causal: step t sees
 * the steps up to t only. Outputs: y [T, B, M]; weights [B, 1, T, T], rows queries, columns memory. Past an example's length nothing is
 * seen and nothing sees: y and weights are 0 there.
 */
export const additiveAttention = defineOp({
  name: 'additiveAttention',
  infer(inputs, attributes) {
    const { memory, weights } = operands('additiveAttention', inputs, attributes)
    return [f32(...memory), f32(...weights)]
  },
  gradient({ inputs, outputs, dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'additiveAttention: gradient without dy')
    const [queries = null, keys = null, mark = null, memory = null, lengths = null] = inputs
    const given = [queries, keys, mark, memory, lengths, outputs[1] ?? null, dy]
    const [dQueries = null, dKeys = null, dMark = null, dMemory = null] = emit(
      'additiveAttentionGradient',
      given,
      attributes,
    )
    return [dQueries, dKeys, dMark, dMemory, null]
  },
  flops: ([queries], [y], { causal }) => pairFlops(queries, y, causal === true) * 4,
})

/** Inputs: queries, keys, mark, memory, lengths, weights, dy. Outputs: dQueries, dKeys, dMark, dMemory. */
export const additiveAttentionGradient = defineOp({
  name: 'additiveAttentionGradient',
  infer(inputs, attributes) {
    const op = 'additiveAttentionGradient'
    const { queries, mark, memory, weights } = operands(op, inputs, attributes)
    sameDims(op, 'weights', floatInput(op, inputs, 5, 4), weights)
    sameDims(op, 'dy', floatInput(op, inputs, 6, 3), memory)
    return [f32(...queries), f32(...queries), f32(...mark), f32(...memory)]
  },
  flops: ([queries], outputs, { causal }) => pairFlops(queries, outputs[3], causal === true) * 8,
  // One row of gradients of scores, and the gradient of the mark that one query adds.
  scratch: ([queries]) => Math.ceil((queries?.[0] ?? 0) / 8) * 8 + (queries?.[2] ?? 0),
})

type Bound = readonly number[] | null | undefined

/** Numbers that all pairs of steps look at, in queries and in the memory. */
function pairFlops(queries: Bound, memory: Bound, causal: boolean): number {
  const [time = 0, rows = 0, width = 0] = queries ?? []
  return (time * time * rows * (width + (memory?.[2] ?? 0))) / (causal ? 2 : 1)
}
