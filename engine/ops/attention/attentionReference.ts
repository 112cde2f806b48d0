import { dropThreshold, keptScale, type MaskKeys, maskKeys, randomBits } from '../dropout/mask'
import type { KernelCall, KernelFactory, Span } from '../kernel'
import {
  dimOf,
  inputFloats,
  inputIntegers,
  inputSpan,
  Matrix,
  matrixOf,
  outputFloats,
  outputSpan,
} from '../kernelViews'
import { multiply } from '../product/productReference'
import { flagAttribute } from '../valueRules'
import { attentionDropout, attentionHeads } from './attention'

/** One head of one example: queries, keys and values [T, D] each, scattered over the whole sequence. */
interface Head {
  row: number
  parts: readonly Matrix[]
}

export const attentionReference: KernelFactory = (call) => {
  const { time, heads, lengths, causal, scale, inputs, headsOf, weightsOf } = bind(call)
  const kept = bindDropout(call, 4, time)
  const weights = outputFloats(call, 1) // [B, N, T, T]
  const y = outputFloats(call, 0)
  const results = headsOf([outputSpan(call, 0)])
  const steps = inputs.map(({ row, parts }, index) => {
    const [q, k, v] = parts
    const result = results[index]?.parts[0]
    if (!q || !k || !v || !result) return () => {}
    const scores = weightsOf(weights, index)
    const keys = k.transposed()
    return () => {
      const keptOf = kept(index)
      multiply(q, keys, scores)
      const length = lengths.at(row)
      for (let t = 0; t < time; t++) softmaxRow(scores, t, seen(t, length, causal), scale)
      for (let t = 0; t < length; t++) {
        for (let column = 0; column < v.columns; column++) {
          let sum = 0
          for (let key = 0; key < seen(t, length, causal); key++) {
            sum += scores.at(t, key) * keptOf(t, key) * v.at(key, column)
          }
          result.set(t, column, sum)
        }
      }
    }
  })
  return () => {
    y.fill(0)
    for (let index = 0; index < heads; index++) steps[index]?.()
  }
}

export const attentionGradientReference: KernelFactory = (call) => {
  const { time, heads, lengths, causal, scale, inputs, headsOf, weightsOf } = bind(call)
  const kept = bindDropout(call, 6, time)
  const weights = inputFloats(call, 4) // [B, N, T, T]
  const slopes = headsOf([inputSpan(call, 5)])
  const gradients = headsOf(call.outputs)
  const dScores = Matrix.zeros(time, time)
  const steps = inputs.map(({ row, parts }, index) => {
    const [q, k, v] = parts
    const [dq, dk, dv] = gradients[index]?.parts ?? []
    const dy = slopes[index]?.parts[0]
    if (!q || !k || !v || !dq || !dk || !dv || !dy) return () => {}
    const probabilities = weightsOf(weights, index)
    return () => {
      const keptOf = kept(index)
      const length = lengths.at(row)
      dScores.fill(0)
      for (let t = 0; t < length; t++) {
        const visible = seen(t, length, causal)
        const slope = (key: number) => {
          let sum = 0
          for (let column = 0; column < v.columns; column++) sum += dy.at(t, column) * v.at(key, column)
          return sum * keptOf(t, key)
        }
        let mean = 0
        for (let key = 0; key < visible; key++) mean += slope(key) * probabilities.at(t, key)
        for (let key = 0; key < visible; key++) {
          dScores.set(t, key, probabilities.at(t, key) * (slope(key) - mean) * scale)
        }
      }
      for (let t = 0; t < length; t++) {
        for (let column = 0; column < q.columns; column++) {
          let [query, key, value] = [0, 0, 0]
          for (let other = 0; other < length; other++) {
            query += dScores.at(t, other) * k.at(other, column)
            key += dScores.at(other, t) * q.at(other, column)
            value += probabilities.at(other, t) * keptOf(other, t) * dy.at(other, column)
          }
          dq.set(t, column, query)
          dk.set(t, column, key)
          dv.set(t, column, value)
        }
      }
    }
  })
  const outputs = call.outputs.map((_, index) => outputFloats(call, index))
  return () => {
    for (const output of outputs) output.fill(0)
    for (let index = 0; index < heads; index++) steps[index]?.()
  }
}

/**
 * What dropout multiplies the weights with: for head `index` of [B, N] of a step, the factor of query t and key. Every run of the
 * kernel asks for it anew, since the seed changes.
 */
function bindDropout(
  call: KernelCall,
  seedAt: number,
  time: number,
): (index: number) => (t: number, key: number) => number {
  const { rate, stream } = attentionDropout('attention', call.attributes)
  if (rate === 0) return () => () => 1
  const seed = inputIntegers(call, seedAt)
  const [threshold, scale] = [dropThreshold(rate), keptScale(rate)]
  return (index) => {
    const keys: MaskKeys = maskKeys(seed.at(0), seed.at(1), stream)
    const first = index * time * time
    return (t, key) => (randomBits(keys, first + t * time + key) < threshold ? 0 : scale)
  }
}

/** How many keys, from the first on, step t looks at. */
function seen(t: number, length: number, causal: boolean): number {
  return t >= length ? 0 : causal ? t + 1 : length
}

/** Row t of the scores → probabilities of its first `visible` keys, the rest 0. */
function softmaxRow(scores: Matrix, t: number, visible: number, scale: number): void {
  let most = Number.NEGATIVE_INFINITY
  for (let key = 0; key < visible; key++) most = Math.max(most, scores.at(t, key))
  let sum = 0
  for (let key = 0; key < visible; key++) sum += Math.exp((scores.at(t, key) - most) * scale)
  for (let key = 0; key < scores.columns; key++) {
    scores.set(t, key, key < visible ? Math.exp((scores.at(t, key) - most) * scale) / sum : 0)
  }
}

/** What both directions share: sizes, and the inputs cut into heads, example by example. */
function bind(call: KernelCall) {
  const q = inputSpan(call, 0)
  const together = !call.inputs[1]
  const [time, batch] = [dimOf(q, 0), dimOf(q, 1)]
  const perRow = attentionHeads('attention', call.attributes)
  const depth = dimOf(q, 2) / perRow / (together ? 3 : 1)

  /** Tensors [T, B, N·D], or one [T, B, 3·N·D], as one entry for each example and head. */
  function headsOf(spans: readonly (Span | null)[]): Head[] {
    return Array.from({ length: batch * perRow }, (_, index) => {
      const row = Math.floor(index / perRow)
      const first = (index % perRow) * depth
      const parts = spans.flatMap((span) => {
        if (!span) return []
        const all = matrixOf(call, { ...span, dims: [time, span.size / time] }) // [T, B·F]
        const features = all.columns / batch
        const stride = perRow * depth
        const starts = Array.from({ length: features / stride }, (_, part) => row * features + part * stride + first)
        return starts.map((start) => all.columnRange(start, depth))
      })
      return { row, parts }
    })
  }

  return {
    time,
    heads: batch * perRow,
    lengths: inputIntegers(call, 3), // [B]
    causal: flagAttribute('attention', call.attributes, 'causal'),
    scale: 1 / Math.sqrt(depth),
    inputs: headsOf(call.inputs.slice(0, 3)),
    headsOf,
    weightsOf: (weights: ReturnType<typeof inputFloats>, index: number) =>
      new Matrix(weights, time, time, index * time * time),
  }
}
