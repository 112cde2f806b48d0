// What rnn, lstm and gru share: the walk over the time steps there and back, padding, the states at both ends, and all that remains
// once the gate gradients are known.
import { multiplyVectors } from '../multiply/multiply.as'
import { packedBytes, packRight, packRightTransposed } from '../product/pack.as'
import { product, productFrom } from '../product/product.as'
import { addRowProduct } from '../product/rowProduct.as'
import { sumProductsInto, sumRowsInto, weightGradient } from '../product/weightGradient.as'
import { addVectors, clear, copy } from '../vector.as'
import {
  addInputGroups,
  addStateGroup,
  gainGradient,
  normalStride,
  repeatRow,
  stateHalf,
  throughInputGroups,
  throughStateGroup,
} from './normal.as'
import { CALL_BYTES, RecurrentCall } from './recurrentCall.as'

/** Rows of inputs that are multiplied at a time, just before the recurrence uses them and while they are in the cache. */
const PROJECTED_ROWS: i32 = 128

/** What a cell does at time step t, for all rows. */
export type StepFunction = (c: RecurrentCall, t: i32) => void

// @ts-ignore: decorator
@inline
export function bytes(count: i32): usize {
  return <usize>count << 2
}

/** Bytes of one time step of cells [B, H]. */
// @ts-ignore: decorator
@inline
export function stepBytes(c: RecurrentCall): usize {
  return bytes(c.batch * c.hidden)
}

/** Bytes of one time step of states [B, P]; P is H unless they are projected. */
// @ts-ignore: decorator
@inline
export function stateStepBytes(c: RecurrentCall): usize {
  return bytes(c.batch * c.state)
}

/** Whether time step t of a row is within its example's length. */
// @ts-ignore: decorator
@inline
export function isValid(lengths: usize, row: i32, t: i32): bool {
  return t < load<i32>(lengths + (<usize>row << 2))
}

/** The states [B, P] before step t; 0 when they are all 0. */
// @ts-ignore: decorator
@inline
export function statesBefore(c: RecurrentCall, t: i32): usize {
  return t > 0 ? c.y + <usize>(t - 1) * stateStepBytes(c) : c.initialState
}

/** The lstm's cells [B, H] before step t; 0 when they are all 0. */
// @ts-ignore: decorator
@inline
export function cellsBefore(c: RecurrentCall, t: i32): usize {
  return t > 0 ? c.kept + <usize>(t - 1) * stepBytes(c) : c.initialMemory
}

/** Row of `states` `within` bytes from its start; zeros when there are none. */
// @ts-ignore: decorator
@inline
export function rowOrZeros(c: RecurrentCall, states: usize, within: usize): usize {
  return states === 0 ? c.zeros : states + within
}

/** Packs weight [outputs, inputs] for products with rows of `inputs` floats; returns the end of the packed matrix. */
export function packWeight(weight: usize, outputs: i32, inputs: i32, target: usize): usize {
  packRightTransposed(weight, bytes(inputs), inputs, outputs, target)
  return target + packedBytes(inputs, outputs)
}

/** Packs weight [outputs, inputs] for products with rows of `outputs` floats, the way back; returns the end. */
function packWeightBack(weight: usize, outputs: i32, inputs: i32, target: usize): usize {
  packRight(weight, bytes(inputs), outputs, inputs, target)
  return target + packedBytes(outputs, inputs)
}

/** The call that the host wrote at the start of the workspace. */
export function beginCall(address: usize): RecurrentCall {
  const c = changetype<RecurrentCall>(address)
  c.zeros = c.scratch + CALL_BYTES
  const widest = max(c.hidden, c.state)
  c.free = c.zeros + (bytes(widest) + 63 & ~63)
  clear(c.zeros, widest)
  return c
}

/** Whether a lone row walks through time: every step reads weight_hh once, packed or not, so it stays as it lies. */
export function isLone(c: RecurrentCall): bool {
  return c.batch === 1 && c.normal === 0
}

/** Forward: packs weight_ih, unless a lone row meets it but once; the recurrent weight goes behind it. */
export function packInputWeight(c: RecurrentCall, wide: i32): void {
  c.packedIh = c.free
  c.packedHh = isLone(c) && c.time === 1 ? c.free : packWeight(c.weightIh, wide, c.inputs, c.packedIh)
}

/** Forward: packs the whole recurrent weight and adds both biases up: what cells without a product of their own begin with. */
export function packLayer(c: RecurrentCall, wide: i32): void {
  packInputWeight(c, wide)
  c.bias = isLone(c) ? c.packedHh : packWeight(c.weightHh, wide, c.state, c.packedHh)
  addVectors(c.bias, c.biasIh, c.biasHh, wide)
  c.work = c.bias + bytes(wide + 15 & ~15)
  if (c.weightHr === 0) return
  c.packedHr = c.work
  c.work = packWeight(c.weightHr, c.state, c.hidden, c.packedHr)
}

/** What weight_hh meets at step t: the states before it, behind the mask when there is one; 0 when they are all 0. */
export function statesMet(c: RecurrentCall, t: i32): usize {
  const states = statesBefore(c, t)
  if (c.mask === 0) return states
  const count = c.batch * c.state
  const met = c.met + <usize>t * stateStepBytes(c)
  if (states === 0) {
    clear(met, count)
    return 0
  }
  multiplyVectors(met, states, c.mask, count)
  return met
}

/** target [B, wide] += what weight_hh meets at step t · weight_hhᵀ, of cells whose state goes through that product alone. */
export function addStateProduct(c: RecurrentCall, t: i32, wide: i32, target: usize): void {
  const states = statesMet(c, t)
  if (c.normal !== 0) {
    addNormalisedProduct(c, t, states, target)
    return
  }
  if (states === 0) return
  const state = c.state
  if (isLone(c)) {
    addRowProduct(states, c.weightHh, state, wide, target, c.work)
    return
  }
  product(states, bytes(state), false, c.batch, state, c.packedHh, <usize>state << 6, wide, target, bytes(wide), c.work)
}

function addNormalisedProduct(c: RecurrentCall, t: i32, states: usize, target: usize): void {
  const state = c.state
  const wide = c.wide
  const half = stateHalf(c, c.normal, t)
  const inner = states === 0 ? 0 : state
  const panelStride = <usize>state << 6
  const stride = normalStride(c)
  productFrom(states, bytes(state), false, c.batch, inner, c.packedHh, panelStride, wide, 0, 0, half, stride, c.work)
  addStateGroup(c, t, 0, target, bytes(wide))
}

/**
 * Calls `step` for one time step after the other, each with target [B, wide] = bias + x · weight_ihᵀ already there, and then puts
 * down the states at the end.
 */
export function walk(c: RecurrentCall, wide: i32, target: usize, step: StepFunction): void {
  for (let t = 0; t < c.time; t++) {
    projectAhead(c, t, wide, target)
    step(c, t)
  }
  if (c.finalState !== 0) keepLastStates(c)
  if (c.finalMemory !== 0) copy(c.finalMemory, cellsBefore(c, c.time), c.batch * c.hidden)
}

/** At the first of every few time steps: the products with the inputs, for those steps. */
function projectAhead(c: RecurrentCall, t: i32, wide: i32, target: usize): void {
  const batch = c.batch
  const inputs = c.inputs
  const steps = max(1, PROJECTED_ROWS / batch)
  if (t % steps !== 0) return
  const rows = min(steps, c.time - t) * batch
  const from = c.x + bytes(t * batch * inputs)
  const to = target + bytes(t * batch * wide)
  const panelStride = <usize>inputs << 6
  if (c.normal !== 0) {
    const normal = c.normal + <usize>(t * batch) * normalStride(c)
    productFrom(from, bytes(inputs), false, rows, inputs, c.packedIh, panelStride, wide, 0, 0, normal, normalStride(c), c.work)
    repeatRow(c.bias, wide, to, bytes(wide), rows)
    addInputGroups(c, t * batch, rows, to)
    return
  }
  if (isLone(c) && c.time === 1) {
    copy(to, c.bias, wide)
    addRowProduct(from, c.weightIh, inputs, wide, to, c.work)
    return
  }
  productFrom(from, bytes(inputs), false, rows, inputs, c.packedIh, panelStride, wide, c.bias, 0, to, bytes(wide), c.work)
}

/** finalState = y at each row's last valid step; of an empty row the state it began with. */
function keepLastStates(c: RecurrentCall): void {
  const stride = bytes(c.state)
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const states = statesBefore(c, load<i32>(c.lengths + (<usize>row << 2)))
    copy(c.finalState + within, rowOrZeros(c, states, within), c.state)
  }
}

/**
 * Calls `step` for one time step after the other, the last first, with dStates and dMemories holding what comes from the steps behind
 * and from the states at the end; then hands on what arrives at the beginning.
 */
export function walkBack(c: RecurrentCall, wide: i32, step: StepFunction): void {
  const states = c.batch * c.state
  const cells = c.batch * c.hidden
  const room = stepBytes(c) + 63 & ~63
  c.packedHh = c.free
  c.dStates = packWeightBack(c.weightHh, wide, c.state, c.packedHh)
  c.dMemories = c.dStates + (stateStepBytes(c) + 63 & ~63)
  c.work = c.dMemories + room
  if (c.weightHr !== 0) {
    c.packedHr = c.work
    c.dRaw = packWeightBack(c.weightHr, c.state, c.hidden, c.packedHr)
    c.work = c.dRaw + room
  }
  if (c.mask !== 0) {
    c.dMet = c.work
    c.work += stateStepBytes(c) + 63 & ~63
  }
  clear(c.dStates, states)
  if (c.dFinalMemory !== 0) copy(c.dMemories, c.dFinalMemory, cells)
  else clear(c.dMemories, cells)
  for (let t = c.time - 1; t >= 0; t--) {
    if (c.dFinalState !== 0) addFinalGradients(c, t)
    step(c, t)
  }
  if (c.dInitialState !== 0) {
    if (c.dFinalState !== 0) addFinalGradients(c, -1)
    copy(c.dInitialState, c.dStates, states)
  }
  if (c.dInitialMemory !== 0) copy(c.dInitialMemory, c.dMemories, cells)
}

/** dStates += dFinalState in the rows whose last valid step is t. */
function addFinalGradients(c: RecurrentCall, t: i32): void {
  const stride = bytes(c.state)
  for (let row = 0; row < c.batch; row++) {
    if (load<i32>(c.lengths + (<usize>row << 2)) - 1 !== t) continue
    const within = <usize>row * stride
    addVectors(c.dStates + within, c.dStates + within, c.dFinalState + within, c.state)
  }
}

/** Whether anybody asks for the gradient of the state before step t. */
// @ts-ignore: decorator
@inline
export function stateMatters(c: RecurrentCall, t: i32): bool {
  return t > 0 || c.dInitialState !== 0
}

/** Where a cell with a part of its state beside the product adds up the gradient of what weight_hh met; dStates without a mask. */
export function gradientOfMet(c: RecurrentCall): usize {
  if (c.mask === 0) return c.dStates
  clear(c.dMet, c.batch * c.state)
  return c.dMet
}

/** dStates += what `gradientOfMet` now holds, behind the mask. */
export function throughMask(c: RecurrentCall): void {
  if (c.mask !== 0) sumProductsInto(c.dStates, c.dMet, 0, c.mask, 0, c.batch * c.state, 1)
}

/** dStates = dGates [B, wide] of step t · weight_hh, of cells whose state goes through that product alone. */
export function throughWeight(c: RecurrentCall, dGateStep: usize, wide: i32, t: i32): void {
  const state = c.state
  let d = dGateStep
  let dStride = bytes(wide)
  if (c.normal !== 0) {
    throughStateGroup(c, t, 0, d, dStride)
    d = stateHalf(c, c.dProducts, t)
    dStride = normalStride(c)
  }
  if (!stateMatters(c, t)) return
  const panelStride = <usize>wide << 6
  const stride = bytes(state)
  productFrom(d, dStride, false, c.batch, wide, c.packedHh, panelStride, state, 0, 0, c.dStates, stride, c.work)
  if (c.mask !== 0) multiplyVectors(c.dStates, c.dStates, c.mask, c.batch * state)
}

/** dx, dWeight_ih and dBias_ih, as far as they are wanted, once the gate gradients [T, B, wide] are there. */
export function inputSide(c: RecurrentCall, dGates: usize, wide: i32): void {
  const rows = c.time * c.batch
  const stride = bytes(wide)
  const inputs = c.inputs
  let d = dGates
  let dStride = stride
  if (c.normal !== 0) {
    throughInputGroups(c, dGates)
    d = c.dProducts
    dStride = normalStride(c)
  }
  if (c.dx !== 0) {
    const work = packWeightBack(c.weightIh, wide, inputs, c.free)
    productFrom(d, dStride, false, rows, wide, c.free, <usize>wide << 6, inputs, 0, 0, c.dx, bytes(inputs), work)
  }
  if (c.dWeightIh !== 0) {
    clear(c.dWeightIh, wide * inputs)
    weightGradient(d, dStride, wide, c.x, bytes(inputs), inputs, rows, c.dWeightIh, c.free)
    biasGradient(dGates, stride, wide, rows, c.dBiasIh)
    if (c.normal !== 0) gainGradient(c, dGates, stride, 0, wide, c.dGainIh)
  }
}

/** dWeight [outputs, P] from d [T, B, outputs] (rows `dStride` bytes apart) and what weight_hh met at each step. */
export function stateWeightGradient(c: RecurrentCall, d: usize, dStride: usize, outputs: i32, dWeight: usize): void {
  const batch = c.batch
  const state = c.state
  const stride = bytes(state)
  clear(dWeight, outputs * state)
  if (c.mask !== 0) {
    weightGradient(d, dStride, outputs, c.met, stride, state, c.time * batch, dWeight, c.free)
    return
  }
  const later = (c.time - 1) * batch
  weightGradient(d + <usize>batch * dStride, dStride, outputs, c.y, stride, state, later, dWeight, c.free)
  if (c.initialState === 0) return
  weightGradient(d, dStride, outputs, c.initialState, stride, state, batch, dWeight, c.free)
}

/** dBias [outputs] = sum of the rows of d. */
export function biasGradient(d: usize, dStride: usize, outputs: i32, rows: i32, dBias: usize): void {
  clear(dBias, outputs)
  sumRowsInto(dBias, d, dStride, outputs, rows)
}

/** All that remains for a layer whose state goes through weight_hh alone, so that its two biases meet the same sums (rnn, lstm). */
export function finishLayer(c: RecurrentCall, dGates: usize, wide: i32): void {
  inputSide(c, dGates, wide)
  if (c.dWeightIh === 0) return
  copy(c.dBiasHh, c.dBiasIh, wide)
  if (c.normal === 0) {
    stateWeightGradient(c, dGates, bytes(wide), wide, c.dWeightHh)
    return
  }
  stateWeightGradient(c, stateHalf(c, c.dProducts, 0), normalStride(c), wide, c.dWeightHh)
  gainGradient(c, dGates, bytes(wide), bytes(wide), wide, c.dGainHh)
}
