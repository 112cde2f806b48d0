import { loadPart, partSize, storePart, wholeBytes } from '../vector.as'

/** Kinds as numberLossSimd.ts counts them. */
const SQUARED = 0
const ABSOLUTE = 1

/** The loss of four differences; Huber with δ = 1. */
// @ts-ignore: decorator
@inline
function lossOf(kind: i32, difference: v128): v128 {
  if (kind === SQUARED) return f32x4.mul(difference, difference)
  const size = f32x4.abs(difference)
  if (kind === ABSOLUTE) return size
  const half = f32x4.splat(0.5)
  const square = f32x4.mul(half, f32x4.mul(difference, difference))
  return v128.bitselect(square, f32x4.sub(size, half), f32x4.le(size, f32x4.splat(1)))
}

/** Its derivative: 0 where an absolute difference is 0. */
// @ts-ignore: decorator
@inline
function slopeOf(kind: i32, difference: v128): v128 {
  if (kind === SQUARED) return f32x4.add(difference, difference)
  const one = f32x4.splat(1)
  if (kind === ABSOLUTE) {
    const zero = f32x4.splat(0)
    return f32x4.sub(v128.and(f32x4.gt(difference, zero), one), v128.and(f32x4.lt(difference, zero), one))
  }
  return f32x4.pmin(f32x4.pmax(difference, f32x4.neg(one)), one)
}

/** Writes the gradients up to `end` and returns the sum of the losses. */
// @ts-ignore: decorator
@inline
function part(kind: i32, prediction: usize, target: usize, end: usize, d: usize, factor: v128, whole: bool): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  while (prediction < end) {
    const difference = f32x4.sub(loadPart(prediction, whole), loadPart(target, whole))
    const loss = lossOf(kind, difference)
    low = f64x2.add(low, f64x2.promote_low_f32x4(loss))
    if (whole) high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(loss, loss, 2, 3, 2, 3)))
    storePart(d, f32x4.mul(factor, slopeOf(kind, difference)), whole)
    prediction += partSize(whole)
    target += partSize(whole)
    d += partSize(whole)
  }
  // Of single elements the other lanes hold the loss of 0 and 0, which is 0.
  const all = f64x2.add(low, high)
  return f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1)
}

// @ts-ignore: decorator
@inline
function run(kind: i32, prediction: usize, target: usize, d: usize, count: i32, scale: f32): f64 {
  const factor = f32x4.splat(scale)
  const whole = wholeBytes(count)
  const sum = part(kind, prediction, target, prediction + whole, d, factor, true)
  const end = prediction + (<usize>count << 2)
  return sum + part(kind, prediction + whole, target + whole, end, d + whole, factor, false)
}

/** Squared, absolute or Huber error over [rows, columns]; dPrediction may be prediction. */
export function numberLoss(
  kind: i32,
  prediction: usize,
  target: usize,
  lossScale: usize,
  loss: usize,
  dPrediction: usize,
  count: i32,
  columns: i32,
): void {
  const scale = load<f32>(lossScale) / <f32>columns
  let sum: f64
  if (kind === SQUARED) sum = run(SQUARED, prediction, target, dPrediction, count, scale)
  else if (kind === ABSOLUTE) sum = run(ABSOLUTE, prediction, target, dPrediction, count, scale)
  else sum = run(2, prediction, target, dPrediction, count, scale)
  store<f32>(loss, <f32>(sum * scale))
}
