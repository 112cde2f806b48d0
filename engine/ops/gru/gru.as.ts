import { sigmoids, tangents } from '../activation/activation.as'
import { complement, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product, productFrom } from '../product/product.as'
import { addRowProduct } from '../product/rowProduct.as'
import { weightGradient } from '../product/weightGradient.as'
import { addStateGroup, gainGradient, normalStride, repeatRow, stateHalf, throughStateGroup } from '../recurrent/normal.as'
import {
  beginCall,
  bytes,
  isLone,
  isValid,
  packInputWeight,
  packWeight,
  rowOrZeros,
  statesBefore,
  statesMet,
  stepBytes,
  walk,
} from '../recurrent/recurrent.as'
import {
  biasGradient,
  gradientOfMet,
  inputSide,
  stateMatters,
  stateWeightGradient,
  throughMask,
  walkBack,
} from '../recurrent/recurrentBack.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import {
  addProducts,
  addVectors,
  clear,
  copy,
  loadFirst,
  loadSecond,
  multiplyAdd,
  pairBytes,
  storeBoth,
  wholeBytes,
} from '../vector.as'
import { stepBackResetBefore, stepResetBefore } from './resetBefore.as'

/** The new state: z of the one before, the rest of the candidate. */
// @ts-ignore: decorator
@inline
function blend(z: v128, n: v128, past: v128): v128 {
  return multiplyAdd(z, past, f32x4.mul(complement(z), n))
}

// @ts-ignore: decorator
@inline
function blendPart(z: usize, n: usize, past: usize, y: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = blend(loadFirst(z + at, width), loadFirst(n + at, width), loadFirst(past + at, width))
    const second = blend(loadSecond(z + at, width), loadSecond(n + at, width), loadSecond(past + at, width))
    storeBoth(y + at, first, second, width)
  }
}

/** Gates r z n of one row lie side by side and are activated in place; `kept` holds W_hn h + b_hn, what r multiplies. */
function advance(gates: usize, kept: usize, past: usize, y: usize, hidden: i32): void {
  const block = bytes(hidden)
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  const z = gates + block
  const n = z + block
  sigmoids(gates, gates, 2 * hidden)
  addProducts(n, gates, kept, hidden)
  tangents(n, n, hidden)
  blendPart(z, n, past, y, 0, pairs, 8)
  blendPart(z, n, past, y, pairs, whole, 4)
  blendPart(z, n, past, y, whole, block, 1)
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
  if (isLone(c)) {
    copy(keptStep, bias, hidden)
    if (met !== 0) {
      addRowProduct(met, c.weightHh, hidden, 2 * hidden, gateStep, c.work)
      addRowProduct(met, c.weightHh + 2 * hidden * stride, hidden, hidden, keptStep, c.work)
    }
  } else if (c.normal === 0) {
    if (met !== 0) product(met, stride, false, batch, hidden, c.packedHh, panel, 2 * hidden, gateStep, 3 * stride, c.work)
    productFrom(met, stride, false, batch, inner, c.packedCandidate, panel, hidden, bias, 0, keptStep, stride, c.work)
  } else {
    const sums = stateHalf(c, c.normal, t)
    const sumStride = normalStride(c)
    const candidates = sums + 2 * stride
    productFrom(met, stride, false, batch, inner, c.packedHh, panel, 2 * hidden, 0, 0, sums, sumStride, c.work)
    productFrom(met, stride, false, batch, inner, c.packedCandidate, panel, hidden, 0, 0, candidates, sumStride, c.work)
    addStateGroup(c, t, 0, gateStep, 3 * stride)
    repeatRow(bias, hidden, keptStep, stride, batch)
    addStateGroup(c, t, 1, keptStep, stride)
  }
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
  if (isLone(c) && c.variant === 0) {
    c.bias = c.packedHh
  } else {
    c.packedCandidate = packWeight(c.weightHh, 2 * hidden, hidden, c.packedHh)
    c.bias = packWeight(c.weightHh + bytes(2 * hidden * hidden), hidden, hidden, c.packedCandidate)
  }
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

// @ts-ignore: decorator
@inline
function candidateSlope(dh: v128, z: v128, n: v128): v128 {
  return f32x4.mul(f32x4.mul(dh, complement(z)), tangentSlope(n))
}

/** Gradient of a gate that gets `d`. */
// @ts-ignore: decorator
@inline
function gateSlope(d: v128, factor: v128, gate: v128): v128 {
  return f32x4.mul(f32x4.mul(d, factor), sigmoidSlope(gate))
}

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
  at: usize,
  end: usize,
  width: i32,
): void {
  for (; at < end; at += width << 2) {
    const gate = gates + at
    const dGate = dGates + at
    const r1 = loadFirst(gate, width)
    const r2 = loadSecond(gate, width)
    const z1 = loadFirst(gate + block, width)
    const z2 = loadSecond(gate + block, width)
    const n1 = loadFirst(gate + 2 * block, width)
    const n2 = loadSecond(gate + 2 * block, width)
    const dh1 = f32x4.add(loadFirst(dy + at, width), loadFirst(dState + at, width))
    const dh2 = f32x4.add(loadSecond(dy + at, width), loadSecond(dState + at, width))
    const dn1 = candidateSlope(dh1, z1, n1)
    const dn2 = candidateSlope(dh2, z2, n2)
    const dr1 = gateSlope(dn1, loadFirst(kept + at, width), r1)
    const dr2 = gateSlope(dn2, loadSecond(kept + at, width), r2)
    const dz1 = gateSlope(dh1, f32x4.sub(loadFirst(past + at, width), n1), z1)
    const dz2 = gateSlope(dh2, f32x4.sub(loadSecond(past + at, width), n2), z2)
    storeBoth(dGate, dr1, dr2, width)
    storeBoth(dGate + block, dz1, dz2, width)
    storeBoth(dGate + 2 * block, dn1, dn2, width)
    storeBoth(dKept + at, f32x4.mul(dn1, r1), f32x4.mul(dn2, r2), width)
    storeBoth(dState + at, f32x4.mul(dh1, z1), f32x4.mul(dh2, z2), width)
  }
}

/** dGates may be gates and dKept may be kept. dState: gradient of y from the steps behind, left as the part that z passes on. */
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
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  retreatPart(gates, block, kept, past, dy, dState, dGates, dKept, 0, pairs, 8)
  retreatPart(gates, block, kept, past, dy, dState, dGates, dKept, pairs, whole, 4)
  retreatPart(gates, block, kept, past, dy, dState, dGates, dKept, whole, block, 1)
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
  let dSums = dGateStep
  let dStride = 3 * stride
  let dCandidates = dKeptStep
  let dCandidateStride = stride
  if (c.normal !== 0) {
    throughStateGroup(c, t, 0, dGateStep, 3 * stride)
    throughStateGroup(c, t, 1, dKeptStep, stride)
    dSums = stateHalf(c, c.dProducts, t)
    dStride = normalStride(c)
    dCandidates = dSums + 2 * stride
    dCandidateStride = dStride
  }
  if (!stateMatters(c, t)) return
  const panel = <usize>(3 * hidden) << 6
  const candidate = c.packedHh + (<usize>(2 * hidden) << 6)
  const dMet = gradientOfMet(c)
  product(dSums, dStride, false, c.batch, 2 * hidden, c.packedHh, panel, hidden, dMet, stride, c.work)
  product(dCandidates, dCandidateStride, false, c.batch, hidden, candidate, panel, hidden, dMet, stride, c.work)
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
  // Where the gradients of the sums with the state lie: behind the normalisation, when there is one.
  const normalised = c.normal !== 0
  const dSums = normalised ? stateHalf(c, c.dProducts, 0) : c.dGates
  const dStride = normalised ? normalStride(c) : 3 * stride
  stateWeightGradient(c, dSums, dStride, 2 * hidden, c.dWeightHh)
  if (normalised) gainGradient(c, c.dGates, 3 * stride, 3 * stride, 2 * hidden, c.dGainHh)
  if (c.variant === 0) {
    const dCandidates = normalised ? dSums + 2 * stride : c.dKept
    stateWeightGradient(c, dCandidates, normalised ? dStride : stride, hidden, dWeightCandidate)
    copy(c.dBiasHh, c.dBiasIh, 2 * hidden)
    biasGradient(c.dKept, stride, hidden, rows, c.dBiasHh + 2 * stride)
    if (normalised) gainGradient(c, c.dKept, stride, 5 * stride, hidden, c.dGainHh + 2 * stride)
  } else {
    // The candidate's weight met r ⊙ h, which lies in dKept.
    clear(dWeightCandidate, hidden * hidden)
    weightGradient(dSums + 2 * stride, dStride, hidden, c.dKept, stride, hidden, rows, dWeightCandidate, c.free)
    copy(c.dBiasHh, c.dBiasIh, wide)
    if (normalised) {
      gainGradient(c, c.dGates + 2 * stride, 3 * stride, 5 * stride, hidden, c.dGainHh + 2 * stride)
    }
  }
}
