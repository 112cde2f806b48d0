import { loadPart, partSize, storePart, wholeBytes } from '../vector.as'
import { hyperbolicTangent, rectified, sigmoid, sigmoidSlope, tangentSlope } from './math.as'

// The numbers by which activationSimd.ts names the kinds.
export const TANH: i32 = 0
export const RELU: i32 = 1

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
function forward(kind: i32, x: usize, y: usize, end: usize, whole: bool): void {
  for (; x < end; x += partSize(whole), y += partSize(whole)) storePart(y, activate(kind, loadPart(x, whole)), whole)
}

// @ts-ignore: decorator
@inline
function forwardAll(kind: i32, x: usize, y: usize, count: i32): void {
  const whole = wholeBytes(count)
  forward(kind, x, y, x + whole, true)
  forward(kind, x + whole, y + whole, x + (<usize>count << 2), false)
}

export function activation(kind: i32, x: usize, y: usize, count: i32): void {
  if (kind === TANH) forwardAll(TANH, x, y, count)
  else if (kind === RELU) forwardAll(RELU, x, y, count)
  else forwardAll(kind, x, y, count)
}

// @ts-ignore: decorator
@inline
function backward(kind: i32, y: usize, dy: usize, dx: usize, end: usize, whole: bool): void {
  while (y < end) {
    storePart(dx, throughActivation(kind, loadPart(y, whole), loadPart(dy, whole)), whole)
    y += partSize(whole)
    dy += partSize(whole)
    dx += partSize(whole)
  }
}

export function activationGradient(kind: i32, y: usize, dy: usize, dx: usize, count: i32): void {
  const whole = wholeBytes(count)
  backward(kind, y, dy, dx, y + whole, true)
  backward(kind, y + whole, dy + whole, dx + whole, y + (<usize>count << 2), false)
}
