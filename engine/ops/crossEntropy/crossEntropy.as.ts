import { exponential } from '../activation/math.as'
import {
  clear,
  largest,
  loadFirst,
  loadSecond,
  pairBytes,
  scaleVector,
  storeBoth,
  sumLanes,
  wholeBytes,
} from '../vector.as'

/** target = e^(logits − most); returns the sum of the part. target may be logits. */
// @ts-ignore: decorator
@inline
function exponentialsPart(logits: usize, target: usize, at: usize, end: usize, most: v128, width: i32): f32 {
  let sum1 = f32x4.splat(0)
  let sum2 = sum1
  for (; at < end; at += width << 2) {
    const first = exponential(f32x4.sub(loadFirst(logits + at, width), most))
    const second = exponential(f32x4.sub(loadSecond(logits + at, width), most))
    storeBoth(target + at, first, second, width)
    sum1 = f32x4.add(sum1, first)
    sum2 = f32x4.add(sum2, second)
  }
  if (width === 1) return f32x4.extract_lane(sum1, 0)
  return width === 4 ? sumLanes(sum1) : sumLanes(f32x4.add(sum1, sum2))
}

function exponentials(logits: usize, target: usize, classes: i32, most: f32): f32 {
  const shift = f32x4.splat(most)
  const pairs = pairBytes(classes)
  const whole = wholeBytes(classes)
  const sum = exponentialsPart(logits, target, 0, pairs, shift, 8)
  const rest = exponentialsPart(logits, target, pairs, whole, shift, 4)
  return sum + rest + exponentialsPart(logits, target, whole, <usize>classes << 2, shift, 1)
}

/** Weight of class `index`; `weights` 0: all 1. */
// @ts-ignore: decorator
@inline
function weightOf(weights: usize, index: i32): f32 {
  return weights === 0 ? 1 : load<f32>(weights + (<usize>index << 2))
}

/** Sum of the weights of all classes. */
function allWeights(weights: usize, classes: i32): f64 {
  let sum: f64 = 0
  for (let index = 0; index < classes; index++) sum += weightOf(weights, index)
  return sum
}

/** Sum of weight × (most − logit), the part of the smoothed loss that log-sum-exp leaves over. */
function weightedDistance(logits: usize, classes: i32, weights: usize, most: f32): f64 {
  let sum: f64 = 0
  for (let index = 0; index < classes; index++) {
    sum += <f64>(weightOf(weights, index) * (most - load<f32>(logits + (<usize>index << 2))))
  }
  return sum
}

function subtractSmoothing(dLogits: usize, classes: i32, weights: usize, factor: f32): void {
  for (let index = 0; index < classes; index++) {
    store<f32>(dLogits, load<f32>(dLogits) - factor * weightOf(weights, index))
    dLogits += 4
  }
}

/**
 * dLogits [rows, classes] may be logits; weights [classes] or 0; `ignored`: a class that does not count, or −1; `smoothing`: the share of
 * each target that is spread over all classes.
 */
export function crossEntropy(
  logits: usize,
  target: usize,
  lossScale: usize,
  loss: usize,
  dLogits: usize,
  rows: i32,
  classes: i32,
  weights: usize,
  ignored: i32,
  smoothing: f32,
): void {
  const scale = load<f32>(lossScale)
  const width = <usize>classes << 2
  const spread = smoothing / <f32>classes
  const spreadWeights = smoothing > 0 ? <f32>(<f64>spread * allWeights(weights, classes)) : <f32>0
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(target)
    if (label < 0 || label === ignored) {
      clear(dLogits, classes)
    } else {
      const most = largest(logits, logits + width)
      const labelled = load<f32>(logits + (<usize>label << 2))
      const weight = (<f32>1 - smoothing) * weightOf(weights, label)
      let distance = <f64>(weight * (most - labelled))
      if (smoothing > 0) distance += <f64>spread * weightedDistance(logits, classes, weights, most)
      const sum = exponentials(logits, dLogits, classes, most)
      const shares = weight + spreadWeights
      total += <f64>shares * Math.log(sum) + distance
      scaleVector(dLogits, dLogits, classes, (scale * shares) / sum)
      if (smoothing > 0) subtractSmoothing(dLogits, classes, weights, scale * spread)
      const labelledGradient = dLogits + (<usize>label << 2)
      store<f32>(labelledGradient, load<f32>(labelledGradient) - scale * weight)
    }
    target += 4
    logits += width
    dLogits += width
  }
  store<f32>(loss, <f32>(total * scale))
}
