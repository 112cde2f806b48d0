import { invariant, present } from '../../base/invariant'
import type { Attributes, Dim, ValueType } from '../../ir/program'
import { defineOp } from '../defineOp'
import { PRODUCT_WORK, packedSize } from '../product/packing'
import { dimAt, f32, fixedDim, flagAttribute, floatInput, integerInput, numberAttribute, sameDims } from '../valueRules'

/** Queries whose scores are made, pressed and used before the next: their rows of T scores stay in the cache (attention.as.ts). */
export const BLOCK_QUERIES = 32

type Inputs = readonly (ValueType | null)[]

/** Reads q, k, v, attribute `heads` and, where weights are dropped, the seed at input `seedAt`. */
function operands(op: string, inputs: Inputs, seedAt: number, attributes: Attributes) {
  const q = floatInput(op, inputs, 0, 3)
  const together = (inputs[1] ?? null) === null && (inputs[2] ?? null) === null
  const width = fixedDim(op, q, -1) / (together ? 3 : 1)
  const heads = attentionHeads(op, attributes)
  invariant(Number.isInteger(width / heads), `${op}: ${width} features do not fall into ${heads} heads`)
  if (!together) for (const index of [1, 2]) sameDims(op, 'keys and values', floatInput(op, inputs, index, 3), q)
  const [time, rows]: [Dim, Dim] = [dimAt(op, q, 0), dimAt(op, q, 1)]
  sameDims(op, 'lengths', integerInput(op, inputs, 3, 1), [rows])
  flagAttribute(op, attributes, 'causal')
  const { rate } = attentionDropout(op, attributes)
  if (rate > 0) sameDims(op, 'randomSeed', integerInput(op, inputs, seedAt, 1), [2])
  return { q, together, width, weights: [rows, heads, time, time] as const, y: [time, rows, width] as const }
}

export function attentionHeads(op: string, attributes: Attributes): number {
  const heads = numberAttribute(op, attributes, 'heads')
  invariant(Number.isInteger(heads) && heads >= 1, `${op}: ${heads} heads`)
  return heads
}

/** Attributes `rate` and `stream` as of the op dropout; rate 0 where both are absent. */
export function attentionDropout(op: string, attributes: Attributes): { rate: number; stream: number } {
  if (attributes.rate === undefined) return { rate: 0, stream: 0 }
  const rate = numberAttribute(op, attributes, 'rate')
  const stream = numberAttribute(op, attributes, 'stream')
  invariant(rate >= 0 && rate < 1 && Number.isInteger(stream), `${op}: rate ${rate}, stream ${stream}`)
  return { rate, stream }
}

/**
 * Scaled dot-product attention (Vaswani et al. 2017): in each head softmax(q · kᵀ / √D) · v. Inputs: q, k, v f32 [T, B, N·D], lengths
 * i32 [B]; or q, k and v side by side as one [T, B, 3·N·D], then k and v are null; randomSeed i32 [2] where weights are dropped.
 * Attributes: heads N; causal: step t sees the steps up to t only; rate and stream: the weights are dropped before they meet v as the
 * op dropout would drop them (PyTorch's MultiheadAttention), with no mask in memory. Outputs: y [T, B, N·D]; weights [B, N, T, T], rows
 * queries, columns keys, what softmax gave, before any is dropped.
 * Past an example's length nothing is seen and nothing sees: y and weights are 0 there.
 */
export const attention = defineOp({
  name: 'attention',
  infer(inputs, attributes) {
    const { y, weights } = operands('attention', inputs, 4, attributes)
    return [f32(...y), f32(...weights)]
  },
  gradient({ inputs, outputs, dOutputs, attributes, emit }) {
    const dy = present(dOutputs[0], 'attention: gradient without dy')
    const [q = null, k = null, v = null, lengths = null, seed = null] = inputs
    const [dq = null, dk = null, dv = null] = emit(
      'attentionGradient',
      [q, k, v, lengths, outputs[1] ?? null, dy, ...(seed === null ? [] : [seed])],
      attributes,
    )
    return [dq, dk, dv, null, null].slice(0, inputs.length)
  },
  flops: (_, [, weights], attributes) => productFlops(2, weights, width(_, attributes), attributes),
  scratch: ([q, k], _, attributes) => {
    const { time, depth } = headSizes(q, k, attributes)
    const dropped = attentionDropout('attention', attributes).rate > 0 ? blockSize(time) : 0
    return packedSize(depth, time) + packedSize(time, depth) + dropped + PRODUCT_WORK
  },
})

/** Inputs: q, k, v, lengths, weights, dy, and randomSeed where weights are dropped. Outputs: dq, dk, dv; or, where q, k and v lie side by side, all three so as one. */
export const attentionGradient = defineOp({
  name: 'attentionGradient',
  infer(inputs, attributes) {
    const op = 'attentionGradient'
    const { q, together, y, weights } = operands(op, inputs, 6, attributes)
    sameDims(op, 'weights', floatInput(op, inputs, 4, 4), weights)
    sameDims(op, 'dy', floatInput(op, inputs, 5, 3), y)
    return together ? [f32(...q)] : [f32(...q), f32(...q), f32(...q)]
  },
  flops: (inputs, _, attributes) => productFlops(4, inputs[4], width(inputs, attributes), attributes),
  scratch: ([q, k], _, attributes) => {
    const { time, depth } = headSizes(q, k, attributes)
    return blockSize(time) + packedSize(depth, time) + 3 * packedSize(time, depth) + PRODUCT_WORK
  },
})

/** Elements of the weights of a block of queries. */
function blockSize(time: number): number {
  return Math.ceil((BLOCK_QUERIES * time) / 16) * 16
}

type Bound = readonly number[] | null | undefined

function width([q, k]: readonly Bound[], attributes: Attributes): number {
  return headSizes(q, k, attributes).depth
}

function headSizes(q: Bound, k: Bound, attributes: Attributes): { time: number; depth: number } {
  const features = (q?.[2] ?? 0) / (k ? 1 : 3)
  return { time: q?.[0] ?? 0, depth: features / attentionHeads('attention', attributes) }
}

/** `products` of T × T × D in every head; half of it where the future is hidden. */
function productFlops(products: number, weights: Bound, depth: number, { causal }: Attributes): number {
  const scores = (weights ?? []).reduce((product, dim) => product * dim, 1)
  return (products * 2 * scores * depth) / (causal === true ? 2 : 1)
}
