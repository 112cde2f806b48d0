import { exponential } from '../activation/math.as'
import { loadFirst, loadSecond, multiplyAdd, pairBytes, storeBoth, wholeBytes } from '../vector.as'

/**
 * 1 − Φ(|x|) = ½ e^(−x²/2) · (a1 t + … + a5 t⁵), t = 1 / (1 + p |x| / √2): Abramowitz & Stegun 7.1.26 with the halves put in; absolute
 * error 8e-8, and relative to the tail itself small enough that gelu of negative numbers keeps its digits.
 */
const table = memory.data<f32>([
  0.23164189, // 0: p / √2
  0.5307027145, // 4: a5 / 2
  -0.7265760135, // 8: a4 / 2
  0.7107068705, // 12: a3 / 2
  -0.142248368, // 16: a2 / 2
  0.127414796, // 20: a1 / 2
  -0.5, // 24
  1, // 28
  0.3989422804, // 32: 1 / √(2π)
])

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(table + offset)
}

/** e^(−x²/2) */
// @ts-ignore: decorator
@inline
function bell(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), constant(24)))
}

/** Φ(x) from e^(−x²/2). */
// @ts-ignore: decorator
@inline
function distribution(x: v128, exponent: v128): v128 {
  const t = f32x4.div(constant(28), multiplyAdd(f32x4.abs(x), constant(0), constant(28)))
  let p = multiplyAdd(constant(4), t, constant(8))
  p = multiplyAdd(p, t, constant(12))
  p = multiplyAdd(p, t, constant(16))
  p = multiplyAdd(p, t, constant(20))
  const tail = f32x4.mul(f32x4.mul(p, t), exponent)
  return v128.bitselect(tail, f32x4.sub(constant(28), tail), f32x4.lt(x, f32x4.splat(0)))
}

// @ts-ignore: decorator
@inline
function weighted(x: v128): v128 {
  return f32x4.mul(x, distribution(x, bell(x)))
}

// @ts-ignore: decorator
@inline
function forward(x: usize, y: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = weighted(loadFirst(x + at, width))
    const second = weighted(loadSecond(x + at, width))
    storeBoth(y + at, first, second, width)
  }
}

export function gelu(x: usize, y: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  forward(x, y, 0, pairs, 8)
  forward(x, y, pairs, whole, 4)
  forward(x, y, whole, <usize>count << 2, 1)
}

// @ts-ignore: decorator
@inline
function slope(x: v128): v128 {
  const exponent = bell(x)
  return multiplyAdd(f32x4.mul(x, constant(32)), exponent, distribution(x, exponent))
}

// @ts-ignore: decorator
@inline
function backward(x: usize, dy: usize, dx: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.mul(loadFirst(dy + at, width), slope(loadFirst(x + at, width)))
    const second = f32x4.mul(loadSecond(dy + at, width), slope(loadSecond(x + at, width)))
    storeBoth(dx + at, first, second, width)
  }
}

export function geluGradient(x: usize, dy: usize, dx: usize, count: i32): void {
  const pairs = pairBytes(count)
  const whole = wholeBytes(count)
  backward(x, dy, dx, 0, pairs, 8)
  backward(x, dy, dx, pairs, whole, 4)
  backward(x, dy, dx, whole, <usize>count << 2, 1)
}
