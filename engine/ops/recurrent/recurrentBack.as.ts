// What rnn, lstm and gru share on the way back: the walk over the time steps from the last to the first, the gradients of the states at
// both ends, and all that remains once the gate gradients are known.
import { multiplyVectors } from '../multiply/multiply.as'
import { packedBytes, packRight } from '../product/pack.as'
import { product, productFrom } from '../product/product.as'
import { sumProductsInto, sumRowsInto, weightGradient } from '../product/weightGradient.as'
import { addVectors, clear, copy } from '../vector.as'
import { gainGradient, normalStride, stateHalf, throughInputGroups, throughStateGroup } from './normal.as'
import { bytes, StepFunction, stateStepBytes, stepBytes } from './recurrent.as'
import { RecurrentCall } from './recurrentCall.as'

/** Packs weight [outputs, inputs] for products with rows of `outputs` floats, the way back; returns the end. */
function packWeightBack(weight: usize, outputs: i32, inputs: i32, target: usize): usize {
  packRight(weight, bytes(inputs), outputs, inputs, target)
  return target + packedBytes(outputs, inputs)
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
