// Scaled dot-product attention, head by head: the scores of BLOCK queries with all keys are made, pressed into weights and used at
// once, while they are in the cache. q, k and v may lie anywhere: `stride` is bytes between rows (time step by time step, examples in
// between), `features` floats of one example in each.
import { exponential } from '../activation/math.as'
import { packedBytes, packRight, packRightTransposed } from '../product/pack.as'
import { product } from '../product/product.as'
import { clear, loadPart, multiplyAdd, partSize, storePart, sumLanes, wholeBytes } from '../vector.as'

/** Queries at a time (attention.ts carries the same number). */
const BLOCK: i32 = 64

// @ts-ignore: decorator
@inline
function bytes(count: i32): usize {
  return <usize>count << 2
}

function largest(row: usize, end: usize): f32 {
  let most = load<f32>(row)
  if (row + 16 <= end) {
    let mosts = v128.load(row)
    for (row += 16; row + 16 <= end; row += 16) mosts = f32x4.pmax(mosts, v128.load(row))
    // The last four may be looked at twice.
    mosts = f32x4.pmax(mosts, v128.load(end - 16))
    mosts = f32x4.pmax(mosts, v128.shuffle<f32>(mosts, mosts, 2, 3, 0, 1))
    return max(f32x4.extract_lane(mosts, 0), f32x4.extract_lane(mosts, 1))
  }
  for (; row < end; row += 4) most = max(most, load<f32>(row))
  return most
}

/** row = e^((row − most) · scale); returns the sum of the part. */
// @ts-ignore: decorator
@inline
function exponentials(row: usize, end: usize, most: v128, scale: v128, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; row < end; row += partSize(whole)) {
    const value = exponential(f32x4.mul(f32x4.sub(loadPart(row, whole), most), scale))
    storePart(row, value, whole)
    sum = f32x4.add(sum, value)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

// @ts-ignore: decorator
@inline
function scalePart(row: usize, end: usize, factor: v128, whole: bool): void {
  for (; row < end; row += partSize(whole)) storePart(row, f32x4.mul(loadPart(row, whole), factor), whole)
}

/** The first `visible` scores of a row of `time` → weights, the rest 0. */
function softmaxRow(row: usize, visible: i32, time: i32, scale: f32): void {
  const whole = row + wholeBytes(visible)
  const end = row + bytes(visible)
  const most = f32x4.splat(largest(row, end))
  const scales = f32x4.splat(scale)
  let sum = exponentials(row, whole, most, scales, true)
  sum += exponentials(whole, end, most, scales, false)
  const share = f32x4.splat(1 / sum)
  scalePart(row, whole, share, true)
  scalePart(whole, end, share, false)
  clear(end, time - visible)
}

function clearRows(target: usize, stride: usize, columns: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    clear(target, columns)
    target += stride
  }
}

/** y rows, weights [B, N, T, T]. */
export function attention(
  q: usize,
  k: usize,
  v: usize,
  features: i32,
  lengths: usize,
  y: usize,
  weights: usize,
  time: i32,
  batch: i32,
  heads: i32,
  depth: i32,
  causal: i32,
  scratch: usize,
): void {
  const stride = bytes(batch * features)
  const yFeatures = heads * depth
  const yStride = bytes(batch * yFeatures)
  const scale: f32 = 1 / sqrt<f32>(<f32>depth)
  const values = scratch + packedBytes(depth, time)
  const work = values + packedBytes(time, depth)
  const wide = bytes(time)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + bytes(row))
    for (let head = 0; head < heads; head++) {
      const at = bytes(row * features + head * depth)
      const out = y + bytes(row * yFeatures + head * depth)
      clearRows(out, yStride, depth, time)
      packRightTransposed(k + at, stride, depth, length, scratch)
      packRight(v + at, stride, length, depth, values)
      for (let first = 0; first < length; first += BLOCK) {
        const count = min(BLOCK, length - first)
        const seen = causal ? first + count : length
        const scores = weights + <usize>first * wide
        clear(scores, count * time)
        const queries = q + at + <usize>first * stride
        product(queries, stride, false, count, depth, scratch, <usize>depth << 6, seen, scores, wide, work)
        for (let t = 0; t < count; t++) {
          softmaxRow(scores + <usize>t * wide, causal ? first + t + 1 : length, time, scale)
        }
        const target = out + <usize>first * yStride
        product(scores, wide, false, count, seen, values, <usize>length << 6, depth, target, yStride, work)
      }
      clear(weights + <usize>length * wide, (time - length) * time)
      weights += <usize>time * wide
    }
  }
}

// @ts-ignore: decorator
@inline
function dotPart(a: usize, b: usize, end: usize, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; a < end; a += partSize(whole), b += partSize(whole)) {
    sum = multiplyAdd(loadPart(a, whole), loadPart(b, whole), sum)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

// @ts-ignore: decorator
@inline
function throughSoftmaxPart(d: usize, weights: usize, end: usize, mean: v128, scale: v128, whole: bool): void {
  for (; d < end; d += partSize(whole), weights += partSize(whole)) {
    const slope = f32x4.mul(f32x4.sub(loadPart(d, whole), mean), scale)
    storePart(d, f32x4.mul(loadPart(weights, whole), slope), whole)
  }
}

/** d (of `count` weights) → gradient of the scores before scale and softmax. Where the weight is 0, so is that. */
function throughSoftmax(d: usize, weights: usize, count: i32, scale: f32): void {
  const whole = wholeBytes(count)
  const end = d + bytes(count)
  const mean = dotPart(d, weights, d + whole, true) + dotPart(d + whole, weights + whole, end, false)
  throughSoftmaxPart(d, weights, d + whole, f32x4.splat(mean), f32x4.splat(scale), true)
  throughSoftmaxPart(d + whole, weights + whole, end, f32x4.splat(mean), f32x4.splat(scale), false)
}

/** dq, dk and dv lie as q, k and v do. */
export function attentionGradient(
  q: usize,
  k: usize,
  v: usize,
  features: i32,
  lengths: usize,
  weights: usize,
  dy: usize,
  dq: usize,
  dk: usize,
  dv: usize,
  time: i32,
  batch: i32,
  heads: i32,
  depth: i32,
  causal: i32,
  scratch: usize,
): void {
  const stride = bytes(batch * features)
  const yFeatures = heads * depth
  const yStride = bytes(batch * yFeatures)
  const scale: f32 = 1 / sqrt<f32>(<f32>depth)
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
      clearRows(dq + at, stride, depth, time)
      clearRows(dk + at, stride, depth, time)
      clearRows(dv + at, stride, depth, time)
      packRightTransposed(v + at, stride, depth, length, values)
      packRight(k + at, stride, length, depth, keys)
      packRight(q + at, stride, length, depth, queries)
      packRight(from, yStride, length, depth, slopes)
      for (let first = 0; first < length; first += BLOCK) {
        const count = min(BLOCK, length - first)
        const seen = causal ? first + count : length
        const block = weights + <usize>first * wide
        const step = <usize>length << 6
        // dv += weightsᵀ · dy
        product(block, wide, true, seen, count, slopes + (<usize>first << 6), step, depth, dv + at, stride, work)
        clear(scratch, count * time)
        const dyBlock = from + <usize>first * yStride
        product(dyBlock, yStride, false, count, depth, values, <usize>depth << 6, seen, scratch, wide, work)
        for (let t = 0; t < count; t++) throughSoftmax(scratch + <usize>t * wide, block + <usize>t * wide, seen, scale)
        const dqBlock = dq + at + <usize>first * stride
        product(scratch, wide, false, count, seen, keys, step, depth, dqBlock, stride, work)
        product(scratch, wide, true, seen, count, queries + (<usize>first << 6), step, depth, dk + at, stride, work)
      }
      weights += <usize>time * wide
    }
  }
}
