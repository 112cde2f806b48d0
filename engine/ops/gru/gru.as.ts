import { complement, hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product, productFrom } from '../product/product.as'
import { weightGradient } from '../product/weightGradient.as'
import {
  beginCall,
  biasGradient,
  bytes,
  gradientOfMet,
  inputSide,
  isValid,
  packInputWeight,
  packWeight,
  rowOrZeros,
  stateMatters,
  statesBefore,
  statesMet,
  stateWeightGradient,
  stepBytes,
  throughMask,
  walk,
  walkBack,
} from '../recurrent/recurrent.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { addVectors, clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { stepBackResetBefore, stepResetBefore } from './resetBefore.as'

/** Gates r z n of one row lie `block` bytes apart and are activated in place; `kept` holds W_hn h + b_hn, what r multiplies. */
// @ts-ignore: decorator
@inline
function advancePart(
  gates: usize,
  block: usize,
  kept: usize,
  past: usize,
  y: usize,
  end: usize,
  whole: bool,
): void {
  while (y < end) {
    const r = sigmoid(loadPart(gates, whole))
    const z = sigmoid(loadPart(gates + block, whole))
    const n = hyperbolicTangent(multiplyAdd(r, loadPart(kept, whole), loadPart(gates + 2 * block, whole)))
    storePart(gates, r, whole)
    storePart(gates + block, z, whole)
    storePart(gates + 2 * block, n, whole)
    storePart(y, multiplyAdd(z, loadPart(past, whole), f32x4.mul(complement(z), n)), whole)
    gates += partSize(whole)
    kept += partSize(whole)
    past += partSize(whole)
    y += partSize(whole)
  }
}

function advance(gates: usize, kept: usize, past: usize, y: usize, hidden: i32): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  advancePart(gates, block, kept, past, y, y + whole, true)
  advancePart(gates + whole, block, kept + whole, past + whole, y + whole, y + block, false)
}

function stepResetAfter(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const batch = c.batch
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const gateStep = c.gates + 3 * start
  const keptStep = c.kept + start
  const states = statesBefore(c, t)
  const met = statesMet(c, t)
  const bias = c.biasHh + 2 * stride
  const panel = <usize>hidden << 6
  const inner = met === 0 ? 0 : hidden
  if (met !== 0) product(met, stride, false, batch, hidden, c.packedHh, panel, 2 * hidden, gateStep, 3 * stride, c.work)
  productFrom(met, stride, false, batch, inner, c.packedCandidate, panel, hidden, bias, 0, keptStep, stride, c.work)
  for (let row = 0; row < batch; row++) {
    const within = <usize>row * stride
    const state = c.y + start + within
    if (isValid(c.lengths, row, t)) {
      advance(gateStep + 3 * within, keptStep + within, rowOrZeros(c, states, within), state, hidden)
    } else {
      clear(gateStep + 3 * within, 3 * hidden)
      clear(keptStep + within, hidden)
      clear(state, hidden)
    }
  }
}

export function gru(call: usize): void {
  const c = beginCall(call)
  const hidden = c.hidden
  const wide = 3 * hidden
  // r and z add up products with input and state; of n the two stay apart, because r comes between.
  packInputWeight(c, wide)
  c.packedCandidate = packWeight(c.weightHh, 2 * hidden, hidden, c.packedHh)
  c.bias = packWeight(c.weightHh + bytes(2 * hidden * hidden), hidden, hidden, c.packedCandidate)
  c.work = c.bias + bytes(wide + 15 & ~15)
  if (c.variant === 0) {
    addVectors(c.bias, c.biasIh, c.biasHh, 2 * hidden)
    copy(c.bias + bytes(2 * hidden), c.biasIh + bytes(2 * hidden), hidden)
    walk(c, wide, c.gates, stepResetAfter)
  } else {
    addVectors(c.bias, c.biasIh, c.biasHh, wide)
    walk(c, wide, c.gates, stepResetBefore)
  }
}

/** dGates may be gates and dKept may be kept. dState: gradient of y from the steps behind, left as the part that z passes on. */
// @ts-ignore: decorator
@inline
function retreatPart(
  gates: usize,
  block: usize,
  kept: usize,
  past: usize,
  dy: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  end: usize,
  whole: bool,
): void {
  while (dState < end) {
    const r = loadPart(gates, whole)
    const z = loadPart(gates + block, whole)
    const n = loadPart(gates + 2 * block, whole)
    const proposal = loadPart(kept, whole)
    const dh = f32x4.add(loadPart(dy, whole), loadPart(dState, whole))
    const dn = f32x4.mul(f32x4.mul(dh, complement(z)), tangentSlope(n))
    storePart(dGates, f32x4.mul(f32x4.mul(dn, proposal), sigmoidSlope(r)), whole)
    storePart(dGates + block, f32x4.mul(f32x4.mul(dh, f32x4.sub(loadPart(past, whole), n)), sigmoidSlope(z)), whole)
    storePart(dGates + 2 * block, dn, whole)
    storePart(dKept, f32x4.mul(dn, r), whole)
    storePart(dState, f32x4.mul(dh, z), whole)
    gates += partSize(whole)
    kept += partSize(whole)
    past += partSize(whole)
    dy += partSize(whole)
    dState += partSize(whole)
    dGates += partSize(whole)
    dKept += partSize(whole)
  }
}

function retreat(
  gates: usize,
  kept: usize,
  past: usize,
  dy: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  hidden: i32,
): void {
  const block = bytes(hidden)
  const w = wholeBytes(hidden)
  const end = dState + block
  retreatPart(gates, block, kept, past, dy, dState, dGates, dKept, dState + w, true)
  retreatPart(gates + w, block, kept + w, past + w, dy + w, dState + w, dGates + w, dKept + w, end, false)
}

function stepBackResetAfter(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const dGateStep = c.dGates + 3 * start
  const dKeptStep = c.dKept + start
  const states = statesBefore(c, t)
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const dGate = dGateStep + 3 * within
    const dState = c.dStates + within
    if (isValid(c.lengths, row, t)) {
      const past = rowOrZeros(c, states, within)
      retreat(c.gates + 3 * at, c.kept + at, past, rowOrZeros(c, c.dy, at), dState, dGate, c.dKept + at, hidden)
    } else {
      clear(dGate, 3 * hidden)
      clear(c.dKept + at, hidden)
      clear(dState, hidden)
    }
  }
  if (!stateMatters(c, t)) return
  const panel = <usize>(3 * hidden) << 6
  const candidate = c.packedHh + (<usize>(2 * hidden) << 6)
  const dMet = gradientOfMet(c)
  product(dGateStep, 3 * stride, false, c.batch, 2 * hidden, c.packedHh, panel, hidden, dMet, stride, c.work)
  product(dKeptStep, stride, false, c.batch, hidden, candidate, panel, hidden, dMet, stride, c.work)
  throughMask(c)
}

/** dGates [T, B, 3H] may be gates, dKept [T, B, H] may be kept. */
export function gruGradient(call: usize): void {
  const c = beginCall(call)
  const hidden = c.hidden
  const wide = 3 * hidden
  const stride = bytes(hidden)
  const rows = c.time * c.batch
  walkBack(c, wide, c.variant === 0 ? stepBackResetAfter : stepBackResetBefore)
  inputSide(c, c.dGates, wide)
  if (c.dWeightIh === 0) return
  const dWeightCandidate = c.dWeightHh + bytes(2 * hidden * hidden)
  stateWeightGradient(c, c.dGates, 3 * stride, 2 * hidden, c.dWeightHh)
  if (c.variant === 0) {
    stateWeightGradient(c, c.dKept, stride, hidden, dWeightCandidate)
    copy(c.dBiasHh, c.dBiasIh, 2 * hidden)
    biasGradient(c.dKept, stride, hidden, rows, c.dBiasHh + 2 * stride)
  } else {
    // The candidate's weight met r ⊙ h, which lies in dKept.
    clear(dWeightCandidate, hidden * hidden)
    weightGradient(
      c.dGates + 2 * stride, 3 * stride, hidden, c.dKept, stride, hidden, rows, dWeightCandidate, c.free,
    )
    copy(c.dBiasHh, c.dBiasIh, wide)
  }
}
