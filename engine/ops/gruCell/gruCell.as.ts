import { complement, hyperbolicTangent, sigmoid, sigmoidSlope, tangentSlope } from '../activation/math.as'
import { loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function cellPart(x: usize, s: usize, h: usize, next: usize, gates: usize, end: usize, width: usize, whole: bool): void {
  while (h < end) {
    const r = sigmoid(f32x4.add(loadPart(x, whole), loadPart(s, whole)))
    const z = sigmoid(f32x4.add(loadPart(x + width, whole), loadPart(s + width, whole)))
    const n = hyperbolicTangent(multiplyAdd(r, loadPart(s + 2 * width, whole), loadPart(x + 2 * width, whole)))
    storePart(gates, r, whole)
    storePart(gates + width, z, whole)
    storePart(gates + 2 * width, n, whole)
    // n + z (h − n)
    storePart(next, multiplyAdd(z, f32x4.sub(loadPart(h, whole), n), n), whole)
    x += partSize(whole)
    s += partSize(whole)
    h += partSize(whole)
    next += partSize(whole)
    gates += partSize(whole)
  }
}

/** x, s, gates [batch, 3 · hidden]; h, next [batch, hidden]. */
export function gruCell(x: usize, s: usize, h: usize, next: usize, gates: usize, batch: i32, hidden: i32): void {
  const width = <usize>hidden << 2
  const w = wholeBytes(hidden)
  for (let row = 0; row < batch; row++) {
    cellPart(x, s, h, next, gates, h + w, width, true)
    cellPart(x + w, s + w, h + w, next + w, gates + w, h + width, width, false)
    x += 3 * width
    s += 3 * width
    gates += 3 * width
    h += width
    next += width
  }
}

// @ts-ignore: decorator
@inline
function gradientPart(
  gates: usize,
  s: usize,
  h: usize,
  dNext: usize,
  dx: usize,
  ds: usize,
  dh: usize,
  end: usize,
  width: usize,
  whole: bool,
): void {
  while (h < end) {
    const r = loadPart(gates, whole)
    const z = loadPart(gates + width, whole)
    const n = loadPart(gates + 2 * width, whole)
    const d = loadPart(dNext, whole)
    const dn = f32x4.mul(f32x4.mul(d, complement(z)), tangentSlope(n))
    const dr = f32x4.mul(f32x4.mul(dn, loadPart(s + 2 * width, whole)), sigmoidSlope(r))
    const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(loadPart(h, whole), n)), sigmoidSlope(z))
    storePart(dx, dr, whole)
    storePart(ds, dr, whole)
    storePart(dx + width, dz, whole)
    storePart(ds + width, dz, whole)
    storePart(dx + 2 * width, dn, whole)
    storePart(ds + 2 * width, f32x4.mul(dn, r), whole)
    storePart(dh, f32x4.mul(d, z), whole)
    gates += partSize(whole)
    s += partSize(whole)
    h += partSize(whole)
    dNext += partSize(whole)
    dx += partSize(whole)
    ds += partSize(whole)
    dh += partSize(whole)
  }
}

export function gruCellGradient(
  gates: usize,
  s: usize,
  h: usize,
  dNext: usize,
  dx: usize,
  ds: usize,
  dh: usize,
  batch: i32,
  hidden: i32,
): void {
  const width = <usize>hidden << 2
  const w = wholeBytes(hidden)
  for (let row = 0; row < batch; row++) {
    gradientPart(gates, s, h, dNext, dx, ds, dh, h + w, width, true)
    gradientPart(gates + w, s + w, h + w, dNext + w, dx + w, ds + w, dh + w, h + width, width, false)
    gates += 3 * width
    s += 3 * width
    dx += 3 * width
    ds += 3 * width
    h += width
    dNext += width
    dh += width
  }
}
