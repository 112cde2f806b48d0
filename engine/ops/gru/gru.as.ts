import { complement, hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product, repeatRow } from '../product/product.as'
import {
  biasGradient,
  bytes,
  inputGradient,
  isValid,
  packWeight,
  packWeightBack,
  parameterGradients,
  projectAhead,
} from '../recurrent/recurrent.as'
import { addVectors, clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'

/**
 * Gates r z n of one row lie `block` bytes apart and are activated in place; `kept` holds W_hn h + b_hn, what r multiplies.
 * `first`: the state before is 0.
 */
// @ts-ignore: decorator
@inline
function advancePart(
  gates: usize,
  block: usize,
  kept: usize,
  before: usize,
  y: usize,
  end: usize,
  first: bool,
  whole: bool,
): void {
  while (y < end) {
    const r = sigmoid(loadPart(gates, whole))
    const z = sigmoid(loadPart(gates + block, whole))
    const n = hyperbolicTangent(multiplyAdd(r, loadPart(kept, whole), loadPart(gates + 2 * block, whole)))
    const fresh = f32x4.mul(complement(z), n)
    storePart(gates, r, whole)
    storePart(gates + block, z, whole)
    storePart(gates + 2 * block, n, whole)
    storePart(y, first ? fresh : multiplyAdd(z, loadPart(before, whole), fresh), whole)
    gates += partSize(whole)
    kept += partSize(whole)
    before += partSize(whole)
    y += partSize(whole)
  }
}

function advance(gates: usize, kept: usize, before: usize, y: usize, hidden: i32, first: bool): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  const end = y + block
  if (first) {
    advancePart(gates, block, kept, before, y, y + whole, true, true)
    advancePart(gates + whole, block, kept + whole, before + whole, y + whole, end, true, false)
  } else {
    advancePart(gates, block, kept, before, y, y + whole, false, true)
    advancePart(gates + whole, block, kept + whole, before + whole, y + whole, end, false, false)
  }
}

export function gru(
  x: usize,
  weightIh: usize,
  weightHh: usize,
  biasIh: usize,
  biasHh: usize,
  lengths: usize,
  y: usize,
  gates: usize,
  kept: usize,
  time: i32,
  batch: i32,
  inputs: i32,
  hidden: i32,
  scratch: usize,
): void {
  const wide = 3 * hidden
  const stride = bytes(hidden)
  const stepSize = bytes(batch * hidden)
  // r and z add up products with input and state; of n the two stay apart, because r comes between.
  const packedResetUpdate = packWeight(weightIh, wide, inputs, scratch)
  const packedCandidate = packWeight(weightHh, 2 * hidden, hidden, packedResetUpdate)
  const bias = packWeight(weightHh + bytes(2 * hidden * hidden), hidden, hidden, packedCandidate)
  const work = bias + bytes(wide + 15 & ~15)
  const biasCandidate = biasHh + 2 * stride
  addVectors(bias, biasIh, biasHh, 2 * hidden)
  copy(bias + 2 * stride, biasIh + 2 * stride, hidden)
  const panelStride = <usize>hidden << 6
  for (let t = 0; t < time; t++) {
    projectAhead(t, time, batch, x, inputs, scratch, bias, gates, wide, work)
    const step = <usize>t * stepSize
    const gateStep = gates + 3 * step
    const keptStep = kept + step
    const before = y + step - stepSize
    repeatRow(biasCandidate, hidden, keptStep, stride, batch)
    if (t > 0) {
      product(
        before, stride, false, batch, hidden, packedResetUpdate, panelStride, 2 * hidden, gateStep, 3 * stride, work,
      )
      product(before, stride, false, batch, hidden, packedCandidate, panelStride, hidden, keptStep, stride, work)
    }
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const state = y + step + within
      if (isValid(lengths, row, t)) {
        advance(gateStep + 3 * within, keptStep + within, state - stepSize, state, hidden, t === 0)
      } else {
        clear(gateStep + 3 * within, wide)
        clear(keptStep + within, hidden)
        clear(state, hidden)
      }
    }
  }
}

/** dGates may be gates and dKept may be kept. dState: gradient of y from the steps behind, left as the part that z passes on. */
// @ts-ignore: decorator
@inline
function retreatPart(
  gates: usize,
  block: usize,
  kept: usize,
  before: usize,
  dy: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  end: usize,
  first: bool,
  whole: bool,
): void {
  while (dState < end) {
    const r = loadPart(gates, whole)
    const z = loadPart(gates + block, whole)
    const n = loadPart(gates + 2 * block, whole)
    const proposal = loadPart(kept, whole)
    const stateBefore = first ? f32x4.splat(0) : loadPart(before, whole)
    const dh = f32x4.add(loadPart(dy, whole), loadPart(dState, whole))
    const dn = f32x4.mul(f32x4.mul(dh, complement(z)), tangentSlope(n))
    storePart(dGates, f32x4.mul(f32x4.mul(dn, proposal), sigmoidSlope(r)), whole)
    storePart(dGates + block, f32x4.mul(f32x4.mul(dh, f32x4.sub(stateBefore, n)), sigmoidSlope(z)), whole)
    storePart(dGates + 2 * block, dn, whole)
    storePart(dKept, f32x4.mul(dn, r), whole)
    storePart(dState, f32x4.mul(dh, z), whole)
    gates += partSize(whole)
    kept += partSize(whole)
    before += partSize(whole)
    dy += partSize(whole)
    dState += partSize(whole)
    dGates += partSize(whole)
    dKept += partSize(whole)
  }
}

function retreat(
  gates: usize,
  kept: usize,
  before: usize,
  dy: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  hidden: i32,
  first: bool,
): void {
  const block = bytes(hidden)
  const w = wholeBytes(hidden)
  const end = dState + block
  if (first) {
    retreatPart(gates, block, kept, before, dy, dState, dGates, dKept, dState + w, true, true)
    retreatPart(gates + w, block, kept + w, before + w, dy + w, dState + w, dGates + w, dKept + w, end, true, false)
  } else {
    retreatPart(gates, block, kept, before, dy, dState, dGates, dKept, dState + w, false, true)
    retreatPart(gates + w, block, kept + w, before + w, dy + w, dState + w, dGates + w, dKept + w, end, false, false)
  }
}

/** dx, or dWeightIh with its three companions, may be 0: not wanted. dGates [T, B, 3H] may be gates, dKept [T, B, H] may be kept. */
export function gruGradient(
  x: usize,
  weightIh: usize,
  weightHh: usize,
  lengths: usize,
  y: usize,
  gates: usize,
  kept: usize,
  dy: usize,
  dGates: usize,
  dKept: usize,
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
  const wide = 3 * hidden
  const stride = bytes(hidden)
  const stepSize = bytes(batch * hidden)
  const dStates = packWeightBack(weightHh, wide, hidden, scratch)
  const work = dStates + (stepSize + 63 & ~63)
  const panelStride = <usize>wide << 6
  const candidatePanels = scratch + (<usize>(2 * hidden) << 6)
  clear(dStates, batch * hidden)
  for (let t = time - 1; t >= 0; t--) {
    const step = <usize>t * stepSize
    const dGateStep = dGates + 3 * step
    const dKeptStep = dKept + step
    for (let row = 0; row < batch; row++) {
      const within = <usize>row * stride
      const at = step + within
      const dGate = dGateStep + 3 * within
      if (isValid(lengths, row, t)) {
        const before = y + at - stepSize
        retreat(gates + 3 * at, kept + at, before, dy + at, dStates + within, dGate, dKept + at, hidden, t === 0)
      } else {
        clear(dGate, wide)
        clear(dKept + at, hidden)
        clear(dStates + within, hidden)
      }
    }
    if (t > 0) {
      product(
        dGateStep, 3 * stride, false, batch, 2 * hidden, scratch, panelStride, hidden, dStates, stride, work,
      )
      product(dKeptStep, stride, false, batch, hidden, candidatePanels, panelStride, hidden, dStates, stride, work)
    }
  }
  const rows = time * batch
  if (dx !== 0) inputGradient(dGates, wide, weightIh, inputs, rows, dx, scratch)
  if (dWeightIh === 0) return
  parameterGradients(dGates, 3 * stride, wide, x, inputs, rows, dWeightIh, scratch)
  biasGradient(dGates, 3 * stride, wide, rows, dBiasIh)
  // The state before step t is y of step t − 1; before the first it is 0.
  const later = rows - batch
  const dWeightCandidate = dWeightHh + bytes(2 * hidden * hidden)
  parameterGradients(dGates + 3 * stepSize, 3 * stride, 2 * hidden, y, hidden, later, dWeightHh, scratch)
  parameterGradients(dKept + stepSize, stride, hidden, y, hidden, later, dWeightCandidate, scratch)
  copy(dBiasHh, dBiasIh, 2 * hidden)
  biasGradient(dKept, stride, hidden, rows, dBiasHh + 2 * stride)
}
