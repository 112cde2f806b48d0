// The passes over the contiguous blocks of parameters and gradients (optimizerKernels.ts).
import {
  loadFirst,
  loadSecond,
  multiplyAdd,
  multiplySubtract,
  pairBytes,
  storeBoth,
  wholeBytes,
} from '../vector.as'

/** Σ values², summed in float64 over four lanes: element n goes to lane n mod 4. */
export function squaredNorm(values: usize, count: i32): f64 {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  const whole = values + wholeBytes(count)
  const end = values + (<usize>count << 2)
  for (; values < whole; values += 16) {
    const four = v128.load(values)
    const first = f64x2.promote_low_f32x4(four)
    const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3))
    low = f64x2.add(low, f64x2.mul(first, first))
    high = f64x2.add(high, f64x2.mul(second, second))
  }
  let sum =
    f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1))
  for (; values < end; values += 4) {
    const value: f64 = load<f32>(values)
    sum += value * value
  }
  return sum
}

// @ts-ignore: decorator
@inline
function limitPart(values: usize, at: usize, end: usize, scale: v128, lowest: v128, highest: v128, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.mul(loadFirst(values + at, width), scale)
    const second = f32x4.mul(loadSecond(values + at, width), scale)
    const limited1 = f32x4.min(f32x4.max(first, lowest), highest)
    const limited2 = f32x4.min(f32x4.max(second, lowest), highest)
    storeBoth(values + at, limited1, limited2, width)
  }
}

/** values = values · scale, each brought into [−limit, limit] */
export function limitValues(values: usize, count: i32, scale: f32, limit: f32): void {
  const scales = f32x4.splat(scale)
  const lowest = f32x4.splat(-limit)
  const highest = f32x4.splat(limit)
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  limitPart(values, 0, pairs, scales, lowest, highest, 8)
  limitPart(values, pairs, whole, scales, lowest, highest, 4)
  limitPart(values, whole, <usize>count << 2, scales, lowest, highest, 1)
}

// @ts-ignore: decorator
@inline
function sgdPart(parameters: usize, gradients: usize, at: usize, end: usize, factor: v128, kept: v128, width: i32): void {
  for (; at < end; at += width << 2) {
    const shrunk1 = f32x4.mul(loadFirst(parameters + at, width), kept)
    const shrunk2 = f32x4.mul(loadSecond(parameters + at, width), kept)
    const first = multiplySubtract(factor, loadFirst(gradients + at, width), shrunk1)
    const second = multiplySubtract(factor, loadSecond(gradients + at, width), shrunk2)
    storeBoth(parameters + at, first, second, width)
  }
}

/** parameters = kept · parameters − factor · gradients */
export function sgd(parameters: usize, gradients: usize, count: i32, factor: f32, kept: f32): void {
  const factors = f32x4.splat(factor)
  const shares = f32x4.splat(kept)
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  sgdPart(parameters, gradients, 0, pairs, factors, shares, 8)
  sgdPart(parameters, gradients, pairs, whole, factors, shares, 4)
  sgdPart(parameters, gradients, whole, <usize>count << 2, factors, shares, 1)
}

/** Clipped gradient, with the pull of weight decay towards 0. */
// @ts-ignore: decorator
@inline
function pulled(gradient: v128, parameter: v128, scale: f32, weightDecay: f32): v128 {
  return multiplyAdd(parameter, f32x4.splat(weightDecay), f32x4.mul(gradient, f32x4.splat(scale)))
}

// @ts-ignore: decorator
@inline
function followed(parameter: v128, gradient: v128, velocity: v128, ownRate: f32, velocityRate: f32): v128 {
  const moved = multiplySubtract(velocity, f32x4.splat(velocityRate), parameter)
  return multiplySubtract(gradient, f32x4.splat(ownRate), moved)
}

// @ts-ignore: decorator
@inline
function momentumPart(
  parameters: usize, gradients: usize, velocities: usize, at: usize, end: usize,
  scale: f32, decay: f32, share: f32, ownRate: f32, velocityRate: f32, width: i32,
): void {
  for (; at < end; at += width << 2) {
    const parameter1 = loadFirst(parameters + at, width)
    const parameter2 = loadSecond(parameters + at, width)
    const gradient1 = pulled(loadFirst(gradients + at, width), parameter1, scale, decay)
    const gradient2 = pulled(loadSecond(gradients + at, width), parameter2, scale, decay)
    const velocity1 = multiplyAdd(loadFirst(velocities + at, width), f32x4.splat(share), gradient1)
    const velocity2 = multiplyAdd(loadSecond(velocities + at, width), f32x4.splat(share), gradient2)
    const first = followed(parameter1, gradient1, velocity1, ownRate, velocityRate)
    const second = followed(parameter2, gradient2, velocity2, ownRate, velocityRate)
    storeBoth(velocities + at, velocity1, velocity2, width)
    storeBoth(parameters + at, first, second, width)
  }
}

/** `ownRate`, `velocityRate`: learning rate times momentumShares. */
export function momentum(
  parameters: usize, gradients: usize, velocities: usize, count: i32,
  scale: f32, decay: f32, share: f32, ownRate: f32, velocityRate: f32,
): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  const end = <usize>count << 2
  momentumPart(parameters, gradients, velocities, 0, pairs, scale, decay, share, ownRate, velocityRate, 8)
  momentumPart(parameters, gradients, velocities, pairs, whole, scale, decay, share, ownRate, velocityRate, 4)
  momentumPart(parameters, gradients, velocities, whole, end, scale, decay, share, ownRate, velocityRate, 1)
}

// @ts-ignore: decorator
@inline
function gathered(gradient: v128, before: v128, keep: f32, take: f32): v128 {
  return multiplyAdd(before, f32x4.splat(keep), f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(take)))
}

// @ts-ignore: decorator
@inline
function movedByRoot(parameter: v128, gradient: v128, square: v128, learningRate: f32, epsilon: f32): v128 {
  const root = f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon))
  return f32x4.sub(parameter, f32x4.div(f32x4.mul(gradient, f32x4.splat(learningRate)), root))
}

// @ts-ignore: decorator
@inline
function squaresPart(
  parameters: usize, gradients: usize, squares: usize, at: usize, end: usize,
  scale: f32, decay: f32, keep: f32, take: f32, learningRate: f32, epsilon: f32, width: i32,
): void {
  for (; at < end; at += width << 2) {
    const parameter1 = loadFirst(parameters + at, width)
    const parameter2 = loadSecond(parameters + at, width)
    const gradient1 = pulled(loadFirst(gradients + at, width), parameter1, scale, decay)
    const gradient2 = pulled(loadSecond(gradients + at, width), parameter2, scale, decay)
    const square1 = gathered(gradient1, loadFirst(squares + at, width), keep, take)
    const square2 = gathered(gradient2, loadSecond(squares + at, width), keep, take)
    const first = movedByRoot(parameter1, gradient1, square1, learningRate, epsilon)
    const second = movedByRoot(parameter2, gradient2, square2, learningRate, epsilon)
    storeBoth(squares + at, square1, square2, width)
    storeBoth(parameters + at, first, second, width)
  }
}

/** RMSprop and Adagrad: see SquaresRule. */
export function squares(
  parameters: usize, gradients: usize, sums: usize, count: i32,
  scale: f32, decay: f32, keep: f32, take: f32, learningRate: f32, epsilon: f32,
): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  const end = <usize>count << 2
  squaresPart(parameters, gradients, sums, 0, pairs, scale, decay, keep, take, learningRate, epsilon, 8)
  squaresPart(parameters, gradients, sums, pairs, whole, scale, decay, keep, take, learningRate, epsilon, 4)
  squaresPart(parameters, gradients, sums, whole, end, scale, decay, keep, take, learningRate, epsilon, 1)
}

// @ts-ignore: decorator
@inline
function movedByAdam(
  parameter: v128, m: v128, v: v128, stepSize: f32, rootCorrection: f32, epsilon: f32, kept: f32,
): v128 {
  const root = multiplyAdd(f32x4.sqrt(v), f32x4.splat(rootCorrection), f32x4.splat(epsilon))
  const move = f32x4.div(f32x4.mul(m, f32x4.splat(stepSize)), root)
  return f32x4.sub(f32x4.mul(parameter, f32x4.splat(kept)), move)
}

// @ts-ignore: decorator
@inline
function adamPart(
  parameters: usize, gradients: usize, first: usize, second: usize, at: usize, end: usize,
  scale: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32,
  stepSize: f32, rootCorrection: f32, epsilon: f32, decay: f32, kept: f32, width: i32,
): void {
  for (; at < end; at += width << 2) {
    const parameter1 = loadFirst(parameters + at, width)
    const parameter2 = loadSecond(parameters + at, width)
    const gradient1 = pulled(loadFirst(gradients + at, width), parameter1, scale, decay)
    const gradient2 = pulled(loadSecond(gradients + at, width), parameter2, scale, decay)
    const rest = f32x4.splat(rest1)
    const m1 = multiplyAdd(loadFirst(first + at, width), f32x4.splat(beta1), f32x4.mul(gradient1, rest))
    const m2 = multiplyAdd(loadSecond(first + at, width), f32x4.splat(beta1), f32x4.mul(gradient2, rest))
    const v1 = gathered(gradient1, loadFirst(second + at, width), beta2, rest2)
    const v2 = gathered(gradient2, loadSecond(second + at, width), beta2, rest2)
    const moved1 = movedByAdam(parameter1, m1, v1, stepSize, rootCorrection, epsilon, kept)
    const moved2 = movedByAdam(parameter2, m2, v2, stepSize, rootCorrection, epsilon, kept)
    storeBoth(first + at, m1, m2, width)
    storeBoth(second + at, v1, v2, width)
    storeBoth(parameters + at, moved1, moved2, width)
  }
}

/** `rest1`, `rest2`: 1 − β; see adamFactors for the step's own two numbers; `decay` is L2, `kept` what the decoupled decay leaves. */
export function adam(
  parameters: usize, gradients: usize, first: usize, second: usize, count: i32,
  scale: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32,
  stepSize: f32, rootCorrection: f32, epsilon: f32, decay: f32, kept: f32,
): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  adamPart(
    parameters, gradients, first, second, 0, pairs,
    scale, beta1, beta2, rest1, rest2, stepSize, rootCorrection, epsilon, decay, kept, 8,
  )
  adamPart(
    parameters, gradients, first, second, pairs, whole,
    scale, beta1, beta2, rest1, rest2, stepSize, rootCorrection, epsilon, decay, kept, 4,
  )
  adamPart(
    parameters, gradients, first, second, whole, <usize>count << 2,
    scale, beta1, beta2, rest1, rest2, stepSize, rootCorrection, epsilon, decay, kept, 1,
  )
}
