import { addVectors, clear, copy, loadPart, multiplyAdd, multiplySubtract, partSize, storePart, wholeBytes } from '../vector.as'
import { beginStates, isValid, keepLast, rowBefore } from './recurrenceWalk.as'

/** Rows whose share of the coefficients' gradient is summed apart: many short sums lose fewer digits than one long one. */
const CHUNK_ROWS: i32 = 256

/** Rows of u, past and x hold `half` bytes of real parts and then the imaginary ones; so do those of coefficients Re λ, Im λ, γ. */
// @ts-ignore: decorator
@inline
function advancePart(u: usize, coefficients: usize, past: usize, x: usize, half: usize, start: usize, end: usize, whole: bool): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const a = loadPart(coefficients + at, whole)
    const b = loadPart(coefficients + half + at, whole)
    const scale = loadPart(coefficients + 2 * half + at, whole)
    const real = loadPart(past + at, whole)
    const imaginary = loadPart(past + half + at, whole)
    const nextReal = multiplySubtract(b, imaginary, multiplyAdd(a, real, f32x4.mul(scale, loadPart(u + at, whole))))
    const nextImaginary = multiplyAdd(b, real, multiplyAdd(a, imaginary, f32x4.mul(scale, loadPart(u + half + at, whole))))
    storePart(x + at, nextReal, whole)
    storePart(x + half + at, nextImaginary, whole)
  }
}

/** `pairs`: N. `scratch`: 2N floats. initial and last may be 0. */
export function complexRecurrence(
  u: usize,
  coefficients: usize,
  lengths: usize,
  initial: usize,
  x: usize,
  last: usize,
  time: i32,
  batch: i32,
  pairs: i32,
  scratch: usize,
): void {
  const half = <usize>pairs << 2
  const stride = 2 * half
  const step = <usize>batch * stride
  const whole = wholeBytes(pairs)
  clear(scratch, 2 * pairs)
  let at: usize = 0
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (isValid(lengths, row, t)) {
        const past = rowBefore(x, at, step, initial, <usize>row * stride, t, scratch)
        advancePart(u + at, coefficients, past, x + at, half, 0, whole, true)
        advancePart(u + at, coefficients, past, x + at, half, whole, half, false)
      } else {
        clear(x + at, 2 * pairs)
      }
      at += stride
    }
  }
  if (last !== 0) keepLast(last, x, lengths, initial, scratch, batch, 2 * pairs)
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, first: v128, second: v128, third: v128, fourth: v128, whole: bool): void {
  storePart(sum, multiplyAdd(first, second, multiplyAdd(third, fourth, loadPart(sum, whole))), whole)
}

// @ts-ignore: decorator
@inline
function retreatPart(
  u: usize,
  coefficients: usize,
  past: usize,
  dx: usize,
  dState: usize,
  du: usize,
  sums: usize,
  half: usize,
  start: usize,
  end: usize,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const real = f32x4.add(loadPart(dx + at, whole), loadPart(dState + at, whole))
    const imaginary = f32x4.add(loadPart(dx + half + at, whole), loadPart(dState + half + at, whole))
    const pastReal = loadPart(past + at, whole)
    const pastImaginary = loadPart(past + half + at, whole)
    addTo(sums + at, real, pastReal, imaginary, pastImaginary, whole)
    addTo(sums + half + at, imaginary, pastReal, f32x4.neg(real), pastImaginary, whole)
    addTo(sums + 2 * half + at, real, loadPart(u + at, whole), imaginary, loadPart(u + half + at, whole), whole)
    const a = loadPart(coefficients + at, whole)
    const b = loadPart(coefficients + half + at, whole)
    const scale = loadPart(coefficients + 2 * half + at, whole)
    storePart(du + at, f32x4.mul(scale, real), whole)
    storePart(du + half + at, f32x4.mul(scale, imaginary), whole)
    storePart(dState + at, multiplyAdd(a, real, f32x4.mul(b, imaginary)), whole)
    storePart(dState + half + at, multiplySubtract(b, real, f32x4.mul(a, imaginary)), whole)
  }
}

/** du may be u; dx, initial, dLast and dInitial may be 0. `scratch`: (2B + 5) · N floats. */
export function complexRecurrenceGradient(
  u: usize,
  coefficients: usize,
  lengths: usize,
  x: usize,
  dx: usize,
  initial: usize,
  dLast: usize,
  du: usize,
  dCoefficients: usize,
  dInitial: usize,
  time: i32,
  batch: i32,
  pairs: i32,
  scratch: usize,
): void {
  const half = <usize>pairs << 2
  const stride = 2 * half
  const step = <usize>batch * stride
  const whole = wholeBytes(pairs)
  const sums = scratch + stride
  const dStates = sums + 3 * half
  clear(scratch, 5 * pairs)
  clear(dCoefficients, 3 * pairs)
  beginStates(dStates, dLast, batch * 2 * pairs)
  let summed = 0
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = <usize>t * step + within
      if (isValid(lengths, row, t)) {
        const past = rowBefore(x, at, step, initial, within, t, scratch)
        const d = dx !== 0 ? dx + at : scratch
        retreatPart(u + at, coefficients, past, d, dStates + within, du + at, sums, half, 0, whole, true)
        retreatPart(u + at, coefficients, past, d, dStates + within, du + at, sums, half, whole, half, false)
      } else {
        clear(du + at, 2 * pairs)
      }
    }
    summed += batch
    if (summed < CHUNK_ROWS && t > 0) continue
    addVectors(dCoefficients, dCoefficients, sums, 3 * pairs)
    clear(sums, 3 * pairs)
    summed = 0
  }
  if (dInitial !== 0) copy(dInitial, dStates, batch * 2 * pairs)
}
