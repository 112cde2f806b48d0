// What the cells of one row do at one time step, there and back, as passes over the row: each holds few numbers at a time, so that they
// stay in registers. Gates i f g o lie `block` bytes apart; where the input and forget gate are coupled, f is 1 − i and has no place.
import { sigmoids, tangents } from '../activation/activation.as'
import { complement, hyperbolicTangent, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { addProducts, loadFirst, loadSecond, multiplyAdd, pairBytes, storeBoth, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function nextCell(i: v128, f: v128, g: v128, before: v128): v128 {
  return multiplyAdd(i, g, f32x4.mul(f, before))
}

// @ts-ignore: decorator
@inline
function nextCellsPart(
  gates: usize,
  block: usize,
  before: usize,
  cell: usize,
  at: usize,
  end: usize,
  coupled: bool,
  width: i32,
): void {
  const forget = gates + block
  const candidate = coupled ? forget : forget + block
  for (; at < end; at += width << 2) {
    const i = loadFirst(gates + at, width)
    const i2 = loadSecond(gates + at, width)
    const f = coupled ? complement(i) : loadFirst(forget + at, width)
    const f2 = coupled ? complement(i2) : loadSecond(forget + at, width)
    const first = nextCell(i, f, loadFirst(candidate + at, width), loadFirst(before + at, width))
    const second = nextCell(i2, f2, loadSecond(candidate + at, width), loadSecond(before + at, width))
    storeBoth(cell + at, first, second, width)
  }
}

/** cell = i · g + f · before */
// @ts-ignore: decorator
@inline
function nextCells(gates: usize, before: usize, cell: usize, hidden: i32, coupled: bool): void {
  const block = <usize>hidden << 2
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  nextCellsPart(gates, block, before, cell, 0, pairs, coupled, 8)
  nextCellsPart(gates, block, before, cell, pairs, whole, coupled, 4)
  nextCellsPart(gates, block, before, cell, whole, block, coupled, 1)
}

function nextCellsOwn(gates: usize, before: usize, cell: usize, hidden: i32): void {
  nextCells(gates, before, cell, hidden, false)
}

function nextCellsCoupled(gates: usize, before: usize, cell: usize, hidden: i32): void {
  nextCells(gates, before, cell, hidden, true)
}

// @ts-ignore: decorator
@inline
function outputsPart(o: usize, cell: usize, y: usize, at: usize, end: usize, width: i32): void {
  for (; at < end; at += width << 2) {
    const first = f32x4.mul(loadFirst(o + at, width), hyperbolicTangent(loadFirst(cell + at, width)))
    const second = f32x4.mul(loadSecond(o + at, width), hyperbolicTangent(loadSecond(cell + at, width)))
    storeBoth(y + at, first, second, width)
  }
}

/** y = o · tanh(cell) */
function outputs(o: usize, cell: usize, y: usize, hidden: i32): void {
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  outputsPart(o, cell, y, 0, pairs, 8)
  outputsPart(o, cell, y, pairs, whole, 4)
  outputsPart(o, cell, y, whole, <usize>hidden << 2, 1)
}

/** Activates the gates in place and makes the new cells and outputs. Peepholes let i and f see the cells before, o the new ones. */
export function advance(
  c: RecurrentCall,
  gates: usize,
  cellBefore: usize,
  cell: usize,
  y: usize,
  coupled: bool,
): void {
  const hidden = c.hidden
  const block = <usize>hidden << 2
  const o = gates + (coupled ? 2 * block : 3 * block)
  const peepholes = c.peepholeI !== 0
  if (peepholes) {
    addProducts(gates, cellBefore, c.peepholeI, hidden)
    if (!coupled) addProducts(gates + block, cellBefore, c.peepholeF, hidden)
  }
  sigmoids(gates, gates, coupled ? hidden : 2 * hidden)
  tangents(o - block, o - block, hidden)
  if (!peepholes) sigmoids(o, o, hidden)
  if (coupled) nextCellsCoupled(gates, cellBefore, cell, hidden)
  else nextCellsOwn(gates, cellBefore, cell, hidden)
  if (peepholes) {
    addProducts(o, cell, c.peepholeO, hidden)
    sigmoids(o, o, hidden)
  }
  outputs(o, cell, y, hidden)
}

// @ts-ignore: decorator
@inline
function outputSlope(dh: v128, squashed: v128, o: v128): v128 {
  return f32x4.mul(f32x4.mul(dh, squashed), sigmoidSlope(o))
}

// @ts-ignore: decorator
@inline
function cellSlope(dh: v128, squashed: v128, o: v128, dCell: v128): v128 {
  return multiplyAdd(f32x4.mul(dh, o), tangentSlope(squashed), dCell)
}

// @ts-ignore: decorator
@inline
function throughOutputsPart(
  o: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dO: usize,
  at: usize,
  end: usize,
  width: i32,
): void {
  for (; at < end; at += width << 2) {
    const o1 = loadFirst(o + at, width)
    const o2 = loadSecond(o + at, width)
    const squashed1 = hyperbolicTangent(loadFirst(cell + at, width))
    const squashed2 = hyperbolicTangent(loadSecond(cell + at, width))
    const dh1 = f32x4.add(loadFirst(dy + at, width), loadFirst(dState + at, width))
    const dh2 = f32x4.add(loadSecond(dy + at, width), loadSecond(dState + at, width))
    const dCell1 = cellSlope(dh1, squashed1, o1, loadFirst(dCell + at, width))
    const dCell2 = cellSlope(dh2, squashed2, o2, loadSecond(dCell + at, width))
    const dO1 = outputSlope(dh1, squashed1, o1)
    const dO2 = outputSlope(dh2, squashed2, o2)
    storeBoth(dO + at, dO1, dO2, width)
    storeBoth(dCell + at, dCell1, dCell2, width)
  }
}

/** dO, and dCell += what comes through y = o · tanh(cell) with dy + dState. */
function throughOutputs(
  o: usize,
  cell: usize,
  dy: usize,
  dState: usize,
  dCell: usize,
  dO: usize,
  hidden: i32,
): void {
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  throughOutputsPart(o, cell, dy, dState, dCell, dO, 0, pairs, 8)
  throughOutputsPart(o, cell, dy, dState, dCell, dO, pairs, whole, 4)
  throughOutputsPart(o, cell, dy, dState, dCell, dO, whole, <usize>hidden << 2, 1)
}

/** Gradient of a gate that `factor` meets on its way to the cell. */
// @ts-ignore: decorator
@inline
function gateSlope(dc: v128, factor: v128, gate: v128): v128 {
  return f32x4.mul(f32x4.mul(dc, factor), sigmoidSlope(gate))
}

// @ts-ignore: decorator
@inline
function candidateSlope(dc: v128, i: v128, g: v128): v128 {
  return f32x4.mul(f32x4.mul(dc, i), tangentSlope(g))
}

// @ts-ignore: decorator
@inline
function throughCellsPart(
  gates: usize,
  block: usize,
  before: usize,
  dCell: usize,
  dGates: usize,
  at: usize,
  end: usize,
  coupled: bool,
  width: i32,
): void {
  const placeG = coupled ? block : 2 * block
  for (; at < end; at += width << 2) {
    const gate = gates + at
    const dGate = dGates + at
    const i1 = loadFirst(gate, width)
    const i2 = loadSecond(gate, width)
    const g1 = loadFirst(gate + placeG, width)
    const g2 = loadSecond(gate + placeG, width)
    const f1 = coupled ? complement(i1) : loadFirst(gate + block, width)
    const f2 = coupled ? complement(i2) : loadSecond(gate + block, width)
    const dc1 = loadFirst(dCell + at, width)
    const dc2 = loadSecond(dCell + at, width)
    const past1 = loadFirst(before + at, width)
    const past2 = loadSecond(before + at, width)
    const dI1 = gateSlope(dc1, coupled ? f32x4.sub(g1, past1) : g1, i1)
    const dI2 = gateSlope(dc2, coupled ? f32x4.sub(g2, past2) : g2, i2)
    const dF1 = gateSlope(dc1, past1, f1)
    const dF2 = gateSlope(dc2, past2, f2)
    const dG1 = candidateSlope(dc1, i1, g1)
    const dG2 = candidateSlope(dc2, i2, g2)
    storeBoth(dGate, dI1, dI2, width)
    if (!coupled) storeBoth(dGate + block, dF1, dF2, width)
    storeBoth(dGate + placeG, dG1, dG2, width)
    storeBoth(dCell + at, f32x4.mul(dc1, f1), f32x4.mul(dc2, f2), width)
  }
}

/** dI, dF and dG from dCell, which becomes the gradient of the cells before. */
// @ts-ignore: decorator
@inline
function throughCells(gates: usize, before: usize, dCell: usize, dGates: usize, hidden: i32, coupled: bool): void {
  const block = <usize>hidden << 2
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  throughCellsPart(gates, block, before, dCell, dGates, 0, pairs, coupled, 8)
  throughCellsPart(gates, block, before, dCell, dGates, pairs, whole, coupled, 4)
  throughCellsPart(gates, block, before, dCell, dGates, whole, block, coupled, 1)
}

function throughCellsOwn(gates: usize, before: usize, dCell: usize, dGates: usize, hidden: i32): void {
  throughCells(gates, before, dCell, dGates, hidden, false)
}

function throughCellsCoupled(gates: usize, before: usize, dCell: usize, dGates: usize, hidden: i32): void {
  throughCells(gates, before, dCell, dGates, hidden, true)
}

/**
 * dGates, which may be gates. dState and dCell: gradients of y and of the cell from the steps behind; dCell is left for the step before.
 */
export function retreat(
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
  const hidden = c.hidden
  const block = <usize>hidden << 2
  const placeO = coupled ? 2 * block : 3 * block
  const peepholes = c.peepholeI !== 0
  throughOutputs(gates + placeO, cell, dy, dState, dCell, dGates + placeO, hidden)
  if (peepholes) addProducts(dCell, dGates + placeO, c.peepholeO, hidden)
  if (coupled) throughCellsCoupled(gates, cellBefore, dCell, dGates, hidden)
  else throughCellsOwn(gates, cellBefore, dCell, dGates, hidden)
  if (!peepholes) return
  addProducts(dCell, dGates, c.peepholeI, hidden)
  if (!coupled) addProducts(dCell, dGates + block, c.peepholeF, hidden)
}
