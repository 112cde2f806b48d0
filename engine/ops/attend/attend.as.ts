import { hyperbolicTangent, tangentSlope } from '../activation/math.as'
import { addScaled, dot, softmaxColumn } from '../attentionPool/attentionPool.as'
import { clear, loadPart, multiplyAdd, partSize, scaleVector, storePart, sumLanes, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function bentPart(query: usize, key: usize, v: usize, end: usize, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; query < end; query += partSize(whole), key += partSize(whole), v += partSize(whole)) {
    const bent = hyperbolicTangent(f32x4.add(loadPart(query, whole), loadPart(key, whole)))
    sum = multiplyAdd(loadPart(v, whole), bent, sum)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

/** vᵀ tanh(query + key), or query · key when v is 0. */
function score(query: usize, key: usize, v: usize, count: i32): f32 {
  if (v === 0) return dot(query, key, count)
  const w = wholeBytes(count)
  return (
    bentPart(query, key, v, query + w, true) +
    bentPart(query + w, key + w, v + w, query + (<usize>count << 2), false)
  )
}

export function attend(
  query: usize,
  keys: usize,
  values: usize,
  v: usize,
  lengths: usize,
  y: usize,
  weights: usize,
  time: i32,
  batch: i32,
  width: i32,
  features: i32,
): void {
  const keyStride = <usize>width << 2
  const stride = <usize>features << 2
  clear(weights, time * batch)
  clear(y, batch * features)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const column = weights + (<usize>row << 2)
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row)
      store<f32>(weights + (cell << 2), score(query + <usize>row * keyStride, keys + cell * keyStride, v, width))
    }
    softmaxColumn(column, column, length, <usize>batch << 2)
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row)
      addScaled(y + <usize>row * stride, values + cell * stride, features, load<f32>(weights + (cell << 2)))
    }
  }
}

// @ts-ignore: decorator
@inline
function bentGradientPart(
  query: usize,
  key: usize,
  v: usize,
  dQuery: usize,
  dKey: usize,
  dV: usize,
  end: usize,
  slope: v128,
  whole: bool,
): void {
  while (query < end) {
    const bent = hyperbolicTangent(f32x4.add(loadPart(query, whole), loadPart(key, whole)))
    const dSum = f32x4.mul(f32x4.mul(slope, loadPart(v, whole)), tangentSlope(bent))
    storePart(dV, multiplyAdd(slope, bent, loadPart(dV, whole)), whole)
    storePart(dQuery, f32x4.add(loadPart(dQuery, whole), dSum), whole)
    storePart(dKey, dSum, whole)
    query += partSize(whole)
    key += partSize(whole)
    v += partSize(whole)
    dQuery += partSize(whole)
    dKey += partSize(whole)
    dV += partSize(whole)
  }
}

/** v and dV 0: scores are plain products. */
export function attendGradient(
  query: usize,
  keys: usize,
  values: usize,
  v: usize,
  lengths: usize,
  weights: usize,
  dy: usize,
  dQuery: usize,
  dKeys: usize,
  dValues: usize,
  dV: usize,
  time: i32,
  batch: i32,
  width: i32,
  features: i32,
): void {
  const keyStride = <usize>width << 2
  const stride = <usize>features << 2
  clear(dQuery, batch * width)
  if (dV !== 0) clear(dV, width)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const slope = dy + <usize>row * stride
    let mean: f32 = 0
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row)
      const fit = dot(slope, values + cell * stride, features)
      const weight = load<f32>(weights + (cell << 2))
      mean += weight * fit
      scaleVector(slope, dValues + cell * stride, features, weight)
      // Where the gradient of the key will be, its score waits.
      store<f32>(dKeys + cell * keyStride, fit)
    }
    for (let t = 0; t < length; t++) {
      const cell = <usize>(t * batch + row)
      const asked = query + <usize>row * keyStride
      const dAsked = dQuery + <usize>row * keyStride
      const offered = keys + cell * keyStride
      const dOffered = dKeys + cell * keyStride
      const dScore = load<f32>(weights + (cell << 2)) * (load<f32>(dOffered) - mean)
      if (v === 0) {
        addScaled(dAsked, offered, width, dScore)
        scaleVector(asked, dOffered, width, dScore)
        continue
      }
      const w = wholeBytes(width)
      const slopes = f32x4.splat(dScore)
      bentGradientPart(asked, offered, v, dAsked, dOffered, dV, asked + w, slopes, true)
      bentGradientPart(
        asked + w,
        offered + w,
        v + w,
        dAsked + w,
        dOffered + w,
        dV + w,
        asked + keyStride,
        slopes,
        false,
      )
    }
    for (let t = length; t < time; t++) {
      const cell = <usize>(t * batch + row)
      clear(dValues + cell * stride, features)
      clear(dKeys + cell * keyStride, width)
    }
  }
}
