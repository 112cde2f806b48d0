import { complement, hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { sumProductsInto } from '../product/weightGradient.as'
import {
  addStateProduct,
  beginCall,
  bytes,
  cellsBefore,
  finishLayer,
  isValid,
  packLayer,
  rowOrZeros,
  stepBytes,
  throughWeight,
  walk,
  walkBack,
} from '../recurrent/recurrent.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { clear, copy, loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { project, projectionGradient, throughProjection } from './projection.as'

/**
 * Gates i f g o of one row lie `block` bytes apart and are activated in place. Constants: `peepholes`, whether the gates also see the
 * cell, i and f the one before and o the new one; `coupled`, whether f is 1 − i and has no place: then the gates are i g o.
 */
// @ts-ignore: decorator
@inline
function advancePart(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  y: usize,
  start: usize,
  end: usize,
  coupled: bool,
  peepholes: bool,
  whole: bool,
): void {
  const block = bytes(c.hidden)
  const placeG = coupled ? block : 2 * block
  const placeO = coupled ? 2 * block : 3 * block
  const peepholeI = c.peepholeI
  const peepholeF = c.peepholeF
  const peepholeO = c.peepholeO
  gates += start
  for (let at = start; at < end; at += partSize(whole)) {
    // What is long alive is loaded late: registers are scarce here.
    let sumI = loadPart(gates, whole)
    if (peepholes) sumI = multiplyAdd(loadPart(cellBefore + at, whole), loadPart(peepholeI + at, whole), sumI)
    const i = sigmoid(sumI)
    let f = complement(i)
    if (!coupled) {
      let sumF = loadPart(gates + block, whole)
      if (peepholes) sumF = multiplyAdd(loadPart(cellBefore + at, whole), loadPart(peepholeF + at, whole), sumF)
      f = sigmoid(sumF)
    }
    const g = hyperbolicTangent(loadPart(gates + placeG, whole))
    let o = g
    if (!peepholes) o = sigmoid(loadPart(gates + placeO, whole))
    const next = multiplyAdd(i, g, f32x4.mul(f, loadPart(cellBefore + at, whole)))
    if (peepholes) o = sigmoid(multiplyAdd(next, loadPart(peepholeO + at, whole), loadPart(gates + placeO, whole)))
    storePart(gates, i, whole)
    if (!coupled) storePart(gates + block, f, whole)
    storePart(gates + placeG, g, whole)
    storePart(gates + placeO, o, whole)
    storePart(cell + at, next, whole)
    storePart(y + at, f32x4.mul(o, hyperbolicTangent(next)), whole)
    gates += partSize(whole)
  }
}

// @ts-ignore: decorator
@inline
function advance(c: RecurrentCall, gates: usize, cellBefore: usize, cell: usize, y: usize, coupled: bool): void {
  const whole = wholeBytes(c.hidden)
  const end = bytes(c.hidden)
  if (c.peepholeI === 0) {
    advancePart(c, gates, cellBefore, cell, y, 0, whole, coupled, false, true)
    advancePart(c, gates, cellBefore, cell, y, whole, end, coupled, false, false)
  } else {
    advancePart(c, gates, cellBefore, cell, y, 0, whole, coupled, true, true)
    advancePart(c, gates, cellBefore, cell, y, whole, end, coupled, true, false)
  }
}

function advanceOwn(c: RecurrentCall, gates: usize, cellBefore: usize, cell: usize, y: usize): void {
  advance(c, gates, cellBefore, cell, y, false)
}

function advanceCoupled(c: RecurrentCall, gates: usize, cellBefore: usize, cell: usize, y: usize): void {
  advance(c, gates, cellBefore, cell, y, true)
}

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
      if (coupled) advanceCoupled(c, gate, cellBefore, c.kept + at, outputs + at)
      else advanceOwn(c, gate, cellBefore, c.kept + at, outputs + at)
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

/**
 * dGates may be gates. dState and dCell: gradients of y and of the cell from the steps behind; dCell is left for the step before.
 */
// @ts-ignore: decorator
@inline
function retreatPart(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
  start: usize,
  end: usize,
  coupled: bool,
  peepholes: bool,
  whole: bool,
): void {
  const block = bytes(c.hidden)
  const placeG = coupled ? block : 2 * block
  const placeO = coupled ? 2 * block : 3 * block
  const peepholeI = c.peepholeI
  const peepholeF = c.peepholeF
  const peepholeO = c.peepholeO
  gates += start
  dGates += start
  for (let at = start; at < end; at += partSize(whole)) {
    const i = loadPart(gates, whole)
    const f = coupled ? complement(i) : loadPart(gates + block, whole)
    const g = loadPart(gates + placeG, whole)
    const o = loadPart(gates + placeO, whole)
    const squashed = hyperbolicTangent(loadPart(cell + at, whole))
    const dh = f32x4.add(loadPart(dy + at, whole), loadPart(dState + at, whole))
    const dO = f32x4.mul(f32x4.mul(dh, squashed), sigmoidSlope(o))
    let dc = multiplyAdd(f32x4.mul(dh, o), tangentSlope(squashed), loadPart(dCell + at, whole))
    if (peepholes) dc = multiplyAdd(dO, loadPart(peepholeO + at, whole), dc)
    const past = loadPart(cellBefore + at, whole)
    const dI = f32x4.mul(f32x4.mul(dc, coupled ? f32x4.sub(g, past) : g), sigmoidSlope(i))
    let dBefore = f32x4.mul(dc, f)
    if (peepholes) dBefore = multiplyAdd(dI, loadPart(peepholeI + at, whole), dBefore)
    if (!coupled) {
      const dF = f32x4.mul(f32x4.mul(dc, past), sigmoidSlope(f))
      if (peepholes) dBefore = multiplyAdd(dF, loadPart(peepholeF + at, whole), dBefore)
      storePart(dGates + block, dF, whole)
    }
    storePart(dGates, dI, whole)
    storePart(dGates + placeG, f32x4.mul(f32x4.mul(dc, i), tangentSlope(g)), whole)
    storePart(dGates + placeO, dO, whole)
    storePart(dCell + at, dBefore, whole)
    gates += partSize(whole)
    dGates += partSize(whole)
  }
}

// @ts-ignore: decorator
@inline
function retreat(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
  coupled: bool,
): void {
  const whole = wholeBytes(c.hidden)
  const end = bytes(c.hidden)
  if (c.peepholeI === 0) {
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, 0, whole, coupled, false, true)
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, whole, end, coupled, false, false)
  } else {
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, 0, whole, coupled, true, true)
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, whole, end, coupled, true, false)
  }
}

function retreatOwn(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
): void {
  retreat(c, gates, cellBefore, cell, dy, dState, dCell, dGates, false)
}

function retreatCoupled(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
): void {
  retreat(c, gates, cellBefore, cell, dy, dState, dCell, dGates, true)
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
      if (coupled) retreatCoupled(c, gate, cellBefore, c.kept + at, dy, dState, dMemory, dGate)
      else retreatOwn(c, gate, cellBefore, c.kept + at, dy, dState, dMemory, dGate)
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
