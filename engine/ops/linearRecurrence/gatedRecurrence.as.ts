import { complement } from '../activation/math.as'
import { clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { gatedScanBackColumns, gatedScanBackLanes, gatedScanColumns, gatedScanLanes } from './gatedScan.as'
import { beginStates, isValid, keepLast, lengthOf, rowBefore } from './recurrenceWalk.as'
import { gatedScanPays, wholeBlocks } from './timeChunks.as'

// @ts-ignore: decorator
@inline
function advancePart(z: usize, c: usize, past: usize, y: usize, start: usize, end: usize, whole: bool): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const before = loadPart(past + at, whole)
    storePart(y + at, multiplyAdd(loadPart(z + at, whole), f32x4.sub(loadPart(c + at, whole), before), before), whole)
  }
}

/** All rows, one time step after the other. */
// @ts-ignore: decorator
@inline
function walk(
  z: usize,
  c: usize,
  lengths: usize,
  initial: usize,
  y: usize,
  time: i32,
  batch: i32,
  features: i32,
  zeros: usize,
): void {
  const stride = <usize>features << 2
  const step = <usize>batch * stride
  const whole = wholeBytes(features)
  let at: usize = 0
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      if (isValid(lengths, row, t)) {
        const past = rowBefore(y, at, step, initial, <usize>row * stride, t, zeros)
        advancePart(z + at, c + at, past, y + at, 0, whole, true)
        advancePart(z + at, c + at, past, y + at, whole, stride, false)
      } else {
        clear(y + at, features)
      }
      at += stride
    }
  }
}

/** One row: whole blocks of time by scan, the rest step by step. Addresses are those of its first step, `past` of what it begins with. */
function scan(z: usize, c: usize, past: usize, y: usize, step: usize, length: i32, time: i32, features: i32): void {
  const stride = <usize>features << 2
  const whole = wholeBytes(features)
  const steps = wholeBlocks(length)
  for (let at: usize = 0; at < whole; at += 16) gatedScanColumns(z + at, c + at, y + at, past + at, step, steps)
  for (let at = whole; at < stride; at += 4) gatedScanLanes(z + at, c + at, y + at, past + at, step, steps)
  for (let t = steps; t < length; t++) {
    const at = <usize>t * step
    const before = t > 0 ? y + at - step : past
    advancePart(z + at, c + at, before, y + at, 0, whole, true)
    advancePart(z + at, c + at, before, y + at, whole, stride, false)
  }
  for (let t = length; t < time; t++) clear(y + <usize>t * step, features)
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
  clear(scratch, features)
  if (gatedScanPays(batch, features)) {
    const stride = <usize>features << 2
    const step = <usize>batch * stride
    for (let row = 0; row < batch; row++) {
      const at = <usize>row * stride
      const past = initial !== 0 ? initial + at : scratch
      scan(z + at, c + at, past, y + at, step, lengthOf(lengths, row), time, features)
    }
  } else {
    walk(z, c, lengths, initial, y, time, batch, features, scratch)
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

/** dStates [B, F] holds the gradients of the last states and ends as that of the first. */
// @ts-ignore: decorator
@inline
function walkBack(
  z: usize,
  c: usize,
  lengths: usize,
  y: usize,
  dy: usize,
  initial: usize,
  dz: usize,
  dc: usize,
  dStates: usize,
  time: i32,
  batch: i32,
  features: i32,
  zeros: usize,
): void {
  const stride = <usize>features << 2
  const step = <usize>batch * stride
  const whole = wholeBytes(features)
  for (let t = time - 1; t >= 0; t--) {
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = <usize>t * step + within
      if (isValid(lengths, row, t)) {
        const past = rowBefore(y, at, step, initial, within, t, zeros)
        const d = dy !== 0 ? dy + at : zeros
        retreatPart(z + at, c + at, past, d, dStates + within, dz + at, dc + at, 0, whole, true)
        retreatPart(z + at, c + at, past, d, dStates + within, dz + at, dc + at, whole, stride, false)
      } else {
        clear(dz + at, features)
        clear(dc + at, features)
      }
    }
  }
}

/** One row, as `scan`. `past` is its state before the first step; dy moves by `dyStep` bytes a step, 0 where it is zeros. */
function scanBack(
  z: usize,
  c: usize,
  y: usize,
  dy: usize,
  past: usize,
  dz: usize,
  dc: usize,
  dState: usize,
  step: usize,
  dyStep: usize,
  length: i32,
  time: i32,
  features: i32,
): void {
  const stride = <usize>features << 2
  const whole = wholeBytes(features)
  for (let t = length; t < time; t++) {
    clear(dz + <usize>t * step, features)
    clear(dc + <usize>t * step, features)
  }
  // The first step is walked: what stands before it is not in y.
  const steps = wholeBlocks(length - 1)
  for (let t = length - 1; t >= 0; t--) {
    if (t === steps) {
      const end = <usize>(steps + 1) * step
      const dyEnd = dy + <usize>(steps + 1) * dyStep
      const yEnd = y + end - step
      for (let at: usize = 0; at < whole; at += 16) {
        const to = end + at
        gatedScanBackColumns(z + to, c + to, yEnd + at, dyEnd + at, dz + to, dc + to, dState + at, step, dyStep, steps)
      }
      for (let at = whole; at < stride; at += 4) {
        const to = end + at
        gatedScanBackLanes(z + to, c + to, yEnd + at, dyEnd + at, dz + to, dc + to, dState + at, step, dyStep, steps)
      }
      t = 0
    }
    const at = <usize>t * step
    const d = dy + <usize>t * dyStep
    const before = t > 0 ? y + at - step : past
    retreatPart(z + at, c + at, before, d, dState, dz + at, dc + at, 0, whole, true)
    retreatPart(z + at, c + at, before, d, dState, dz + at, dc + at, whole, stride, false)
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
  const dStates = scratch + stride
  clear(scratch, features)
  beginStates(dStates, dLast, batch * features)
  if (gatedScanPays(batch, features)) {
    for (let row = 0; row < batch; row++) {
      const at = <usize>row * stride
      const past = initial !== 0 ? initial + at : scratch
      const d = dy !== 0 ? dy + at : scratch
      const dyStep = dy !== 0 ? step : 0
      const length = lengthOf(lengths, row)
      scanBack(z + at, c + at, y + at, d, past, dz + at, dc + at, dStates + at, step, dyStep, length, time, features)
    }
  } else {
    walkBack(z, c, lengths, y, dy, initial, dz, dc, dStates, time, batch, features, scratch)
  }
  if (dInitial !== 0) copy(dInitial, dStates, batch * features)
}
