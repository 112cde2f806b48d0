import { addVectors, clear, copy, loadPart, multiplyAdd, multiplySubtract, partSize, storePart, wholeBytes } from '../vector.as'
import { complexScan } from './complexScan.as'
import { complexScanBack } from './complexScanBack.as'
import { beginStates, isValid, keepLast, lengthOf, rowBefore } from './recurrenceWalk.as'
import { complexScanPays, wholeBlocks } from './timeChunks.as'

/** Rows whose share of the coefficients' gradient is summed apart: many short sums lose fewer digits than one long one. */
const CHUNK_ROWS: i32 = 256

/** Rows of u, past and x hold `half` bytes of real parts and then the imaginary ones; so do those of coefficients Re λ, Im λ, γ. */
// @ts-ignore: decorator
@inline
function advancePart(
  u: usize,
  coefficients: usize,
  past: usize,
  x: usize,
  half: usize,
  start: usize,
  end: usize,
  whole: bool,
): void {
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

/** All rows, one time step after the other. */
// @ts-ignore: decorator
@inline
function walk(
  u: usize,
  coefficients: usize,
  lengths: usize,
  initial: usize,
  x: usize,
  time: i32,
  batch: i32,
  pairs: i32,
  zeros: usize,
): void {
  const half = <usize>pairs << 2
  const stride = 2 * half
  const step = <usize>batch * stride
  const whole = wholeBytes(pairs)
  let at: usize = 0
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (isValid(lengths, row, t)) {
        const past = rowBefore(x, at, step, initial, <usize>row * stride, t, zeros)
        advancePart(u + at, coefficients, past, x + at, half, 0, whole, true)
        advancePart(u + at, coefficients, past, x + at, half, whole, half, false)
      } else {
        clear(x + at, 2 * pairs)
      }
      at += stride
    }
  }
}

/** One row of whole vectors: whole blocks of time by scan, the rest step by step. Addresses are those of its first step. */
function scan(
  u: usize,
  coefficients: usize,
  past: usize,
  x: usize,
  step: usize,
  length: i32,
  time: i32,
  pairs: i32,
): void {
  const half = <usize>pairs << 2
  const steps = wholeBlocks(length)
  for (let at: usize = 0; at < half; at += 16) complexScan(u + at, coefficients + at, x + at, past + at, half, step, steps)
  for (let t = steps; t < length; t++) {
    const at = <usize>t * step
    advancePart(u + at, coefficients, t > 0 ? x + at - step : past, x + at, half, 0, half, true)
  }
  for (let t = length; t < time; t++) clear(x + <usize>t * step, 2 * pairs)
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
  clear(scratch, 2 * pairs)
  if (complexScanPays(batch, pairs)) {
    const stride = <usize>pairs << 3
    for (let row = 0; row < batch; row++) {
      const at = <usize>row * stride
      const past = initial !== 0 ? initial + at : scratch
      scan(u + at, coefficients, past, x + at, <usize>batch * stride, lengthOf(lengths, row), time, pairs)
    }
  } else {
    walk(u, coefficients, lengths, initial, x, time, batch, pairs, scratch)
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

/**
 * dStates [B, 2N] holds the gradients of the last states and ends as that of the first; `sums` [3, N] are zeros.
 * All rows, one time step after the other.
 */
// @ts-ignore: decorator
@inline
function walkBack(
  u: usize,
  coefficients: usize,
  lengths: usize,
  x: usize,
  dx: usize,
  initial: usize,
  du: usize,
  dCoefficients: usize,
  dStates: usize,
  time: i32,
  batch: i32,
  pairs: i32,
  zeros: usize,
  sums: usize,
): void {
  const half = <usize>pairs << 2
  const stride = 2 * half
  const step = <usize>batch * stride
  const whole = wholeBytes(pairs)
  let summed = 0
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = <usize>t * step + within
      if (isValid(lengths, row, t)) {
        const past = rowBefore(x, at, step, initial, within, t, zeros)
        const d = dx !== 0 ? dx + at : zeros
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
}

/** One row, as `scan`. `past` is its state before the first step; dx moves by `dxStep` bytes a step, 0 where it is zeros. */
function scanBack(
  u: usize,
  coefficients: usize,
  x: usize,
  dx: usize,
  past: usize,
  du: usize,
  dCoefficients: usize,
  dState: usize,
  step: usize,
  dxStep: usize,
  length: i32,
  time: i32,
  pairs: i32,
  sums: usize,
  kept: usize,
): void {
  const half = <usize>pairs << 2
  for (let t = length; t < time; t++) clear(du + <usize>t * step, 2 * pairs)
  // The first step is walked: what stands before it is not in x.
  const steps = wholeBlocks(length - 1)
  for (let t = length - 1; t >= 0; t--) {
    if (t === steps) {
      const end = <usize>(steps + 1) * step
      const dxEnd = dx + <usize>(steps + 1) * dxStep
      for (let at: usize = 0; at < half; at += 16) {
        const to = end + at
        const before = x + to - step
        const dLambda = dCoefficients + at
        complexScanBack(u + to, coefficients + at, before, dxEnd + at, du + to, dLambda, dState + at, half, step, dxStep, steps, kept)
      }
      t = 0
    }
    const at = <usize>t * step
    const before = t > 0 ? x + at - step : past
    retreatPart(u + at, coefficients, before, dx + <usize>t * dxStep, dState, du + at, sums, half, 0, half, true)
  }
  addVectors(dCoefficients, dCoefficients, sums, 3 * pairs)
  clear(sums, 3 * pairs)
}

/** du may be u; dx, initial, dLast and dInitial may be 0. `scratch`: (2B + 5) · N + 80 floats. */
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
  const stride = <usize>pairs << 3
  const sums = scratch + stride
  const dStates = sums + 3 * (<usize>pairs << 2)
  clear(scratch, 5 * pairs)
  clear(dCoefficients, 3 * pairs)
  beginStates(dStates, dLast, batch * 2 * pairs)
  if (complexScanPays(batch, pairs)) {
    const step = <usize>batch * stride
    const kept = dStates + step
    for (let row = 0; row < batch; row++) {
      const at = <usize>row * stride
      const past = initial !== 0 ? initial + at : scratch
      const d = dx !== 0 ? dx + at : scratch
      const dxStep = dx !== 0 ? step : 0
      const length = lengthOf(lengths, row)
      const dState = dStates + at
      scanBack(u + at, coefficients, x + at, d, past, du + at, dCoefficients, dState, step, dxStep, length, time, pairs, sums, kept)
    }
  } else {
    walkBack(u, coefficients, lengths, x, dx, initial, du, dCoefficients, dStates, time, batch, pairs, scratch, sums)
  }
  if (dInitial !== 0) copy(dInitial, dStates, batch * 2 * pairs)
}
