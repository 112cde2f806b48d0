import { hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product } from '../product/product.as'
import {
  bytes,
  inputGradient,
  isValid,
  packWeight,
  packWeightBack,
  projectAhead,
  sameGateGradients,
} from '../recurrent/recurrent.as'
import { addVectors, clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'

/** Gates i f g o of one row lie `block` bytes apart and are activated in place. `first`: the state before is 0. */
// @ts-ignore: decorator
@inline
function advancePart(
  gates: usize,
  block: usize,
  cellBefore: usize,
  cell: usize,
  y: usize,
  end: usize,
  first: bool,
  whole: bool,
): void {
  while (y < end) {
    const i = sigmoid(loadPart(gates, whole))
    const f = sigmoid(loadPart(gates + block, whole))
    const g = hyperbolicTangent(loadPart(gates + 2 * block, whole))
    const o = sigmoid(loadPart(gates + 3 * block, whole))
    const kept = first ? f32x4.splat(0) : f32x4.mul(f, loadPart(cellBefore, whole))
    const c = multiplyAdd(i, g, kept)
    storePart(gates, i, whole)
    storePart(gates + block, f, whole)
    storePart(gates + 2 * block, g, whole)
    storePart(gates + 3 * block, o, whole)
    storePart(cell, c, whole)
    storePart(y, f32x4.mul(o, hyperbolicTangent(c)), whole)
    gates += partSize(whole)
    cellBefore += partSize(whole)
    cell += partSize(whole)
    y += partSize(whole)
  }
}

function advance(gates: usize, cellBefore: usize, cell: usize, y: usize, hidden: i32, first: bool): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  const end = y + block
  if (first) {
    advancePart(gates, block, cellBefore, cell, y, y + whole, true, true)
    advancePart(gates + whole, block, cellBefore + whole, cell + whole, y + whole, end, true, false)
  } else {
    advancePart(gates, block, cellBefore, cell, y, y + whole, false, true)
    advancePart(gates + whole, block, cellBefore + whole, cell + whole, y + whole, end, false, false)
  }
}

/** Past an example's length: nothing comes out and the cell stays. */
function rest(gates: usize, cellBefore: usize, cell: usize, y: usize, hidden: i32, first: bool): void {
  clear(gates, 4 * hidden)
  clear(y, hidden)
  if (first) clear(cell, hidden)
  else copy(cell, cellBefore, hidden)
}

export function lstm(
  x: usize,
  weightIh: usize,
  weightHh: usize,
  biasIh: usize,
  biasHh: usize,
  lengths: usize,
  y: usize,
  gates: usize,
  cells: usize,
  time: i32,
  batch: i32,
  inputs: i32,
  hidden: i32,
  scratch: usize,
): void {
  const wide = 4 * hidden
  const packedHh = packWeight(weightIh, wide, inputs, scratch)
  const bias = packWeight(weightHh, wide, hidden, packedHh)
  const work = bias + bytes(wide + 15 & ~15)
  addVectors(bias, biasIh, biasHh, wide)
  const stride = bytes(hidden)
  const stepSize = bytes(batch * hidden)
  for (let t = 0; t < time; t++) {
    projectAhead(t, time, batch, x, inputs, scratch, bias, gates, wide, work)
    const step = <usize>t * stepSize
    const gateStep = gates + 4 * step
    if (t > 0) {
      const before = y + step - stepSize
      product(before, stride, false, batch, hidden, packedHh, <usize>hidden << 6, wide, gateStep, 4 * stride, work)
    }
    for (let row = 0; row < batch; row++) {
      const at = step + <usize>row * stride
      const gate = gateStep + <usize>row * 4 * stride
      const cell = cells + at
      if (isValid(lengths, row, t)) advance(gate, cell - stepSize, cell, y + at, hidden, t === 0)
      else rest(gate, cell - stepSize, cell, y + at, hidden, t === 0)
    }
  }
}

/** dGates may be gates. dState and dCell: gradients of y and of the cell from the steps behind; dCell is left for the step before. */
// @ts-ignore: decorator
@inline
function retreatPart(
  gates: usize,
  block: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
  end: usize,
  first: bool,
  whole: bool,
): void {
  while (cell < end) {
    const i = loadPart(gates, whole)
    const f = loadPart(gates + block, whole)
    const g = loadPart(gates + 2 * block, whole)
    const o = loadPart(gates + 3 * block, whole)
    const squashed = hyperbolicTangent(loadPart(cell, whole))
    const dh = f32x4.add(loadPart(dy, whole), loadPart(dState, whole))
    const dc = multiplyAdd(f32x4.mul(dh, o), tangentSlope(squashed), loadPart(dCell, whole))
    const before = first ? f32x4.splat(0) : loadPart(cellBefore, whole)
    storePart(dGates, f32x4.mul(f32x4.mul(dc, g), sigmoidSlope(i)), whole)
    storePart(dGates + block, f32x4.mul(f32x4.mul(dc, before), sigmoidSlope(f)), whole)
    storePart(dGates + 2 * block, f32x4.mul(f32x4.mul(dc, i), tangentSlope(g)), whole)
    storePart(dGates + 3 * block, f32x4.mul(f32x4.mul(dh, squashed), sigmoidSlope(o)), whole)
    storePart(dCell, f32x4.mul(dc, f), whole)
    gates += partSize(whole)
    cellBefore += partSize(whole)
    cell += partSize(whole)
    dy += partSize(whole)
    dState += partSize(whole)
    dCell += partSize(whole)
    dGates += partSize(whole)
  }
}

function retreat(
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
  hidden: i32,
  first: bool,
): void {
  const block = bytes(hidden)
  const w = wholeBytes(hidden)
  const end = cell + block
  if (first) {
    retreatPart(gates, block, cellBefore, cell, dy, dState, dCell, dGates, cell + w, true, true)
    retreatPart(gates + w, block, cellBefore + w, cell + w, dy + w, dState + w, dCell + w, dGates + w, end, true, false)
  } else {
    retreatPart(gates, block, cellBefore, cell, dy, dState, dCell, dGates, cell + w, false, true)
    retreatPart(gates + w, block, cellBefore + w, cell + w, dy + w, dState + w, dCell + w, dGates + w, end, false, false)
  }
}

/** dx, or dWeightIh with its three companions, may be 0: not wanted. dGates [T, B, 4H] may be gates. */
export function lstmGradient(
  x: usize,
  weightIh: usize,
  weightHh: usize,
  lengths: usize,
  y: usize,
  gates: usize,
  cells: usize,
  dy: usize,
  dGates: usize,
  dx: usize,
  dWeightIh: usize,
  dWeightHh: usize,
  dBiasIh: usize,
  dBiasHh: usize,
  time: i32,
  batch: i32,
  inputs: i32,
  hidden: i32,
  scratch: usize,
): void {
  const wide = 4 * hidden
  const stride = bytes(hidden)
  const stepSize = bytes(batch * hidden)
  const dStates = packWeightBack(weightHh, wide, hidden, scratch)
  const dCells = dStates + (stepSize + 63 & ~63)
  const work = dCells + (stepSize + 63 & ~63)
  clear(dStates, batch * hidden)
  clear(dCells, batch * hidden)
  for (let t = time - 1; t >= 0; t--) {
    const step = <usize>t * stepSize
    const dGateStep = dGates + 4 * step
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = step + within
      const dGate = dGateStep + 4 * within
      if (isValid(lengths, row, t)) {
        const gate = gates + 4 * at
        const cell = cells + at
        retreat(gate, cell - stepSize, cell, dy + at, dStates + within, dCells + within, dGate, hidden, t === 0)
      } else {
        clear(dGate, wide)
      }
    }
    clear(dStates, batch * hidden)
    if (t > 0) {
      product(dGateStep, 4 * stride, false, batch, wide, scratch, <usize>wide << 6, hidden, dStates, stride, work)
    }
  }
  if (dx !== 0) inputGradient(dGates, wide, weightIh, inputs, time * batch, dx, scratch)
  if (dWeightIh !== 0) {
    sameGateGradients(dGates, wide, x, inputs, y, hidden, time, batch, dWeightIh, dWeightHh, dBiasIh, dBiasHh, scratch)
  }
}
