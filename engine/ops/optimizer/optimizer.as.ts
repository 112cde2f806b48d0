// The passes over the contiguous blocks of parameters and gradients (optimizerKernels.ts).
import { loadPart, multiplyAdd, multiplySubtract, partSize, storePart, wholeBytes } from '../vector.as'

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
function limitPart(values: usize, end: usize, scale: v128, lowest: v128, highest: v128, whole: bool): void {
  while (values < end) {
    const scaled = f32x4.mul(loadPart(values, whole), scale)
    storePart(values, f32x4.min(f32x4.max(scaled, lowest), highest), whole)
    values += partSize(whole)
  }
}

/** values = values · scale, each brought into [−limit, limit] */
export function limitValues(values: usize, count: i32, scale: f32, limit: f32): void {
  const scales = f32x4.splat(scale)
  const lowest = f32x4.splat(-limit)
  const highest = f32x4.splat(limit)
  const whole = values + wholeBytes(count)
  limitPart(values, whole, scales, lowest, highest, true)
  limitPart(whole, values + (<usize>count << 2), scales, lowest, highest, false)
}

// @ts-ignore: decorator
@inline
function sgdPart(parameters: usize, gradients: usize, end: usize, factor: v128, kept: v128, whole: bool): void {
  while (parameters < end) {
    const shrunk = f32x4.mul(loadPart(parameters, whole), kept)
    storePart(parameters, multiplySubtract(factor, loadPart(gradients, whole), shrunk), whole)
    parameters += partSize(whole)
    gradients += partSize(whole)
  }
}

/** parameters = kept · parameters − factor · gradients */
export function sgd(parameters: usize, gradients: usize, count: i32, factor: f32, kept: f32): void {
  const factors = f32x4.splat(factor)
  const keptFour = f32x4.splat(kept)
  const whole = wholeBytes(count)
  sgdPart(parameters, gradients, parameters + whole, factors, keptFour, true)
  sgdPart(parameters + whole, gradients + whole, parameters + (<usize>count << 2), factors, keptFour, false)
}

/** Clipped gradient, with the pull of weight decay towards 0. */
// @ts-ignore: decorator
@inline
function pulled(gradients: usize, parameter: v128, gradientScale: f32, weightDecay: f32, whole: bool): v128 {
  const gradient = f32x4.mul(loadPart(gradients, whole), f32x4.splat(gradientScale))
  return multiplyAdd(parameter, f32x4.splat(weightDecay), gradient)
}

// @ts-ignore: decorator
@inline
function momentumPart(
  parameters: usize,
  gradients: usize,
  velocities: usize,
  end: usize,
  gradientScale: f32,
  weightDecay: f32,
  momentum: f32,
  ownRate: f32,
  velocityRate: f32,
  whole: bool,
): void {
  while (parameters < end) {
    const parameter = loadPart(parameters, whole)
    const gradient = pulled(gradients, parameter, gradientScale, weightDecay, whole)
    const velocity = multiplyAdd(loadPart(velocities, whole), f32x4.splat(momentum), gradient)
    storePart(velocities, velocity, whole)
    const moved = multiplySubtract(velocity, f32x4.splat(velocityRate), parameter)
    storePart(parameters, multiplySubtract(gradient, f32x4.splat(ownRate), moved), whole)
    parameters += partSize(whole)
    gradients += partSize(whole)
    velocities += partSize(whole)
  }
}

/** `ownRate`, `velocityRate`: learning rate times momentumShares. */
export function momentum(
  parameters: usize,
  gradients: usize,
  velocities: usize,
  count: i32,
  gradientScale: f32,
  weightDecay: f32,
  share: f32,
  ownRate: f32,
  velocityRate: f32,
): void {
  const w = wholeBytes(count)
  const end = parameters + (<usize>count << 2)
  momentumPart(
    parameters, gradients, velocities, parameters + w,
    gradientScale, weightDecay, share, ownRate, velocityRate, true,
  )
  momentumPart(
    parameters + w, gradients + w, velocities + w, end,
    gradientScale, weightDecay, share, ownRate, velocityRate, false,
  )
}

// @ts-ignore: decorator
@inline
function squaresPart(
  parameters: usize,
  gradients: usize,
  squares: usize,
  end: usize,
  gradientScale: f32,
  weightDecay: f32,
  keep: f32,
  take: f32,
  learningRate: f32,
  epsilon: f32,
  whole: bool,
): void {
  while (parameters < end) {
    const parameter = loadPart(parameters, whole)
    const gradient = pulled(gradients, parameter, gradientScale, weightDecay, whole)
    const taken = f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(take))
    const square = multiplyAdd(loadPart(squares, whole), f32x4.splat(keep), taken)
    storePart(squares, square, whole)
    const root = f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon))
    const move = f32x4.div(f32x4.mul(gradient, f32x4.splat(learningRate)), root)
    storePart(parameters, f32x4.sub(parameter, move), whole)
    parameters += partSize(whole)
    gradients += partSize(whole)
    squares += partSize(whole)
  }
}

/** RMSprop and Adagrad: see SquaresRule. */
export function squares(
  parameters: usize,
  gradients: usize,
  gathered: usize,
  count: i32,
  gradientScale: f32,
  weightDecay: f32,
  keep: f32,
  take: f32,
  learningRate: f32,
  epsilon: f32,
): void {
  const w = wholeBytes(count)
  const end = parameters + (<usize>count << 2)
  squaresPart(
    parameters, gradients, gathered, parameters + w,
    gradientScale, weightDecay, keep, take, learningRate, epsilon, true,
  )
  squaresPart(
    parameters + w, gradients + w, gathered + w, end,
    gradientScale, weightDecay, keep, take, learningRate, epsilon, false,
  )
}

// @ts-ignore: decorator
@inline
function adamPart(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  end: usize,
  gradientScale: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  stepSize: f32,
  rootCorrection: f32,
  epsilon: f32,
  lossDecay: f32,
  kept: f32,
  whole: bool,
): void {
  while (parameters < end) {
    const parameter = loadPart(parameters, whole)
    const gradient = pulled(gradients, parameter, gradientScale, lossDecay, whole)
    const m = multiplyAdd(loadPart(first, whole), f32x4.splat(beta1), f32x4.mul(gradient, f32x4.splat(rest1)))
    const square = f32x4.mul(gradient, gradient)
    const v = multiplyAdd(loadPart(second, whole), f32x4.splat(beta2), f32x4.mul(square, f32x4.splat(rest2)))
    storePart(first, m, whole)
    storePart(second, v, whole)
    const root = multiplyAdd(f32x4.sqrt(v), f32x4.splat(rootCorrection), f32x4.splat(epsilon))
    const move = f32x4.div(f32x4.mul(m, f32x4.splat(stepSize)), root)
    storePart(parameters, f32x4.sub(f32x4.mul(parameter, f32x4.splat(kept)), move), whole)
    parameters += partSize(whole)
    gradients += partSize(whole)
    first += partSize(whole)
    second += partSize(whole)
  }
}

/** `rest1`, `rest2`: 1 − β; see adamFactors for the step's own two numbers; `lossDecay` is L2, `kept` the decoupled decay. */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  gradientScale: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  stepSize: f32,
  rootCorrection: f32,
  epsilon: f32,
  lossDecay: f32,
  kept: f32,
): void {
  const w = wholeBytes(count)
  const end = parameters + (<usize>count << 2)
  adamPart(
    parameters, gradients, first, second, parameters + w,
    gradientScale, beta1, beta2, rest1, rest2, stepSize, rootCorrection, epsilon, lossDecay, kept, true,
  )
  adamPart(
    parameters + w, gradients + w, first + w, second + w, end,
    gradientScale, beta1, beta2, rest1, rest2, stepSize, rootCorrection, epsilon, lossDecay, kept, false,
  )
}
