// complexRecurrence over whole blocks of time, one row and four pairs of its numbers at once (timeChunks.as.ts).
// `half`: bytes from real to imaginary parts; `step`: bytes from one time step to the next.
import { multiplyAdd, multiplySubtract } from '../vector.as'
import { BLOCK, CHUNK } from './timeChunks.as'

/** Real part of (a + ib) (real + i · imaginary) + drive. */
// @ts-ignore: decorator
@inline
export function nextReal(a: v128, b: v128, real: v128, imaginary: v128, drive: v128): v128 {
  return multiplySubtract(b, imaginary, multiplyAdd(a, real, drive))
}

// @ts-ignore: decorator
@inline
export function nextImaginary(a: v128, b: v128, real: v128, imaginary: v128, drive: v128): v128 {
  return multiplyAdd(b, real, multiplyAdd(a, imaginary, drive))
}

// @ts-ignore: decorator
@inline
function storePair(address: usize, half: usize, real: v128, imaginary: v128): void {
  v128.store(address, real)
  v128.store(address + half, imaginary)
}

/** Addresses are those of the row's first step; u and x are real parts, `past` the state before. `steps`: whole blocks. */
export function complexScan(
  u: usize,
  coefficients: usize,
  x: usize,
  past: usize,
  half: usize,
  step: usize,
  steps: i32,
): void {
  if (steps === 0) return
  const chunk = <usize>CHUNK * step
  const toX = x - u
  const zero = f32x4.splat(0)
  const a = v128.load(coefficients)
  const b = v128.load(coefficients + half)
  const scale = v128.load(coefficients + 2 * half)
  // λ to the power of a chunk's steps: what a chunk leaves of its beginning.
  let left = a
  let leftImaginary = b
  for (let s = 1; s < CHUNK; s++) {
    const next = nextReal(a, b, left, leftImaginary, zero)
    leftImaginary = nextImaginary(a, b, left, leftImaginary, zero)
    left = next
  }
  let real1 = v128.load(past)
  let imaginary1 = v128.load(past + half)
  for (let t = 0; t < steps; t += BLOCK) {
    const end = u + chunk
    // The first chunk's beginning is known: what it adds to it is already its end.
    let real2 = real1
    let imaginary2 = imaginary1
    let real3 = zero
    let imaginary3 = zero
    let real4 = zero
    let imaginary4 = zero
    for (let at1 = u; at1 < end; at1 += step) {
      const at2 = at1 + chunk
      const at3 = at2 + chunk
      const next2 = nextReal(a, b, real2, imaginary2, f32x4.mul(scale, v128.load(at1)))
      imaginary2 = nextImaginary(a, b, real2, imaginary2, f32x4.mul(scale, v128.load(at1 + half)))
      real2 = next2
      const next3 = nextReal(a, b, real3, imaginary3, f32x4.mul(scale, v128.load(at2)))
      imaginary3 = nextImaginary(a, b, real3, imaginary3, f32x4.mul(scale, v128.load(at2 + half)))
      real3 = next3
      const next4 = nextReal(a, b, real4, imaginary4, f32x4.mul(scale, v128.load(at3)))
      imaginary4 = nextImaginary(a, b, real4, imaginary4, f32x4.mul(scale, v128.load(at3 + half)))
      real4 = next4
    }
    real3 = nextReal(left, leftImaginary, real2, imaginary2, real3)
    imaginary3 = nextImaginary(left, leftImaginary, real2, imaginary2, imaginary3)
    real4 = nextReal(left, leftImaginary, real3, imaginary3, real4)
    imaginary4 = nextImaginary(left, leftImaginary, real3, imaginary3, imaginary4)
    for (let at1 = u; at1 < end; at1 += step) {
      const at2 = at1 + chunk
      const at3 = at2 + chunk
      const at4 = at3 + chunk
      const next1 = nextReal(a, b, real1, imaginary1, f32x4.mul(scale, v128.load(at1)))
      imaginary1 = nextImaginary(a, b, real1, imaginary1, f32x4.mul(scale, v128.load(at1 + half)))
      real1 = next1
      storePair(at1 + toX, half, real1, imaginary1)
      const next2 = nextReal(a, b, real2, imaginary2, f32x4.mul(scale, v128.load(at2)))
      imaginary2 = nextImaginary(a, b, real2, imaginary2, f32x4.mul(scale, v128.load(at2 + half)))
      real2 = next2
      storePair(at2 + toX, half, real2, imaginary2)
      const next3 = nextReal(a, b, real3, imaginary3, f32x4.mul(scale, v128.load(at3)))
      imaginary3 = nextImaginary(a, b, real3, imaginary3, f32x4.mul(scale, v128.load(at3 + half)))
      real3 = next3
      storePair(at3 + toX, half, real3, imaginary3)
      const next4 = nextReal(a, b, real4, imaginary4, f32x4.mul(scale, v128.load(at4)))
      imaginary4 = nextImaginary(a, b, real4, imaginary4, f32x4.mul(scale, v128.load(at4 + half)))
      real4 = next4
      storePair(at4 + toX, half, real4, imaginary4)
    }
    real1 = real4
    imaginary1 = imaginary4
    u += 4 * chunk
  }
}
