import { hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function cellPart(sums: usize, c: usize, h: usize, next: usize, gates: usize, end: usize, width: usize, whole: bool): void {
  while (c < end) {
    const i = sigmoid(loadPart(sums, whole))
    const f = sigmoid(loadPart(sums + width, whole))
    const g = hyperbolicTangent(loadPart(sums + 2 * width, whole))
    const o = sigmoid(loadPart(sums + 3 * width, whole))
    storePart(gates, i, whole)
    storePart(gates + width, f, whole)
    storePart(gates + 2 * width, g, whole)
    storePart(gates + 3 * width, o, whole)
    const memory = multiplyAdd(f, loadPart(c, whole), f32x4.mul(i, g))
    storePart(next, memory, whole)
    storePart(h, f32x4.mul(o, hyperbolicTangent(memory)), whole)
    sums += partSize(whole)
    c += partSize(whole)
    h += partSize(whole)
    next += partSize(whole)
    gates += partSize(whole)
  }
}

/** sums, gates [batch, 4 · hidden]; c, h, next [batch, hidden]. */
export function lstmCell(sums: usize, c: usize, h: usize, next: usize, gates: usize, batch: i32, hidden: i32): void {
  const width = <usize>hidden << 2
  const w = wholeBytes(hidden)
  for (let row = 0; row < batch; row++) {
    cellPart(sums, c, h, next, gates, c + w, width, true)
    cellPart(sums + w, c + w, h + w, next + w, gates + w, c + width, width, false)
    sums += 4 * width
    gates += 4 * width
    c += width
    h += width
    next += width
  }
}

// @ts-ignore: decorator
@inline
function gradientPart(
  gates: usize,
  c: usize,
  next: usize,
  dh: usize,
  dNext: usize,
  dSums: usize,
  dc: usize,
  end: usize,
  width: usize,
  whole: bool,
): void {
  while (c < end) {
    const i = loadPart(gates, whole)
    const f = loadPart(gates + width, whole)
    const g = loadPart(gates + 2 * width, whole)
    const o = loadPart(gates + 3 * width, whole)
    const shown = hyperbolicTangent(loadPart(next, whole))
    const dShown = dh === 0 ? f32x4.splat(0) : loadPart(dh, whole)
    const later = dNext === 0 ? f32x4.splat(0) : loadPart(dNext, whole)
    const dMemory = multiplyAdd(f32x4.mul(dShown, o), tangentSlope(shown), later)
    storePart(dSums, f32x4.mul(f32x4.mul(dMemory, g), sigmoidSlope(i)), whole)
    storePart(dSums + width, f32x4.mul(f32x4.mul(dMemory, loadPart(c, whole)), sigmoidSlope(f)), whole)
    storePart(dSums + 2 * width, f32x4.mul(f32x4.mul(dMemory, i), tangentSlope(g)), whole)
    storePart(dSums + 3 * width, f32x4.mul(f32x4.mul(dShown, shown), sigmoidSlope(o)), whole)
    storePart(dc, f32x4.mul(dMemory, f), whole)
    gates += partSize(whole)
    c += partSize(whole)
    next += partSize(whole)
    if (dh !== 0) dh += partSize(whole)
    if (dNext !== 0) dNext += partSize(whole)
    dSums += partSize(whole)
    dc += partSize(whole)
  }
}

/** dh, dNext 0: there is none. */
export function lstmCellGradient(
  gates: usize,
  c: usize,
  next: usize,
  dh: usize,
  dNext: usize,
  dSums: usize,
  dc: usize,
  batch: i32,
  hidden: i32,
): void {
  const width = <usize>hidden << 2
  const w = wholeBytes(hidden)
  for (let row = 0; row < batch; row++) {
    gradientPart(gates, c, next, dh, dNext, dSums, dc, c + w, width, true)
    const dhRest: usize = dh === 0 ? 0 : dh + w
    const dNextRest: usize = dNext === 0 ? 0 : dNext + w
    gradientPart(gates + w, c + w, next + w, dhRest, dNextRest, dSums + w, dc + w, c + width, width, false)
    gates += 4 * width
    dSums += 4 * width
    c += width
    next += width
    dc += width
    if (dh !== 0) dh += width
    if (dNext !== 0) dNext += width
  }
}
