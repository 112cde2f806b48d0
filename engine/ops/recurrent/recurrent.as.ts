// What rnn, lstm and gru share: products with the inputs, padding, and all that remains once the gate gradients are known.
// Sequences are [T, B, F]; `lengths` are i32 [B].
import { packedBytes, packRight, packRightTransposed } from '../product/pack.as'
import { product, repeatRow } from '../product/product.as'
import { sumRowsInto, weightGradient } from '../product/weightGradient.as'
import { clear, copy } from '../vector.as'

/** Rows of inputs that are multiplied at a time, just before the recurrence uses them and while they are in the cache. */
const PROJECTED_ROWS: i32 = 128

// @ts-ignore: decorator
@inline
export function bytes(count: i32): usize {
  return <usize>count << 2
}

/** Whether time step t of a row is within its example's length. */
// @ts-ignore: decorator
@inline
export function isValid(lengths: usize, row: i32, t: i32): bool {
  return t < load<i32>(lengths + (<usize>row << 2))
}

/** Packs weight [outputs, inputs] for products with rows of `inputs` floats; returns the end of the packed matrix. */
export function packWeight(weight: usize, outputs: i32, inputs: i32, target: usize): usize {
  packRightTransposed(weight, bytes(inputs), inputs, outputs, target)
  return target + packedBytes(inputs, outputs)
}

/** Packs weight [outputs, inputs] for products with rows of `outputs` floats, the way back; returns the end. */
export function packWeightBack(weight: usize, outputs: i32, inputs: i32, target: usize): usize {
  packRight(weight, bytes(inputs), outputs, inputs, target)
  return target + packedBytes(outputs, inputs)
}

/**
 * At the first of every few time steps: target [rows, wide] = bias + x · packed weight, for those steps of a batch of `batch` rows.
 */
export function projectAhead(
  t: i32,
  time: i32,
  batch: i32,
  x: usize,
  inputs: i32,
  packed: usize,
  bias: usize,
  target: usize,
  wide: i32,
  work: usize,
): void {
  const steps = max(1, PROJECTED_ROWS / batch)
  if (t % steps !== 0) return
  const rows = min(steps, time - t) * batch
  const from = x + bytes(t * batch * inputs)
  const to = target + bytes(t * batch * wide)
  repeatRow(bias, wide, to, bytes(wide), rows)
  product(from, bytes(inputs), false, rows, inputs, packed, <usize>inputs << 6, wide, to, bytes(wide), work)
}

/**
 * dx [rows, inputs] = dGates [rows, wide] · weight_ih. Asked for only when somebody needs it.
 */
export function inputGradient(
  dGates: usize,
  wide: i32,
  weightIh: usize,
  inputs: i32,
  rows: i32,
  dx: usize,
  scratch: usize,
): void {
  const work = packWeightBack(weightIh, wide, inputs, scratch)
  clear(dx, rows * inputs)
  product(dGates, bytes(wide), false, rows, wide, scratch, <usize>wide << 6, inputs, dx, bytes(inputs), work)
}

/** dWeight [outputs, inputs] and dBias [outputs] from d [rows, outputs] and what it was multiplied with, x [rows, inputs]. */
export function parameterGradients(
  d: usize,
  dStride: usize,
  outputs: i32,
  x: usize,
  inputs: i32,
  rows: i32,
  dWeight: usize,
  scratch: usize,
): void {
  clear(dWeight, outputs * inputs)
  weightGradient(d, dStride, outputs, x, bytes(inputs), inputs, rows, dWeight, scratch)
}

/** dBias [outputs] = sum of the rows of d. */
export function biasGradient(d: usize, dStride: usize, outputs: i32, rows: i32, dBias: usize): void {
  clear(dBias, outputs)
  sumRowsInto(dBias, d, dStride, outputs, rows)
}

/** All four gradients of a layer whose two biases meet the same sums (rnn, lstm). */
export function sameGateGradients(
  dGates: usize,
  wide: i32,
  x: usize,
  inputs: i32,
  y: usize,
  hidden: i32,
  time: i32,
  batch: i32,
  dWeightIh: usize,
  dWeightHh: usize,
  dBiasIh: usize,
  dBiasHh: usize,
  scratch: usize,
): void {
  const stride = bytes(wide)
  parameterGradients(dGates, stride, wide, x, inputs, time * batch, dWeightIh, scratch)
  // The state before step t is y of step t − 1; before the first it is 0.
  const afterFirst = dGates + bytes(batch * wide)
  parameterGradients(afterFirst, stride, wide, y, hidden, (time - 1) * batch, dWeightHh, scratch)
  biasGradient(dGates, stride, wide, time * batch, dBiasIh)
  copy(dBiasHh, dBiasIh, wide)
}
