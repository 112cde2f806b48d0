// The gru as Cho 2014 has it: the reset gate acts on the state before its product, n = tanh(W_in x + b_in + W_hn (r ⊙ h) + b_hn).
// The product lies between two walks over the rows. `kept` [T, B, H] is r ⊙ h.
import { complement, hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product, productFrom } from '../product/product.as'
import { bytes, isValid, rowOrZeros, statesBefore, statesMet, stepBytes } from '../recurrent/recurrent.as'
import { gradientOfMet, stateMatters, throughMask } from '../recurrent/recurrentBack.as'
import { addStateGroup, normalStride, stateHalf, throughStateGroup } from '../recurrent/normal.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { clear, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function openGatesPart(gates: usize, kept: usize, past: usize, block: usize, start: usize, end: usize, whole: bool): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const r = sigmoid(loadPart(gates + at, whole))
    storePart(gates + at, r, whole)
    storePart(gates + block + at, sigmoid(loadPart(gates + block + at, whole)), whole)
    storePart(kept + at, f32x4.mul(r, loadPart(past + at, whole)), whole)
  }
}

/** Activates r and z and forms r ⊙ h, h behind the mask when there is one. */
function openGates(gates: usize, kept: usize, past: usize, hidden: i32): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  openGatesPart(gates, kept, past, block, 0, whole, true)
  openGatesPart(gates, kept, past, block, whole, block, false)
}

// @ts-ignore: decorator
@inline
function renewPart(gates: usize, past: usize, y: usize, block: usize, start: usize, end: usize, whole: bool): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const z = loadPart(gates + block + at, whole)
    const n = hyperbolicTangent(loadPart(gates + 2 * block + at, whole))
    storePart(gates + 2 * block + at, n, whole)
    storePart(y + at, multiplyAdd(z, loadPart(past + at, whole), f32x4.mul(complement(z), n)), whole)
  }
}

/** Activates n and forms the new state. */
function renew(gates: usize, past: usize, y: usize, hidden: i32): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  renewPart(gates, past, y, block, 0, whole, true)
  renewPart(gates, past, y, block, whole, block, false)
}

export function stepResetBefore(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const batch = c.batch
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const gateStep = c.gates + 3 * start
  const keptStep = c.kept + start
  const states = statesBefore(c, t)
  const met = statesMet(c, t)
  const panel = <usize>hidden << 6
  const normalised = c.normal !== 0
  const inner = met === 0 ? 0 : hidden
  const sums = stateHalf(c, c.normal, t)
  const sumStride = normalStride(c)
  if (normalised) {
    productFrom(met, stride, false, batch, inner, c.packedHh, panel, 2 * hidden, 0, 0, sums, sumStride, c.work)
    addStateGroup(c, t, 0, gateStep, 3 * stride)
  } else if (met !== 0) {
    product(met, stride, false, batch, hidden, c.packedHh, panel, 2 * hidden, gateStep, 3 * stride, c.work)
  }
  for (let row = 0; row < batch; row++) {
    const within = <usize>row * stride
    const past = rowOrZeros(c, met, within)
    if (isValid(c.lengths, row, t)) openGates(gateStep + 3 * within, keptStep + within, past, hidden)
    else clear(keptStep + within, hidden)
  }
  const candidates = gateStep + 2 * stride
  if (normalised) {
    const products = sums + 2 * stride
    productFrom(keptStep, stride, false, batch, inner, c.packedCandidate, panel, hidden, 0, 0, products, sumStride, c.work)
    addStateGroup(c, t, 1, candidates, 3 * stride)
  } else if (met !== 0) {
    product(keptStep, stride, false, batch, hidden, c.packedCandidate, panel, hidden, candidates, 3 * stride, c.work)
  }
  for (let row = 0; row < batch; row++) {
    const within = <usize>row * stride
    const state = c.y + start + within
    if (isValid(c.lengths, row, t)) {
      renew(gateStep + 3 * within, rowOrZeros(c, states, within), state, hidden)
    } else {
      clear(gateStep + 3 * within, 3 * hidden)
      clear(state, hidden)
    }
  }
}

// @ts-ignore: decorator
@inline
function retreatPart(
  gates: usize,
  past: usize,
  dy: usize,
  dState: usize,
  dGates: usize,
  block: usize,
  start: usize,
  end: usize,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const z = loadPart(gates + block + at, whole)
    const n = loadPart(gates + 2 * block + at, whole)
    const dh = f32x4.add(loadPart(dy + at, whole), loadPart(dState + at, whole))
    const dz = f32x4.mul(f32x4.mul(dh, f32x4.sub(loadPart(past + at, whole), n)), sigmoidSlope(z))
    storePart(dGates + block + at, dz, whole)
    storePart(dGates + 2 * block + at, f32x4.mul(f32x4.mul(dh, complement(z)), tangentSlope(n)), whole)
    storePart(dState + at, f32x4.mul(dh, z), whole)
  }
}

/** Gradients of z and n; dState is left as the part that z passes on. */
function retreat(gates: usize, past: usize, dy: usize, dState: usize, dGates: usize, hidden: i32): void {
  const block = bytes(hidden)
  const whole = wholeBytes(hidden)
  retreatPart(gates, past, dy, dState, dGates, block, 0, whole, true)
  retreatPart(gates, past, dy, dState, dGates, block, whole, block, false)
}

// @ts-ignore: decorator
@inline
function throughResetPart(
  gates: usize,
  past: usize,
  dProduct: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  start: usize,
  end: usize,
  whole: bool,
): void {
  for (let at = start; at < end; at += partSize(whole)) {
    const r = loadPart(gates + at, whole)
    const h = loadPart(past + at, whole)
    const d = loadPart(dProduct + at, whole)
    storePart(dGates + at, f32x4.mul(f32x4.mul(d, h), sigmoidSlope(r)), whole)
    storePart(dKept + at, f32x4.mul(r, h), whole)
    storePart(dState + at, multiplyAdd(d, r, loadPart(dState + at, whole)), whole)
  }
}

/** Gradient of r, and what r passes on added to dState, from the gradient of r ⊙ h; dKept becomes r ⊙ h. */
function throughReset(
  gates: usize,
  past: usize,
  dProduct: usize,
  dState: usize,
  dGates: usize,
  dKept: usize,
  hidden: i32,
): void {
  const whole = wholeBytes(hidden)
  throughResetPart(gates, past, dProduct, dState, dGates, dKept, 0, whole, true)
  throughResetPart(gates, past, dProduct, dState, dGates, dKept, whole, bytes(hidden), false)
}

export function stepBackResetBefore(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const batch = c.batch
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const dGateStep = c.dGates + 3 * start
  const states = statesBefore(c, t)
  for (let row = 0; row < batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const dGate = dGateStep + 3 * within
    const dState = c.dStates + within
    if (isValid(c.lengths, row, t)) {
      retreat(c.gates + 3 * at, rowOrZeros(c, states, within), rowOrZeros(c, c.dy, at), dState, dGate, hidden)
    } else {
      clear(dGate, 3 * hidden)
      clear(c.dKept + at, hidden)
      clear(dState, hidden)
    }
  }
  // A gru has no memory beside its state: that place takes the gradient of r ⊙ h.
  const dProducts = c.dMemories
  const panel = <usize>(3 * hidden) << 6
  const candidate = c.packedHh + (<usize>(2 * hidden) << 6)
  const met = c.mask !== 0 ? c.met + start : states
  const dMet = gradientOfMet(c)
  clear(dProducts, batch * hidden)
  const normalised = c.normal !== 0
  const dSums = normalised ? stateHalf(c, c.dProducts, t) : dGateStep
  const dStride = normalised ? normalStride(c) : 3 * stride
  if (normalised) throughStateGroup(c, t, 1, dGateStep + 2 * stride, 3 * stride)
  if (states !== 0) {
    const dCandidates = dSums + 2 * stride
    product(dCandidates, dStride, false, batch, hidden, candidate, panel, hidden, dProducts, stride, c.work)
  }
  for (let row = 0; row < batch; row++) {
    if (!isValid(c.lengths, row, t)) continue
    const within = <usize>row * stride
    const at = start + within
    const past = rowOrZeros(c, met, within)
    throughReset(
      c.gates + 3 * at, past, dProducts + within, dMet + within, dGateStep + 3 * within, c.dKept + at, hidden,
    )
  }
  if (normalised) throughStateGroup(c, t, 0, dGateStep, 3 * stride)
  if (!stateMatters(c, t)) return
  product(dSums, dStride, false, batch, 2 * hidden, c.packedHh, panel, hidden, dMet, stride, c.work)
  throughMask(c)
}
