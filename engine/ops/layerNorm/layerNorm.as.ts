import {
  addVectors,
  clear,
  loadFirst,
  loadPart,
  loadSecond,
  multiplyAdd,
  pairBytes,
  partSize,
  storeBoth,
  storePart,
  sumLanes,
  wholeBytes,
} from '../vector.as'

export const EPSILON: f32 = 1e-5
/** Rows whose sums are formed apart before they are added to the total: many short sums lose fewer digits than one long one. */
const CHUNK_ROWS: i32 = 256

// @ts-ignore: decorator
@inline
function lanes(sum: v128, whole: bool): f32 {
  return whole ? sumLanes(sum) : f32x4.extract_lane(sum, 0)
}

// @ts-ignore: decorator
@inline
export function sumPart(x: usize, end: usize, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; x < end; x += partSize(whole)) sum = f32x4.add(sum, loadPart(x, whole))
  return lanes(sum, whole)
}

// @ts-ignore: decorator
@inline
export function squaresPart(x: usize, end: usize, mean: v128, whole: bool): f32 {
  let sum = f32x4.splat(0)
  for (; x < end; x += partSize(whole)) {
    const centred = f32x4.sub(loadPart(x, whole), mean)
    sum = multiplyAdd(centred, centred, sum)
  }
  return lanes(sum, whole)
}

// @ts-ignore: decorator
@inline
function normalisePart(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  at: usize,
  end: usize,
  mean: v128,
  scale: v128,
  width: i32,
): void {
  for (; at < end; at += width << 2) {
    const normal1 = f32x4.mul(f32x4.sub(loadFirst(x + at, width), mean), scale)
    const normal2 = f32x4.mul(f32x4.sub(loadSecond(x + at, width), mean), scale)
    const first = multiplyAdd(normal1, loadFirst(weight + at, width), loadFirst(bias + at, width))
    const second = multiplyAdd(normal2, loadSecond(weight + at, width), loadSecond(bias + at, width))
    storeBoth(y + at, first, second, width)
  }
}

/** y and statistics [rows, 2] (mean, 1 / deviation) of x [rows, features]. */
export function layerNorm(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  statistics: usize,
  rows: i32,
  features: i32,
): void {
  const width = <usize>features << 2
  const pairs = pairBytes(features)
  const w = wholeBytes(features)
  for (let row = 0; row < rows; row++) {
    const end = x + width
    const mean: f32 = (sumPart(x, x + w, true) + sumPart(x + w, end, false)) / <f32>features
    const means = f32x4.splat(mean)
    const squares: f32 = squaresPart(x, x + w, means, true) + squaresPart(x + w, end, means, false)
    const scale: f32 = 1 / sqrt<f32>(squares / <f32>features + EPSILON)
    const scales = f32x4.splat(scale)
    normalisePart(x, weight, bias, y, 0, pairs, means, scales, 8)
    normalisePart(x, weight, bias, y, pairs, w, means, scales, 4)
    normalisePart(x, weight, bias, y, w, width, means, scales, 1)
    store<f32>(statistics, mean)
    store<f32>(statistics, scale, 4)
    x += width
    y += width
    statistics += 8
  }
}

/**
 * Adds the row's share of dWeight and dBias to `sums` [2, features]. Returns what dx needs: the sum of dy · weight in lane 0, of
 * dy · weight · normal in lane 1.
 */
// @ts-ignore: decorator
@inline
function gatherPart(
  x: usize,
  weight: usize,
  dy: usize,
  sums: usize,
  width: usize,
  end: usize,
  mean: v128,
  scale: v128,
  whole: bool,
): v128 {
  let sum = f32x4.splat(0)
  let dot = f32x4.splat(0)
  while (x < end) {
    const normal = f32x4.mul(f32x4.sub(loadPart(x, whole), mean), scale)
    const slope = loadPart(dy, whole)
    const g = f32x4.mul(slope, loadPart(weight, whole))
    sum = f32x4.add(sum, g)
    dot = multiplyAdd(g, normal, dot)
    storePart(sums, multiplyAdd(slope, normal, loadPart(sums, whole)), whole)
    storePart(sums + width, f32x4.add(slope, loadPart(sums + width, whole)), whole)
    x += partSize(whole)
    weight += partSize(whole)
    dy += partSize(whole)
    sums += partSize(whole)
  }
  return f32x4.replace_lane(f32x4.splat(lanes(sum, whole)), 1, lanes(dot, whole))
}

// @ts-ignore: decorator
@inline
function spread(x: v128, g: v128, mean: v128, scale: v128, meanSlope: v128, meanDot: v128): v128 {
  const normal = f32x4.mul(f32x4.sub(x, mean), scale)
  return f32x4.mul(f32x4.sub(f32x4.sub(g, meanSlope), f32x4.mul(normal, meanDot)), scale)
}

// @ts-ignore: decorator
@inline
function spreadPart(
  x: usize,
  weight: usize,
  dy: usize,
  dx: usize,
  at: usize,
  end: usize,
  mean: v128,
  scale: v128,
  meanSlope: v128,
  meanDot: v128,
  width: i32,
): void {
  for (; at < end; at += width << 2) {
    const g1 = f32x4.mul(loadFirst(dy + at, width), loadFirst(weight + at, width))
    const g2 = f32x4.mul(loadSecond(dy + at, width), loadSecond(weight + at, width))
    const first = spread(loadFirst(x + at, width), g1, mean, scale, meanSlope, meanDot)
    const second = spread(loadSecond(x + at, width), g2, mean, scale, meanSlope, meanDot)
    storeBoth(dx + at, first, second, width)
  }
}

/** dx may be dy. `sums`: 2 · features floats of workspace. */
export function layerNormGradient(
  x: usize,
  weight: usize,
  statistics: usize,
  dy: usize,
  dx: usize,
  dWeight: usize,
  dBias: usize,
  rows: i32,
  features: i32,
  sums: usize,
): void {
  const width = <usize>features << 2
  const pairs = pairBytes(features)
  const w = wholeBytes(features)
  clear(dWeight, features)
  clear(dBias, features)
  for (let first = 0; first < rows; first += CHUNK_ROWS) {
    clear(sums, 2 * features)
    for (let row = min(CHUNK_ROWS, rows - first); row > 0; row--) {
      const end = x + width
      const mean = v128.load32_splat(statistics)
      const scale = v128.load32_splat(statistics, 4)
      const most = gatherPart(x, weight, dy, sums, width, x + w, mean, scale, true)
      const rest = gatherPart(x + w, weight + w, dy + w, sums + w, width, end, mean, scale, false)
      const means = f32x4.div(f32x4.add(most, rest), f32x4.splat(<f32>features))
      const meanSlope = f32x4.splat(f32x4.extract_lane(means, 0))
      const meanDot = f32x4.splat(f32x4.extract_lane(means, 1))
      spreadPart(x, weight, dy, dx, 0, pairs, mean, scale, meanSlope, meanDot, 8)
      spreadPart(x, weight, dy, dx, pairs, w, mean, scale, meanSlope, meanDot, 4)
      spreadPart(x, weight, dy, dx, w, width, mean, scale, meanSlope, meanDot, 1)
      x = end
      dy += width
      dx += width
      statistics += 8
    }
    addVectors(dWeight, dWeight, sums, features)
    addVectors(dBias, dBias, sums + width, features)
  }
}
