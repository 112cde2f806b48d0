import { complement } from '../activation/math.as'
import { clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { beginStates, isValid, keepLast, rowBefore } from './recurrenceWalk.as'

// @ts-ignore: decorator
@inline
function advancePart(z: usize, c: usize, past: usize, y: usize, start: usize, end: usize, whole: bool): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const before = loadPart(past + at, whole)
    storePart(y + at, multiplyAdd(loadPart(z + at, whole), f32x4.sub(loadPart(c + at, whole), before), before), whole)
  }
}

/** `scratch`: F floats. initial and last may be 0. */
export function gatedRecurrence(
  z: usize,
  c: usize,
  lengths: usize,
  initial: usize,
  y: usize,
  last: usize,
  time: i32,
  batch: i32,
  features: i32,
  scratch: usize,
): void {
  const stride = <usize>features << 2
  const step = <usize>batch * stride
  const whole = wholeBytes(features)
  clear(scratch, features)
  let at: usize = 0
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (isValid(lengths, row, t)) {
        const past = rowBefore(y, at, step, initial, <usize>row * stride, t, scratch)
        advancePart(z + at, c + at, past, y + at, 0, whole, true)
        advancePart(z + at, c + at, past, y + at, whole, stride, false)
      } else {
        clear(y + at, features)
      }
      at += stride
    }
  }
  if (last !== 0) keepLast(last, y, lengths, initial, scratch, batch, features)
}

// @ts-ignore: decorator
@inline
function retreatPart(
  z: usize,
  c: usize,
  past: usize,
  dy: usize,
  dState: usize,
  dz: usize,
  dc: usize,
  start: usize,
  end: usize,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const d = f32x4.add(loadPart(dy + at, whole), loadPart(dState + at, whole))
    const gate = loadPart(z + at, whole)
    const change = f32x4.sub(loadPart(c + at, whole), loadPart(past + at, whole))
    storePart(dz + at, f32x4.mul(d, change), whole)
    storePart(dc + at, f32x4.mul(d, gate), whole)
    storePart(dState + at, f32x4.mul(d, complement(gate)), whole)
  }
}

/** dz may be z and dc may be c; dy, initial, dLast and dInitial may be 0. `scratch`: (B + 1) · F floats. */
export function gatedRecurrenceGradient(
  z: usize,
  c: usize,
  lengths: usize,
  y: usize,
  dy: usize,
  initial: usize,
  dLast: usize,
  dz: usize,
  dc: usize,
  dInitial: usize,
  time: i32,
  batch: i32,
  features: i32,
  scratch: usize,
): void {
  const stride = <usize>features << 2
  const step = <usize>batch * stride
  const whole = wholeBytes(features)
  const dStates = scratch + stride
  clear(scratch, features)
  beginStates(dStates, dLast, batch * features)
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = <usize>t * step + within
      if (isValid(lengths, row, t)) {
        const past = rowBefore(y, at, step, initial, within, t, scratch)
        const d = dy !== 0 ? dy + at : scratch
        retreatPart(z + at, c + at, past, d, dStates + within, dz + at, dc + at, 0, whole, true)
        retreatPart(z + at, c + at, past, d, dStates + within, dz + at, dc + at, whole, stride, false)
      } else {
        clear(dz + at, features)
        clear(dc + at, features)
      }
    }
  }
  if (dInitial !== 0) copy(dInitial, dStates, batch * features)
}
