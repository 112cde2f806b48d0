// exp, sigmoid and tanh of four floats, all from one polynomial for e^x − 1. Largest relative errors, over all floats that do not
// overflow: see math.test.ts.
import { multiplyAdd, multiplySubtract } from '../vector.as'

/**
 * Constants stand in memory and are loaded where they are used: V8 would make v128 constants anew in every turn of a loop.
 * e^r − 1 = r + r² (P0 + P1 r + P2 r² + P3 r³ + P4 r⁴) for |r| ≤ ln 2 / 2, interpolated at Chebyshev nodes; relative error 2.5e-8.
 */
const table = memory.data<f32>([
  1.4426950408889634, // 0: 1 / ln 2
  12582912, // 4: 1.5 · 2²³, rounds to an integer when added
  0.693359375, // 8: ln 2, the bits that make n · ln 2 exact
  -2.12194440e-4, // 12: and the rest
  1.3926325618133463e-3, // 16: P4
  8.363292753030603e-3, // 20: P3
  4.1666553762567636e-2, // 24: P2
  0.16666576305560638, // 28: P1
  0.5, // 32: P0
  1, // 36
  -87.3, // 40: below, e^x leaves the normal floats
  88.3, // 44: above, 2^n overflows
  2, // 48
  -20, // 52: tanh is ±1 long before 2x = ±20
  20, // 56
])

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(table + offset)
}

// @ts-ignore: decorator
@inline
function one(): v128 {
  return constant(36)
}

/** Between the constants at `low` and `high`; not-a-number stays. */
// @ts-ignore: decorator
@inline
function clamp(x: v128, low: usize, high: usize): v128 {
  return f32x4.pmin(f32x4.pmax(x, constant(low)), constant(high))
}

/** x / ln 2 rounded to an integer n, plus 1.5 · 2²³: its lowest bits are n. */
// @ts-ignore: decorator
@inline
function roundedQuotient(x: v128): v128 {
  return multiplyAdd(x, constant(0), constant(4))
}

/** e^r − 1 for the rest r = x − n · ln 2. */
// @ts-ignore: decorator
@inline
function restMinusOne(x: v128, quotient: v128): v128 {
  const n = f32x4.sub(quotient, constant(4))
  const r = multiplySubtract(n, constant(12), multiplySubtract(n, constant(8), x))
  let p = multiplyAdd(constant(16), r, constant(20))
  p = multiplyAdd(p, r, constant(24))
  p = multiplyAdd(p, r, constant(28))
  p = multiplyAdd(p, r, constant(32))
  return multiplyAdd(f32x4.mul(r, r), p, r)
}

/** 2^n as float bits: n moves into the exponent and 1 · 2^0 is added. */
// @ts-ignore: decorator
@inline
function powerOfTwo(quotient: v128): v128 {
  return i32x4.add(i32x4.shl(quotient, 23), one())
}

// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const bounded = clamp(x, 40, 44)
  const quotient = roundedQuotient(bounded)
  const power = powerOfTwo(quotient)
  return multiplyAdd(restMinusOne(bounded, quotient), power, power)
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), exponential(f32x4.neg(x))))
}

/** (e^2x − 1) / (e^2x + 1); exact near 0 because e^2x − 1 is never formed by subtraction there. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(x: v128): v128 {
  const doubled = clamp(f32x4.add(x, x), 52, 56)
  const quotient = roundedQuotient(doubled)
  const power = powerOfTwo(quotient)
  const minusOne = multiplyAdd(restMinusOne(doubled, quotient), power, f32x4.sub(power, one()))
  return f32x4.div(minusOne, f32x4.add(minusOne, constant(48)))
}

// @ts-ignore: decorator
@inline
export function rectified(x: v128): v128 {
  return f32x4.pmax(x, f32x4.splat(0))
}

/** 1 − y² */
// @ts-ignore: decorator
@inline
export function tangentSlope(y: v128): v128 {
  return multiplySubtract(y, y, one())
}

/** y (1 − y) */
// @ts-ignore: decorator
@inline
export function sigmoidSlope(y: v128): v128 {
  return multiplySubtract(y, y, y)
}

/** 1 − y */
// @ts-ignore: decorator
@inline
export function complement(y: v128): v128 {
  return f32x4.sub(one(), y)
}
