import { hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { product } from '../product/product.as'
import { sumProductsInto } from '../product/weightGradient.as'
import {
  beginCall,
  before,
  bytes,
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

/**
 * Gates i f g o of one row lie `block` bytes apart and are activated in place. `peepholes` is a constant: whether the gates also see
 * the cell, i and f the one before and o the new one; `weights` bytes from c.peephole… on.
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
  peepholes: bool,
  whole: bool,
): void {
  const block = bytes(c.hidden)
  const peepholeI = c.peepholeI
  const peepholeF = c.peepholeF
  const peepholeO = c.peepholeO
  gates += start
  for (let at = start; at < end; at += partSize(whole)) {
    const past = loadPart(cellBefore + at, whole)
    let sumI = loadPart(gates, whole)
    let sumF = loadPart(gates + block, whole)
    if (peepholes) {
      sumI = multiplyAdd(past, loadPart(peepholeI + at, whole), sumI)
      sumF = multiplyAdd(past, loadPart(peepholeF + at, whole), sumF)
    }
    const i = sigmoid(sumI)
    const f = sigmoid(sumF)
    const g = hyperbolicTangent(loadPart(gates + 2 * block, whole))
    const next = multiplyAdd(i, g, f32x4.mul(f, past))
    let sumO = loadPart(gates + 3 * block, whole)
    if (peepholes) sumO = multiplyAdd(next, loadPart(peepholeO + at, whole), sumO)
    const o = sigmoid(sumO)
    storePart(gates, i, whole)
    storePart(gates + block, f, whole)
    storePart(gates + 2 * block, g, whole)
    storePart(gates + 3 * block, o, whole)
    storePart(cell + at, next, whole)
    storePart(y + at, f32x4.mul(o, hyperbolicTangent(next)), whole)
    gates += partSize(whole)
  }
}

function advance(c: RecurrentCall, gates: usize, cellBefore: usize, cell: usize, y: usize): void {
  const whole = wholeBytes(c.hidden)
  const end = bytes(c.hidden)
  if (c.peepholeI === 0) {
    advancePart(c, gates, cellBefore, cell, y, 0, whole, false, true)
    advancePart(c, gates, cellBefore, cell, y, whole, end, false, false)
  } else {
    advancePart(c, gates, cellBefore, cell, y, 0, whole, true, true)
    advancePart(c, gates, cellBefore, cell, y, whole, end, true, false)
  }
}

function step(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  const gateStep = c.gates + 4 * start
  const past = before(c, c.y, c.initialState, t)
  if (past !== 0) {
    const panelStride = <usize>hidden << 6
    product(past, stride, false, c.batch, hidden, c.packedHh, panelStride, 4 * hidden, gateStep, 4 * stride, c.work)
  }
  const cellsBefore = before(c, c.kept, c.initialMemory, t)
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const gate = gateStep + 4 * within
    const cellBefore = rowOrZeros(c, cellsBefore, within)
    if (isValid(c.lengths, row, t)) {
      advance(c, gate, cellBefore, c.kept + at, c.y + at)
    } else {
      // Past an example's length nothing comes out and the cell stays.
      clear(gate, 4 * hidden)
      clear(c.y + at, hidden)
      copy(c.kept + at, cellBefore, hidden)
    }
  }
}

export function lstm(call: usize): void {
  const c = beginCall(call)
  packLayer(c, 4 * c.hidden)
  walk(c, 4 * c.hidden, c.gates, step)
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
  peepholes: bool,
  whole: bool,
): void {
  const block = bytes(c.hidden)
  const peepholeI = c.peepholeI
  const peepholeF = c.peepholeF
  const peepholeO = c.peepholeO
  gates += start
  dGates += start
  for (let at = start; at < end; at += partSize(whole)) {
    const i = loadPart(gates, whole)
    const f = loadPart(gates + block, whole)
    const g = loadPart(gates + 2 * block, whole)
    const o = loadPart(gates + 3 * block, whole)
    const squashed = hyperbolicTangent(loadPart(cell + at, whole))
    const dh = f32x4.add(loadPart(dy + at, whole), loadPart(dState + at, whole))
    const dO = f32x4.mul(f32x4.mul(dh, squashed), sigmoidSlope(o))
    let dc = multiplyAdd(f32x4.mul(dh, o), tangentSlope(squashed), loadPart(dCell + at, whole))
    if (peepholes) dc = multiplyAdd(dO, loadPart(peepholeO + at, whole), dc)
    const dI = f32x4.mul(f32x4.mul(dc, g), sigmoidSlope(i))
    const dF = f32x4.mul(f32x4.mul(dc, loadPart(cellBefore + at, whole)), sigmoidSlope(f))
    let dBefore = f32x4.mul(dc, f)
    if (peepholes) {
      dBefore = multiplyAdd(dI, loadPart(peepholeI + at, whole), dBefore)
      dBefore = multiplyAdd(dF, loadPart(peepholeF + at, whole), dBefore)
    }
    storePart(dGates, dI, whole)
    storePart(dGates + block, dF, whole)
    storePart(dGates + 2 * block, f32x4.mul(f32x4.mul(dc, i), tangentSlope(g)), whole)
    storePart(dGates + 3 * block, dO, whole)
    storePart(dCell + at, dBefore, whole)
    gates += partSize(whole)
    dGates += partSize(whole)
  }
}

function retreat(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dGates: usize,
): void {
  const whole = wholeBytes(c.hidden)
  const end = bytes(c.hidden)
  if (c.peepholeI === 0) {
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, 0, whole, false, true)
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, whole, end, false, false)
  } else {
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, 0, whole, true, true)
    retreatPart(c, gates, cellBefore, cell, dy, dState, dCell, dGates, whole, end, true, false)
  }
}

function stepBack(c: RecurrentCall, t: i32): void {
  const stride = bytes(c.hidden)
  const start = <usize>t * stepBytes(c)
  const dGateStep = c.dGates + 4 * start
  const cellsBefore = before(c, c.kept, c.initialMemory, t)
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const dGate = dGateStep + 4 * within
    if (isValid(c.lengths, row, t)) {
      const cellBefore = rowOrZeros(c, cellsBefore, within)
      const dy = rowOrZeros(c, c.dy, at)
      retreat(c, c.gates + 4 * at, cellBefore, c.kept + at, dy, c.dStates + within, c.dMemories + within, dGate)
    } else {
      clear(dGate, 4 * c.hidden)
    }
  }
  throughWeight(c, dGateStep, 4 * c.hidden, t)
}

/** Gradient [H] of a diagonal weight: of gate block `gate`, from the cells before each step or (`fresh`) from the new ones. */
function peepholeGradient(c: RecurrentCall, gate: i32, fresh: bool, target: usize): void {
  const hidden = c.hidden
  const batch = c.batch
  const rows = c.time * batch
  const stride = bytes(hidden)
  const dGate = c.dGates + <usize>gate * stride
  clear(target, hidden)
  if (fresh) {
    sumProductsInto(target, dGate, 4 * stride, c.kept, stride, hidden, rows)
  } else {
    sumProductsInto(target, dGate + 4 * stepBytes(c), 4 * stride, c.kept, stride, hidden, rows - batch)
    if (c.initialMemory !== 0) sumProductsInto(target, dGate, 4 * stride, c.initialMemory, stride, hidden, batch)
  }
}

/** dGates [T, B, 4H] may be gates. */
export function lstmGradient(call: usize): void {
  const c = beginCall(call)
  walkBack(c, 4 * c.hidden, stepBack)
  finishLayer(c, c.dGates, 4 * c.hidden)
  if (c.dPeepholeI === 0) return
  peepholeGradient(c, 0, false, c.dPeepholeI)
  peepholeGradient(c, 1, false, c.dPeepholeF)
  peepholeGradient(c, 3, true, c.dPeepholeO)
}
