import { exponential, hyperbolicTangent, tangentSlope } from '../activation/math.as'
import { clear, largest, loadPart, multiplyAdd, partSize, storePart, sumLanes, wholeBytes } from '../vector.as'

/** Steps that step t of an example sees, from the first on; 0 past its length. */
// @ts-ignore: decorator
@inline
function seenBy(length: i32, t: i32, causal: bool): i32 {
  return t >= length ? 0 : causal ? t + 1 : length
}

// @ts-ignore: decorator
@inline
function scorePart(query: usize, key: usize, mark: usize, end: usize, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; query < end; query += partSize(whole)) {
    const bent = hyperbolicTangent(f32x4.add(loadPart(query, whole), loadPart(key, whole)))
    sum = multiplyAdd(bent, loadPart(mark, whole), sum)
    key += partSize(whole)
    mark += partSize(whole)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

/** mark · tanh(query + key) */
function scoreOf(query: usize, key: usize, mark: usize, width: i32): f32 {
  const whole = wholeBytes(width)
  const sum = scorePart(query, key, mark, query + whole, true)
  return sum + scorePart(query + whole, key + whole, mark + whole, query + (<usize>width << 2), false)
}

// @ts-ignore: decorator
@inline
function dotPart(a: usize, b: usize, end: usize, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; a < end; a += partSize(whole)) {
    sum = multiplyAdd(loadPart(a, whole), loadPart(b, whole), sum)
    b += partSize(whole)
  }
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

function dot(a: usize, b: usize, width: i32): f32 {
  const whole = wholeBytes(width)
  return dotPart(a, b, a + whole, true) + dotPart(a + whole, b + whole, a + (<usize>width << 2), false)
}

// @ts-ignore: decorator
@inline
function blendPart(target: usize, source: usize, end: usize, share: v128, whole: bool): void {
  for (; target < end; target += partSize(whole)) {
    storePart(target, multiplyAdd(share, loadPart(source, whole), loadPart(target, whole)), whole)
    source += partSize(whole)
  }
}

/** target += share · source */
function blend(target: usize, source: usize, width: i32, share: f32): void {
  const shares = f32x4.splat(share)
  const whole = wholeBytes(width)
  blendPart(target, source, target + whole, shares, true)
  blendPart(target + whole, source + whole, target + (<usize>width << 2), shares, false)
}

/** Scores into shares that add up to 1. */
function press(scores: usize, count: i32): void {
  const end = scores + (<usize>count << 2)
  const most = largest(scores, end)
  let sum: f32 = 0
  for (let at = scores; at < end; at += 4) {
    const power = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(at) - most)), 0)
    store<f32>(at, power)
    sum += power
  }
  for (let at = scores; at < end; at += 4) store<f32>(at, load<f32>(at) / sum)
}

/** y [T, B, M] and weights [B, 1, T, T]; queries and keys are [T, B, A]. */
export function additiveAttention(
  queries: usize,
  keys: usize,
  mark: usize,
  memory: usize,
  lengths: usize,
  y: usize,
  weights: usize,
  time: i32,
  batch: i32,
  width: i32,
  features: i32,
  causal: i32,
): void {
  clear(y, time * batch * features)
  clear(weights, batch * time * time)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    for (let t = 0; t < time; t++) {
      const seen = seenBy(length, t, causal !== 0)
      const query = queries + (<usize>((t * batch + row) * width) << 2)
      for (let s = 0; s < seen; s++) {
        const key = keys + (<usize>((s * batch + row) * width) << 2)
        store<f32>(weights + (<usize>s << 2), scoreOf(query, key, mark, width))
      }
      if (seen > 0) press(weights, seen)
      const target = y + (<usize>((t * batch + row) * features) << 2)
      for (let s = 0; s < seen; s++) {
        const source = memory + (<usize>((s * batch + row) * features) << 2)
        blend(target, source, features, load<f32>(weights + (<usize>s << 2)))
      }
      weights += <usize>time << 2
    }
  }
}

// @ts-ignore: decorator
@inline
function slopePart(
  query: usize,
  key: usize,
  mark: usize,
  end: usize,
  dScore: v128,
  dQuery: usize,
  dKey: usize,
  dMark: usize,
  whole: bool,
): void {
  while (query < end) {
    const bent = hyperbolicTangent(f32x4.add(loadPart(query, whole), loadPart(key, whole)))
    storePart(dMark, multiplyAdd(dScore, bent, loadPart(dMark, whole)), whole)
    const dSum = f32x4.mul(f32x4.mul(dScore, loadPart(mark, whole)), tangentSlope(bent))
    storePart(dQuery, f32x4.add(loadPart(dQuery, whole), dSum), whole)
    storePart(dKey, f32x4.add(loadPart(dKey, whole), dSum), whole)
    query += partSize(whole)
    key += partSize(whole)
    mark += partSize(whole)
    dQuery += partSize(whole)
    dKey += partSize(whole)
    dMark += partSize(whole)
  }
}

/** What one score gives back to query, key and mark. */
function slope(
  query: usize,
  key: usize,
  mark: usize,
  width: i32,
  dScore: f32,
  dQuery: usize,
  dKey: usize,
  dMark: usize,
): void {
  const d = f32x4.splat(dScore)
  const whole = wholeBytes(width)
  slopePart(query, key, mark, query + whole, d, dQuery, dKey, dMark, true)
  const end = query + (<usize>width << 2)
  slopePart(query + whole, key + whole, mark + whole, end, d, dQuery + whole, dKey + whole, dMark + whole, false)
}

/** `scratch`: one row of T numbers up to whole vectors of eight, then A. */
export function additiveAttentionGradient(
  queries: usize,
  keys: usize,
  mark: usize,
  memory: usize,
  lengths: usize,
  weights: usize,
  dy: usize,
  dQueries: usize,
  dKeys: usize,
  dMark: usize,
  dMemory: usize,
  scratch: usize,
  time: i32,
  batch: i32,
  width: i32,
  features: i32,
  causal: i32,
): void {
  clear(dQueries, time * batch * width)
  clear(dKeys, time * batch * width)
  clear(dMark, width)
  clear(dMemory, time * batch * features)
  // The mark gets its gradient query by query, for a sum over all pairs loses digits.
  const ownMark = scratch + (<usize>((time + 7) & ~7) << 2)
  for (let row = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    for (let t = 0; t < time; t++) {
      const seen = seenBy(length, t, causal !== 0)
      const place = <usize>(t * batch + row)
      const dOut = dy + ((place * features) << 2)
      let mean: f32 = 0
      for (let s = 0; s < seen; s++) {
        const from = <usize>((s * batch + row) * features) << 2
        const share = load<f32>(weights + (<usize>s << 2))
        const dShare = dot(dOut, memory + from, features)
        store<f32>(scratch + (<usize>s << 2), dShare)
        mean += share * dShare
        blend(dMemory + from, dOut, features, share)
      }
      clear(ownMark, width)
      const query = (place * width) << 2
      for (let s = 0; s < seen; s++) {
        const key = <usize>((s * batch + row) * width) << 2
        const dScore = load<f32>(weights + (<usize>s << 2)) * (load<f32>(scratch + (<usize>s << 2)) - mean)
        slope(queries + query, keys + key, mark, width, dScore, dQueries + query, dKeys + key, ownMark)
      }
      blend(dMark, ownMark, width, 1)
      weights += <usize>time << 2
    }
  }
}
