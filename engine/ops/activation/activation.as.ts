import { loadFirst, loadSecond, pairBytes, storeBoth, wholeBytes } from '../vector.as'
import { hyperbolicTangent, rectified, sigmoid, sigmoidSlope, tangentSlope } from './math.as'

// The numbers by which activationSimd.ts names the kinds.
export const TANH: i32 = 0
export const RELU: i32 = 1
export const SIGMOID: i32 = 2

// @ts-ignore: decorator
@inline
export function activate(kind: i32, x: v128): v128 {
  if (kind === TANH) return hyperbolicTangent(x)
  return kind === RELU ? rectified(x) : sigmoid(x)
}

/** dy · slope, told from the result y. */
// @ts-ignore: decorator
@inline
export function throughActivation(kind: i32, y: v128, dy: v128): v128 {
  if (kind === TANH) return f32x4.mul(dy, tangentSlope(y))
  return kind === RELU ? v128.and(dy, f32x4.gt(y, f32x4.splat(0))) : f32x4.mul(dy, sigmoidSlope(y))
}

// @ts-ignore: decorator
@inline
function forward(kind: i32, x: usize, y: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = activate(kind, loadFirst(x + at, width))
    const second = activate(kind, loadSecond(x + at, width))
    storeBoth(y + at, first, second, width)
  }
}

// @ts-ignore: decorator
@inline
function forwardAll(kind: i32, x: usize, y: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  forward(kind, x, y, 0, pairs, 8)
  forward(kind, x, y, pairs, whole, 4)
  forward(kind, x, y, whole, <usize>count << 2, 1)
}

// A function for each kind: in one for all, the choice would be made anew for every vector.

/** y = tanh(x), element by element; y may be x. */
export function tangents(x: usize, y: usize, count: i32): void {
  forwardAll(TANH, x, y, count)
}

/** y = sigmoid(x), element by element; y may be x. */
export function sigmoids(x: usize, y: usize, count: i32): void {
  forwardAll(SIGMOID, x, y, count)
}

/** y = max(x, 0), element by element; y may be x. */
export function rectify(x: usize, y: usize, count: i32): void {
  forwardAll(RELU, x, y, count)
}

export function activation(kind: i32, x: usize, y: usize, count: i32): void {
  if (kind === TANH) tangents(x, y, count)
  else if (kind === RELU) rectify(x, y, count)
  else sigmoids(x, y, count)
}

// @ts-ignore: decorator
@inline
function backward(kind: i32, y: usize, dy: usize, dx: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = throughActivation(kind, loadFirst(y + at, width), loadFirst(dy + at, width))
    const second = throughActivation(kind, loadSecond(y + at, width), loadSecond(dy + at, width))
    storeBoth(dx + at, first, second, width)
  }
}

// @ts-ignore: decorator
@inline
function backwardAll(kind: i32, y: usize, dy: usize, dx: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  backward(kind, y, dy, dx, 0, pairs, 8)
  backward(kind, y, dy, dx, pairs, whole, 4)
  backward(kind, y, dy, dx, whole, <usize>count << 2, 1)
}

function throughTangents(y: usize, dy: usize, dx: usize, count: i32): void {
  backwardAll(TANH, y, dy, dx, count)
}

function throughSigmoids(y: usize, dy: usize, dx: usize, count: i32): void {
  backwardAll(SIGMOID, y, dy, dx, count)
}

function throughRectified(y: usize, dy: usize, dx: usize, count: i32): void {
  backwardAll(RELU, y, dy, dx, count)
}

export function activationGradient(kind: i32, y: usize, dy: usize, dx: usize, count: i32): void {
  if (kind === TANH) throughTangents(y, dy, dx, count)
  else if (kind === RELU) throughRectified(y, dy, dx, count)
  else throughSigmoids(y, dy, dx, count)
}
