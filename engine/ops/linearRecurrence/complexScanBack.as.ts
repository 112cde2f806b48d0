// The gradient of complexRecurrence over whole blocks of time, one row and four pairs of its numbers at once (timeChunks.as.ts).
import { multiplyAdd, multiplySubtract } from '../vector.as'
import { nextImaginary, nextReal } from './complexScan.as'
import { BLOCK, CHUNK } from './timeChunks.as'

/** Bytes that a chunk keeps: gradient of its state (real, imaginary), of Re λ, Im λ and γ, four floats each. */
const KEPT: usize = 80

/** Takes the gradient of a chunk's state, kept at `kept`, one step back; x and du of the step are not looked at. */
// @ts-ignore: decorator
@inline
function reduceBack(a: v128, minusB: v128, dx: usize, half: usize, kept: usize): void {
  const real = f32x4.add(v128.load(dx), v128.load(kept))
  const imaginary = f32x4.add(v128.load(dx + half), v128.load(kept + 16))
  const zero = f32x4.splat(0)
  v128.store(kept, nextReal(a, minusB, real, imaginary, zero))
  v128.store(kept + 16, nextImaginary(a, minusB, real, imaginary, zero))
}

/** The same with the step's du and its share of the coefficients' gradient. */
// @ts-ignore: decorator
@inline
function retreat(
  a: v128,
  minusB: v128,
  scale: v128,
  u: usize,
  past: usize,
  dx: usize,
  du: usize,
  half: usize,
  kept: usize,
): void {
  const real = f32x4.add(v128.load(dx), v128.load(kept))
  const imaginary = f32x4.add(v128.load(dx + half), v128.load(kept + 16))
  const pastReal = v128.load(past)
  const pastImaginary = v128.load(past + half)
  const zero = f32x4.splat(0)
  const dReal = multiplyAdd(real, pastReal, multiplyAdd(imaginary, pastImaginary, v128.load(kept + 32)))
  const dImaginary = multiplyAdd(imaginary, pastReal, multiplySubtract(real, pastImaginary, v128.load(kept + 48)))
  const dScale = multiplyAdd(real, v128.load(u), multiplyAdd(imaginary, v128.load(u + half), v128.load(kept + 64)))
  v128.store(kept, nextReal(a, minusB, real, imaginary, zero))
  v128.store(kept + 16, nextImaginary(a, minusB, real, imaginary, zero))
  v128.store(kept + 32, dReal)
  v128.store(kept + 48, dImaginary)
  v128.store(kept + 64, dScale)
  v128.store(du, f32x4.mul(scale, real))
  v128.store(du + half, f32x4.mul(scale, imaginary))
}

// @ts-ignore: decorator
@inline
function clearKept(kept: usize): void {
  const zero = f32x4.splat(0)
  for (let at: usize = 0; at < KEPT; at += 16) v128.store(kept + at, zero)
}

/** The beginning of a chunk, at `to`, out of that of the chunk behind it, at `from`, and of what was made from zero, at `to` as well. */
// @ts-ignore: decorator
@inline
function carry(left: v128, leftImaginary: v128, from: usize, to: usize): void {
  const real = v128.load(from)
  const imaginary = v128.load(from + 16)
  v128.store(to, nextReal(left, leftImaginary, real, imaginary, v128.load(to)))
  v128.store(to + 16, nextImaginary(left, leftImaginary, real, imaginary, v128.load(to + 16)))
}

/** dCoefficients += the sums of four chunks. */
// @ts-ignore: decorator
@inline
function addSums(dCoefficients: usize, half: usize, kept: usize): void {
  for (let row: usize = 0; row < 3; row++) {
    const at = kept + 32 + 16 * row
    const late = f32x4.add(v128.load(at), v128.load(at + KEPT))
    const sum = f32x4.add(late, f32x4.add(v128.load(at + 2 * KEPT), v128.load(at + 3 * KEPT)))
    v128.store(dCoefficients + row * half, f32x4.add(v128.load(dCoefficients + row * half), sum))
  }
}

/**
 * Addresses are those of the steps' end, one step behind the last, and of real parts; `x` is of the state before each step, so none of
 * them may be the first of all. dx moves by `dxStep` bytes, 0 where it is zero everywhere. du may be u. `kept`: 80 floats.
 */
export function complexScanBack(
  u: usize,
  coefficients: usize,
  x: usize,
  dx: usize,
  du: usize,
  dCoefficients: usize,
  dState: usize,
  half: usize,
  step: usize,
  dxStep: usize,
  steps: i32,
  kept: usize,
): void {
  if (steps === 0) return
  const chunk = <usize>CHUNK * step
  const dxChunk = <usize>CHUNK * dxStep
  const a = v128.load(coefficients)
  const minusB = f32x4.neg(v128.load(coefficients + half))
  const scale = v128.load(coefficients + 2 * half)
  const zero = f32x4.splat(0)
  let left = a
  let leftImaginary = minusB
  for (let s = 1; s < CHUNK; s++) {
    const next = nextReal(a, minusB, left, leftImaginary, zero)
    leftImaginary = nextImaginary(a, minusB, left, leftImaginary, zero)
    left = next
  }
  // From the last chunk to the first.
  const kept2 = kept + KEPT
  const kept3 = kept2 + KEPT
  const kept4 = kept3 + KEPT
  let real = v128.load(dState)
  let imaginary = v128.load(dState + half)
  for (let t = 0; t < steps; t += BLOCK) {
    u -= 4 * chunk
    x -= 4 * chunk
    du -= 4 * chunk
    dx -= 4 * dxChunk
    clearKept(kept)
    clearKept(kept2)
    clearKept(kept3)
    clearKept(kept4)
    // The last chunk's beginning is known: what it adds to it is already its end, where the third begins.
    v128.store(kept2, real)
    v128.store(kept2 + 16, imaginary)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const d = dx + <usize>s * dxStep
      reduceBack(a, minusB, d + 3 * dxChunk, half, kept2)
      reduceBack(a, minusB, d + 2 * dxChunk, half, kept3)
      reduceBack(a, minusB, d + dxChunk, half, kept4)
    }
    v128.store(kept, real)
    v128.store(kept + 16, imaginary)
    carry(left, leftImaginary, kept2, kept3)
    carry(left, leftImaginary, kept3, kept4)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const within = <usize>s * step
      const u1 = u + within
      const x1 = x + within
      const du1 = du + within
      const d1 = dx + <usize>s * dxStep
      retreat(a, minusB, scale, u1 + 3 * chunk, x1 + 3 * chunk, d1 + 3 * dxChunk, du1 + 3 * chunk, half, kept)
      retreat(a, minusB, scale, u1 + 2 * chunk, x1 + 2 * chunk, d1 + 2 * dxChunk, du1 + 2 * chunk, half, kept2)
      retreat(a, minusB, scale, u1 + chunk, x1 + chunk, d1 + dxChunk, du1 + chunk, half, kept3)
      retreat(a, minusB, scale, u1, x1, d1, du1, half, kept4)
    }
    real = v128.load(kept4)
    imaginary = v128.load(kept4 + 16)
    addSums(dCoefficients, half, kept)
  }
  v128.store(dState, real)
  v128.store(dState + half, imaginary)
}
