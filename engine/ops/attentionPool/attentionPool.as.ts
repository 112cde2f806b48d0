import { exponential } from '../activation/math.as'
import { clear, loadPart, multiplyAdd, partSize, scaleVector, storePart, sumLanes, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function addScaledPart(target: usize, source: usize, end: usize, factor: v128, whole: bool): void {
  for (; source < end; source += partSize(whole), target += partSize(whole)) {
    storePart(target, multiplyAdd(loadPart(source, whole), factor, loadPart(target, whole)), whole)
  }
}

/** target += source · factor */
export function addScaled(target: usize, source: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor)
  const whole = wholeBytes(count)
  addScaledPart(target, source, source + whole, factors, true)
  addScaledPart(target + whole, source + whole, source + (<usize>count << 2), factors, false)
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

export function dot(a: usize, b: usize, count: i32): f32 {
  const whole = wholeBytes(count)
  return dotPart(a, b, a + whole, true) + dotPart(a + whole, b + whole, a + (<usize>count << 2), false)
}

/** Column of scores [time, batch] → weights of the first `length` steps. */
export function softmaxColumn(scores: usize, weights: usize, length: i32, step: usize): void {
  let most: f32 = -Infinity
  for (let t = 0; t < length; t++) most = max(most, load<f32>(scores + <usize>t * step))
  let sum: f32 = 0
  for (let t = 0; t < length; t++) {
    const at = <usize>t * step
    const value = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(scores + at) - most)), 0)
    store<f32>(weights + at, value)
    sum += value
  }
  for (let t = 0; t < length; t++) {
    const at = weights + <usize>t * step
    store<f32>(at, load<f32>(at) / sum)
  }
}

export function attentionPool(
  x: usize,
  scores: usize,
  lengths: usize,
  y: usize,
  weights: usize,
  time: i32,
  batch: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  const step = <usize>batch << 2
  clear(weights, time * batch)
  clear(y, batch * features)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const at = <usize>row << 2
    softmaxColumn(scores + at, weights + at, length, step)
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row)
      addScaled(y + <usize>row * stride, x + cell * stride, features, load<f32>(weights + (cell << 2)))
    }
  }
}

export function attentionPoolGradient(
  x: usize,
  weights: usize,
  lengths: usize,
  dy: usize,
  dx: usize,
  dScores: usize,
  time: i32,
  batch: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  clear(dScores, time * batch)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const slope = dy + <usize>row * stride
    let mean: f32 = 0
    for (let t = 0; t < time; t++) {
      const cell = <usize>(t * batch + row)
      const target = dx + cell * stride
      if (t < length) {
        const weight = load<f32>(weights + (cell << 2))
        const fit = dot(slope, x + cell * stride, features)
        store<f32>(dScores + (cell << 2), fit)
        mean += weight * fit
        scaleVector(slope, target, features, weight)
      } else {
        clear(target, features)
      }
    }
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row) << 2
      store<f32>(dScores + cell, load<f32>(weights + cell) * (load<f32>(dScores + cell) - mean))
    }
  }
}
