import { sumProductsInto } from '../product/weightGradient.as'
import {
  addStateProduct,
  beginCall,
  bytes,
  cellsBefore,
  isValid,
  packLayer,
  rowOrZeros,
  stepBytes,
  walk,
} from '../recurrent/recurrent.as'
import { finishLayer, throughWeight, walkBack } from '../recurrent/recurrentBack.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { clear, copy } from '../vector.as'
import { advance, retreat } from './cell.as'
import { project, projectionGradient, throughProjection } from './projection.as'

// @ts-ignore: decorator
@inline
function stepOf(c: RecurrentCall, t: i32, coupled: bool): void {
  const gateCount = coupled ? 3 : 4
  const hidden = c.hidden
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const gateStep = c.gates + gateCount * start
  addStateProduct(c, t, gateCount * hidden, gateStep)
  const pastCells = cellsBefore(c, t)
  const outputs = c.raw !== 0 ? c.raw : c.y
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const gate = gateStep + gateCount * within
    const cellBefore = rowOrZeros(c, pastCells, within)
    if (isValid(c.lengths, row, t)) {
      advance(c, gate, cellBefore, c.kept + at, outputs + at, coupled)
    } else {
      // Past an example's length nothing comes out and the cell stays.
      clear(gate, gateCount * hidden)
      clear(outputs + at, hidden)
      copy(c.kept + at, cellBefore, hidden)
    }
  }
  if (c.raw !== 0) project(c, t)
}

function stepOwn(c: RecurrentCall, t: i32): void {
  stepOf(c, t, false)
}

function stepCoupled(c: RecurrentCall, t: i32): void {
  stepOf(c, t, true)
}

export function lstm(call: usize): void {
  const c = beginCall(call)
  packLayer(c, 4 * c.hidden)
  walk(c, 4 * c.hidden, c.gates, stepOwn)
}

export function coupledLstm(call: usize): void {
  const c = beginCall(call)
  packLayer(c, 3 * c.hidden)
  walk(c, 3 * c.hidden, c.gates, stepCoupled)
}

// @ts-ignore: decorator
@inline
function stepBackOf(c: RecurrentCall, t: i32, coupled: bool): void {
  const gateCount = coupled ? 3 : 4
  const stride = bytes(c.hidden)
  const start = <usize>t * stepBytes(c)
  const dGateStep = c.dGates + gateCount * start
  const pastCells = cellsBefore(c, t)
  const projected = c.raw !== 0
  if (projected) throughProjection(c, t)
  // With a projection, dRaw holds what comes from outside and from the steps behind.
  const dyStep = projected || c.dy === 0 ? 0 : c.dy + start
  const dStates = projected ? c.dRaw : c.dStates
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const dGate = dGateStep + gateCount * within
    if (isValid(c.lengths, row, t)) {
      const cellBefore = rowOrZeros(c, pastCells, within)
      const dy = rowOrZeros(c, dyStep, within)
      const gate = c.gates + gateCount * at
      const dState = dStates + within
      const dMemory = c.dMemories + within
      retreat(c, gate, cellBefore, c.kept + at, dy, dState, dMemory, dGate, coupled)
    } else {
      clear(dGate, gateCount * c.hidden)
    }
  }
  throughWeight(c, dGateStep, gateCount * c.hidden, t)
}

function stepBackOwn(c: RecurrentCall, t: i32): void {
  stepBackOf(c, t, false)
}

function stepBackCoupled(c: RecurrentCall, t: i32): void {
  stepBackOf(c, t, true)
}

/**
 * Gradient [H] of the diagonal weight of block `gate` of `gates`, from the cells before each step or (`fresh`) from the new ones.
 */
function peepholeGradient(c: RecurrentCall, gate: i32, gates: i32, fresh: bool, target: usize): void {
  const hidden = c.hidden
  const batch = c.batch
  const rows = c.time * batch
  const stride = bytes(hidden)
  const dStride = bytes(gates * hidden)
  const dGate = c.dGates + <usize>gate * stride
  clear(target, hidden)
  if (fresh) {
    sumProductsInto(target, dGate, dStride, c.kept, stride, hidden, rows)
  } else {
    sumProductsInto(target, dGate + <usize>batch * dStride, dStride, c.kept, stride, hidden, rows - batch)
    if (c.initialMemory !== 0) sumProductsInto(target, dGate, dStride, c.initialMemory, stride, hidden, batch)
  }
}

/** dGates [T, B, 4H] may be gates. */
export function lstmGradient(call: usize): void {
  const c = beginCall(call)
  walkBack(c, 4 * c.hidden, stepBackOwn)
  finishLayer(c, c.dGates, 4 * c.hidden)
  if (c.dWeightHr !== 0) projectionGradient(c)
  if (c.dPeepholeI === 0) return
  peepholeGradient(c, 0, 4, false, c.dPeepholeI)
  peepholeGradient(c, 1, 4, false, c.dPeepholeF)
  peepholeGradient(c, 3, 4, true, c.dPeepholeO)
}

/** dGates [T, B, 3H] may be gates. */
export function coupledLstmGradient(call: usize): void {
  const c = beginCall(call)
  walkBack(c, 3 * c.hidden, stepBackCoupled)
  finishLayer(c, c.dGates, 3 * c.hidden)
  if (c.dWeightHr !== 0) projectionGradient(c)
  if (c.dPeepholeI === 0) return
  peepholeGradient(c, 0, 3, false, c.dPeepholeI)
  peepholeGradient(c, 2, 3, true, c.dPeepholeO)
}
