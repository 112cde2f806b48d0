// gatedRecurrence and its gradient over whole blocks of time, one row and a unit of its features at once (timeChunks.as.ts).
// `step` is bytes from one time step to the next.
import { complement } from '../activation/math.as'
import { multiplyAdd } from '../vector.as'
import { BLOCK, CHUNK, carryBack, carryForward, gather, scatter } from './timeChunks.as'

// @ts-ignore: decorator
@inline
function advance(past: v128, gate: v128, candidate: v128): v128 {
  return multiplyAdd(gate, f32x4.sub(candidate, past), past)
}

/** One feature; addresses are those of its first step, `past` of its state before it. `steps`: whole blocks. */
export function gatedScanLanes(z: usize, c: usize, y: usize, past: usize, step: usize, steps: i32): void {
  const chunk = <usize>CHUNK * step
  const toC = c - z
  const toY = y - z
  let start = load<f32>(past)
  for (let t = 0; t < steps; t += BLOCK) {
    const end = z + chunk
    let added = f32x4.splat(0)
    let left = f32x4.splat(1)
    for (let at = z; at < end; at += step) {
      const gate = gather(at, chunk)
      added = advance(added, gate, gather(at + toC, chunk))
      left = f32x4.mul(left, complement(gate))
    }
    let state = carryForward(start, added, left)
    for (let at = z; at < end; at += step) {
      state = advance(state, gather(at, chunk), gather(at + toC, chunk))
      scatter(at + toY, chunk, state)
    }
    start = f32x4.extract_lane(state, 3)
    z += 4 * chunk
  }
}

/** Four features. */
export function gatedScanColumns(z: usize, c: usize, y: usize, past: usize, step: usize, steps: i32): void {
  const chunk = <usize>CHUNK * step
  const toC = c - z
  const toY = y - z
  let first = v128.load(past)
  for (let t = 0; t < steps; t += BLOCK) {
    const end = z + chunk
    // The first chunk's beginning is known: what it adds to it is already its end.
    let second = first
    let added2 = f32x4.splat(0)
    let added3 = f32x4.splat(0)
    let left2 = f32x4.splat(1)
    let left3 = f32x4.splat(1)
    for (let at = z; at < end; at += step) {
      second = advance(second, v128.load(at), v128.load(at + toC))
      const gate2 = v128.load(at + chunk)
      const gate3 = v128.load(at + 2 * chunk)
      added2 = advance(added2, gate2, v128.load(at + toC + chunk))
      added3 = advance(added3, gate3, v128.load(at + toC + 2 * chunk))
      left2 = f32x4.mul(left2, complement(gate2))
      left3 = f32x4.mul(left3, complement(gate3))
    }
    let third = multiplyAdd(left2, second, added2)
    let fourth = multiplyAdd(left3, third, added3)
    for (let at = z; at < end; at += step) {
      const c1 = at + toC
      const y1 = at + toY
      first = advance(first, v128.load(at), v128.load(c1))
      second = advance(second, v128.load(at + chunk), v128.load(c1 + chunk))
      third = advance(third, v128.load(at + 2 * chunk), v128.load(c1 + 2 * chunk))
      fourth = advance(fourth, v128.load(at + 3 * chunk), v128.load(c1 + 3 * chunk))
      v128.store(y1, first)
      v128.store(y1 + chunk, second)
      v128.store(y1 + 2 * chunk, third)
      v128.store(y1 + 3 * chunk, fourth)
    }
    first = fourth
    z += 4 * chunk
  }
}

/**
 * Back through time. Addresses are those of the steps' end, one step behind the last; `y` is of the state before each step, so none of
 * them may be the first of all. dy moves by `dyStep` bytes, 0 where it is zero everywhere. dz may be z and dc may be c.
 */
export function gatedScanBackLanes(
  z: usize,
  c: usize,
  y: usize,
  dy: usize,
  dz: usize,
  dc: usize,
  dState: usize,
  step: usize,
  dyStep: usize,
  steps: i32,
): void {
  const chunk = <usize>CHUNK * step
  const dyChunk = <usize>CHUNK * dyStep
  const toC = c - z
  const toY = y - z
  let start = load<f32>(dState)
  for (let t = 0; t < steps; t += BLOCK) {
    z -= 4 * chunk
    dy -= 4 * dyChunk
    dz -= 4 * chunk
    dc -= 4 * chunk
    let added = f32x4.splat(0)
    let left = f32x4.splat(1)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const keep = complement(gather(z + <usize>s * step, chunk))
      added = f32x4.mul(keep, f32x4.add(added, gather(dy + <usize>s * dyStep, dyChunk)))
      left = f32x4.mul(left, keep)
    }
    let state = carryBack(start, added, left)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const within = <usize>s * step
      const at = z + within
      const d = f32x4.add(gather(dy + <usize>s * dyStep, dyChunk), state)
      const gate = gather(at, chunk)
      const change = f32x4.sub(gather(at + toC, chunk), gather(at + toY, chunk))
      scatter(dz + within, chunk, f32x4.mul(d, change))
      scatter(dc + within, chunk, f32x4.mul(d, gate))
      state = f32x4.mul(d, complement(gate))
    }
    start = f32x4.extract_lane(state, 0)
  }
  store<f32>(dState, start)
}

/** Writes dz and dc of one step and gives the gradient of the state before it. */
// @ts-ignore: decorator
@inline
function retreat(z: usize, c: usize, y: usize, dy: usize, dz: usize, dc: usize, state: v128): v128 {
  const gate = v128.load(z)
  const d = f32x4.add(v128.load(dy), state)
  const change = f32x4.sub(v128.load(c), v128.load(y))
  v128.store(dz, f32x4.mul(d, change))
  v128.store(dc, f32x4.mul(d, gate))
  return f32x4.mul(d, complement(gate))
}

/** Four features, as gatedScanBackLanes. */
export function gatedScanBackColumns(
  z: usize,
  c: usize,
  y: usize,
  dy: usize,
  dz: usize,
  dc: usize,
  dState: usize,
  step: usize,
  dyStep: usize,
  steps: i32,
): void {
  const chunk = <usize>CHUNK * step
  const dyChunk = <usize>CHUNK * dyStep
  const toC = c - z
  const toY = y - z
  const toDz = dz - z
  const toDc = dc - z
  let fourth = v128.load(dState)
  for (let t = 0; t < steps; t += BLOCK) {
    z -= 4 * chunk
    dy -= 4 * dyChunk
    let third = fourth
    let added2 = f32x4.splat(0)
    let added3 = f32x4.splat(0)
    let left2 = f32x4.splat(1)
    let left3 = f32x4.splat(1)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const at = z + <usize>s * step
      const d = dy + <usize>s * dyStep
      third = f32x4.mul(complement(v128.load(at + 3 * chunk)), f32x4.add(third, v128.load(d + 3 * dyChunk)))
      const keep3 = complement(v128.load(at + 2 * chunk))
      const keep2 = complement(v128.load(at + chunk))
      added3 = f32x4.mul(keep3, f32x4.add(added3, v128.load(d + 2 * dyChunk)))
      added2 = f32x4.mul(keep2, f32x4.add(added2, v128.load(d + dyChunk)))
      left3 = f32x4.mul(left3, keep3)
      left2 = f32x4.mul(left2, keep2)
    }
    let second = multiplyAdd(left3, third, added3)
    let first = multiplyAdd(left2, second, added2)
    for (let s = CHUNK - 1; s >= 0; s--) {
      const at4 = z + <usize>s * step + 3 * chunk
      const d4 = dy + <usize>s * dyStep + 3 * dyChunk
      const at3 = at4 - chunk
      const at2 = at3 - chunk
      const at1 = at2 - chunk
      fourth = retreat(at4, at4 + toC, at4 + toY, d4, at4 + toDz, at4 + toDc, fourth)
      third = retreat(at3, at3 + toC, at3 + toY, d4 - dyChunk, at3 + toDz, at3 + toDc, third)
      second = retreat(at2, at2 + toC, at2 + toY, d4 - 2 * dyChunk, at2 + toDz, at2 + toDc, second)
      first = retreat(at1, at1 + toC, at1 + toY, d4 - 3 * dyChunk, at1 + toDz, at1 + toDc, first)
    }
    fourth = first
  }
  v128.store(dState, fourth)
}
