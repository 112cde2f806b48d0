// What rnn, lstm and gru share: the walk over the time steps, padding, the states at both ends (the way back: recurrentBack.as.ts).
import { multiplyVectors } from '../multiply/multiply.as'
import { packedBytes, packRightTransposed } from '../product/pack.as'
import { product, productFrom } from '../product/product.as'
import { addRowProduct } from '../product/rowProduct.as'
import { addVectors, clear, copy } from '../vector.as'
import { addInputGroups, addStateGroup, normalStride, repeatRow, stateHalf } from './normal.as'
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
