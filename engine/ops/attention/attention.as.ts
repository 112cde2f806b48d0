// Scaled dot-product attention, head by head: the scores of BLOCK queries with all keys are made, pressed into weights and used at
// once, while they are in the cache. q, k and v may lie anywhere: `stride` is bytes between rows (time step by time step, examples in
// between), `features` floats of one example in each.
import { exponential } from '../activation/math.as'
import { dropElements, firstMaskKey, secondMaskKey } from '../dropout/dropout.as'
import { packedBytes, packRight, packRightTransposed } from '../product/pack.as'
import { productFrom } from '../product/product.as'
import {
  clear,
  largest,
  loadFirst,
  loadSecond,
  multiplyAdd,
  pairBytes,
  storeBoth,
  sumLanes,
  wholeBytes,
} from '../vector.as'

/** Queries at a time (attention.ts carries the same number). */
const BLOCK: i32 = 32

// @ts-ignore: decorator
@inline
function bytes(count: i32): usize {
  return <usize>count << 2
}

// @ts-ignore: decorator
@inline
function exponent(score: v128, most: v128, scale: v128): v128 {
  return exponential(f32x4.mul(f32x4.sub(score, most), scale))
}

/**
 * row = e^((row − most) · scale); returns the sum of the part. `sums`: 8 floats of workspace, through which sums of pairs pass: V8
 * packs what is stored.
 */
// @ts-ignore: decorator
@inline
function exponentials(row: usize, end: usize, most: v128, scale: v128, sums: usize, width: i32): f32 {
  let sum1 = f32x4.splat(0)
  let sum2 = sum1
  for (; row < end; row += width << 2) {
    const first = exponent(loadFirst(row, width), most, scale)
    const second = exponent(loadSecond(row, width), most, scale)
    sum1 = f32x4.add(sum1, first)
    sum2 = f32x4.add(sum2, second)
    storeBoth(row, first, second, width)
  }
  if (width === 1) return f32x4.extract_lane(sum1, 0)
  if (width === 4) return sumLanes(sum1)
  storeBoth(sums, sum1, sum2, 8)
  return sumLanes(v128.load(sums)) + sumLanes(v128.load(sums, 16))
}

// @ts-ignore: decorator
@inline
function scalePart(row: usize, end: usize, factor: v128, width: i32): void {
  for (; row < end; row += width << 2) {
    const first = f32x4.mul(loadFirst(row, width), factor)
    const second = f32x4.mul(loadSecond(row, width), factor)
    storeBoth(row, first, second, width)
  }
}

/** The first `visible` scores of a row of `time` → weights, the rest 0. */
function softmaxRow(row: usize, visible: i32, time: i32, scale: f32, sums: usize): void {
  const pairs = row + pairBytes(visible)
  const whole = row + wholeBytes(visible)
  const end = row + bytes(visible)
  const most = f32x4.splat(largest(row, end))
  const scales = f32x4.splat(scale)
  let sum = exponentials(row, pairs, most, scales, sums, 8)
  sum += exponentials(pairs, whole, most, scales, sums, 4)
  sum += exponentials(whole, end, most, scales, sums, 1)
  const share = f32x4.splat(1 / sum)
  scalePart(row, pairs, share, 8)
  scalePart(pairs, whole, share, 4)
  scalePart(whole, end, share, 1)
  clear(end, time - visible)
}

function clearRows(target: usize, stride: usize, columns: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    clear(target, columns)
    target += stride
  }
}

/** y rows, weights [B, N, T, T] before dropout. seed: i32 [2], or 0 where no weight is dropped; threshold and keep as in dropout. */
export function attention(
  q: usize,
  k: usize,
  v: usize,
  features: i32,
  lengths: usize,
  seed: usize,
  y: usize,
  weights: usize,
  time: i32,
  batch: i32,
  heads: i32,
  depth: i32,
  causal: i32,
  stream: i32,
  threshold: i32,
  keep: f32,
  scratch: usize,
): void {
  const stride = bytes(batch * features)
  const yFeatures = heads * depth
  const yStride = bytes(batch * yFeatures)
  const scale: f32 = 1 / sqrt<f32>(<f32>depth)
  const values = scratch + packedBytes(depth, time)
  // The weights of a block of queries after dropout.
  const dropped = values + packedBytes(time, depth)
  const work = dropped + (seed !== 0 ? bytes(BLOCK * time + 15 & ~15) : 0)
  const firstKey = seed !== 0 ? firstMaskKey(seed, stream) : 0
  const secondKey = seed !== 0 ? secondMaskKey(seed, firstKey) : 0
  const wide = bytes(time)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + bytes(row))
    for (let head = 0; head < heads; head++) {
      const at = bytes(row * features + head * depth)
      const out = y + bytes(row * yFeatures + head * depth)
      clearRows(out + <usize>length * yStride, yStride, depth, time - length)
      packRightTransposed(k + at, stride, depth, length, scratch)
      packRight(v + at, stride, length, depth, values)
      for (let first = 0; first < length; first += BLOCK) {
        const count = min(BLOCK, length - first)
        const seen = causal ? first + count : length
        const scores = weights + <usize>first * wide
        const queries = q + at + <usize>first * stride
        productFrom(queries, stride, false, count, depth, scratch, <usize>depth << 6, seen, 0, 0, scores, wide, work)
        for (let t = 0; t < count; t++) {
          softmaxRow(scores + <usize>t * wide, causal ? first + t + 1 : length, time, scale, work)
        }
        let shares = scores
        if (seed !== 0) {
          shares = dropped
          const index = ((row * heads + head) * time + first) * time
          for (let t = 0; t < count; t++) {
            const at = <usize>t * wide
            dropElements(scores + at, dropped + at, seen, index + t * time, firstKey, secondKey, threshold, keep)
          }
        }
        const target = out + <usize>first * yStride
        productFrom(shares, wide, false, count, seen, values, <usize>length << 6, depth, 0, 0, target, yStride, work)
      }
      clear(weights + <usize>length * wide, (time - length) * time)
      weights += <usize>time * wide
    }
  }
}

/** Σ a · b; `sums` as in `exponentials`. */
// @ts-ignore: decorator
@inline
function dotPart(a: usize, b: usize, end: usize, sums: usize, width: i32): f32 {
  let sum1 = f32x4.splat(0)
  let sum2 = sum1
  for (; a < end; a += width << 2) {
    sum1 = multiplyAdd(loadFirst(a, width), loadFirst(b, width), sum1)
    sum2 = multiplyAdd(loadSecond(a, width), loadSecond(b, width), sum2)
    b += width << 2
  }
  if (width === 1) return f32x4.extract_lane(sum1, 0)
  if (width === 4) return sumLanes(sum1)
  storeBoth(sums, sum1, sum2, 8)
  return sumLanes(v128.load(sums)) + sumLanes(v128.load(sums, 16))
}

// @ts-ignore: decorator
@inline
function slope(d: v128, weight: v128, mean: v128, scale: v128): v128 {
  return f32x4.mul(weight, f32x4.mul(f32x4.sub(d, mean), scale))
}

// @ts-ignore: decorator
@inline
function throughSoftmaxPart(d: usize, weights: usize, at: usize, end: usize, mean: v128, scale: v128, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = slope(loadFirst(d + at, width), loadFirst(weights + at, width), mean, scale)
    const second = slope(loadSecond(d + at, width), loadSecond(weights + at, width), mean, scale)
    storeBoth(d + at, first, second, width)
  }
}

/** d (of `count` weights) → gradient of the scores before scale and softmax. Where the weight is 0, so is that. */
function throughSoftmax(d: usize, weights: usize, count: i32, scale: f32, sums: usize): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  const end = bytes(count)
  let mean = dotPart(d, weights, d + pairs, sums, 8)
  mean += dotPart(d + pairs, weights + pairs, d + whole, sums, 4)
  mean += dotPart(d + whole, weights + whole, d + end, sums, 1)
  const means = f32x4.splat(mean)
  const scales = f32x4.splat(scale)
  throughSoftmaxPart(d, weights, 0, pairs, means, scales, 8)
  throughSoftmaxPart(d, weights, pairs, whole, means, scales, 4)
  throughSoftmaxPart(d, weights, whole, end, means, scales, 1)
}

/** dq, dk and dv lie as q, k and v do; seed, threshold and keep as in attention. */
export function attentionGradient(
  q: usize,
  k: usize,
  v: usize,
  features: i32,
  lengths: usize,
  weights: usize,
  dy: usize,
  seed: usize,
  dq: usize,
  dk: usize,
  dv: usize,
  time: i32,
  batch: i32,
  heads: i32,
  depth: i32,
  causal: i32,
  stream: i32,
  threshold: i32,
  keep: f32,
  scratch: usize,
): void {
  const stride = bytes(batch * features)
  const yFeatures = heads * depth
  const yStride = bytes(batch * yFeatures)
  const scale: f32 = 1 / sqrt<f32>(<f32>depth)
  const firstKey = seed !== 0 ? firstMaskKey(seed, stream) : 0
  const secondKey = seed !== 0 ? secondMaskKey(seed, firstKey) : 0
  const wide = bytes(time)
  const packed = packedBytes(time, depth)
  const values = scratch + bytes(BLOCK * time + 15 & ~15)
  const keys = values + packedBytes(depth, time)
  const queries = keys + packed
  const slopes = queries + packed
  const work = slopes + packed
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + bytes(row))
    for (let head = 0; head < heads; head++) {
      const at = bytes(row * features + head * depth)
      const from = dy + bytes(row * yFeatures + head * depth)
      clearRows(dq + at + <usize>length * stride, stride, depth, time - length)
      // What the first block of queries does not reach.
      const reached = causal ? min(BLOCK, length) : length
      clearRows(dk + at + <usize>reached * stride, stride, depth, time - reached)
      clearRows(dv + at + <usize>reached * stride, stride, depth, time - reached)
      packRightTransposed(v + at, stride, depth, length, values)
      packRight(k + at, stride, length, depth, keys)
      packRight(q + at, stride, length, depth, queries)
      packRight(from, yStride, length, depth, slopes)
      for (let first = 0; first < length; first += BLOCK) {
        const count = min(BLOCK, length - first)
        const seen = causal ? first + count : length
        const block = weights + <usize>first * wide
        const step = <usize>length << 6
        // dv += weightsᵀ · dy, the weights as they were after dropout
        const index = ((row * heads + head) * time + first) * time
        let shares = block
        if (seed !== 0) {
          shares = scratch
          for (let t = 0; t < count; t++) {
            const place = <usize>t * wide
            dropElements(block + place, scratch + place, seen, index + t * time, firstKey, secondKey, threshold, keep)
          }
        }
        const dyPanel = slopes + (<usize>first << 6)
        const dvBefore = first === 0 ? 0 : dv + at
        productFrom(shares, wide, true, seen, count, dyPanel, step, depth, dvBefore, stride, dv + at, stride, work)
        const dyBlock = from + <usize>first * yStride
        productFrom(dyBlock, yStride, false, count, depth, values, <usize>depth << 6, seen, 0, 0, scratch, wide, work)
        for (let t = 0; t < count; t++) {
          const place = <usize>t * wide
          const d = scratch + place
          if (seed !== 0) dropElements(d, d, seen, index + t * time, firstKey, secondKey, threshold, keep)
          throughSoftmax(d, block + place, seen, scale, work)
        }
        const dqBlock = dq + at + <usize>first * stride
        productFrom(scratch, wide, false, count, seen, keys, step, depth, 0, 0, dqBlock, stride, work)
        const queryPanel = queries + (<usize>first << 6)
        const dkBefore = first === 0 ? 0 : dk + at
        productFrom(scratch, wide, true, seen, count, queryPanel, step, depth, dkBefore, stride, dk + at, stride, work)
      }
      weights += <usize>time * wide
    }
  }
}
