// One row times a weight just as it lies, [outputs, inner]: packing it would take longer than the product.
import { multiplyAdd, pairBytes } from '../vector.as'

/** Groups of four outputs whose sums are made before they are added up: what was just stored is not waited for. */
const AHEAD: i32 = 16

/** Of each of so many groups the four sums of row · x over whole pairs of vectors → `sums` [groups, 4, 8], still in eight parts each. */
function dots(x: usize, row0: usize, stride: usize, pairs: usize, groups: i32, sums: usize): void {
  for (; groups > 0; groups--) {
    const row1 = row0 + stride
    const row2 = row1 + stride
    const row3 = row2 + stride
    let s00 = f32x4.splat(0)
    let s01 = s00
    let s10 = s00
    let s11 = s00
    let s20 = s00
    let s21 = s00
    let s30 = s00
    let s31 = s00
    for (let at: usize = 0; at < pairs; at += 32) {
      const x0 = v128.load(x + at)
      const x1 = v128.load(x + at, 16)
      s00 = multiplyAdd(x0, v128.load(row0 + at), s00)
      s01 = multiplyAdd(x1, v128.load(row0 + at, 16), s01)
      s10 = multiplyAdd(x0, v128.load(row1 + at), s10)
      s11 = multiplyAdd(x1, v128.load(row1 + at, 16), s11)
      s20 = multiplyAdd(x0, v128.load(row2 + at), s20)
      s21 = multiplyAdd(x1, v128.load(row2 + at, 16), s21)
      s30 = multiplyAdd(x0, v128.load(row3 + at), s30)
      s31 = multiplyAdd(x1, v128.load(row3 + at, 16), s31)
    }
    v128.store(sums, s00)
    v128.store(sums, s01, 16)
    v128.store(sums, s10, 32)
    v128.store(sums, s11, 48)
    v128.store(sums, s20, 64)
    v128.store(sums, s21, 80)
    v128.store(sums, s30, 96)
    v128.store(sums, s31, 112)
    row0 += stride << 2
    sums += 128
  }
}

/** The eight parts of each of four sums, added up. */
// @ts-ignore: decorator
@inline
function addParts(sums: usize): v128 {
  const a = f32x4.add(v128.load(sums), v128.load(sums, 16))
  const b = f32x4.add(v128.load(sums, 32), v128.load(sums, 48))
  const c = f32x4.add(v128.load(sums, 64), v128.load(sums, 80))
  const d = f32x4.add(v128.load(sums, 96), v128.load(sums, 112))
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7))
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7))
}

/** What remains of row · x from byte `at` to `end`. */
function restOfDot(x: usize, row: usize, at: usize, end: usize): f32 {
  let sum: f32 = 0
  for (; at < end; at += 4) sum += load<f32>(x + at) * load<f32>(row + at)
  return sum
}

/** y [outputs] += weight [outputs, inner] · x [inner]. `work`: 32 · AHEAD floats. */
export function addRowProduct(x: usize, weight: usize, inner: i32, outputs: i32, y: usize, work: usize): void {
  const stride = <usize>inner << 2
  const pairs = pairBytes(inner)
  while (outputs >= 4) {
    const groups = min(outputs >> 2, AHEAD)
    dots(x, weight, stride, pairs, groups, work)
    for (let group = 0; group < groups; group++) {
      v128.store(y, f32x4.add(v128.load(y), addParts(work + (<usize>group << 7))))
      for (let lane = 0; pairs < stride && lane < 4; lane++) {
        const at = y + (<usize>lane << 2)
        store<f32>(at, load<f32>(at) + restOfDot(x, weight + <usize>lane * stride, pairs, stride))
      }
      weight += stride << 2
      y += 16
    }
    outputs -= groups << 2
  }
  for (; outputs > 0; outputs--) {
    // Four times the same row; one of them counts.
    dots(x, weight, 0, pairs, 1, work)
    const sum: f32 = f32x4.extract_lane(addParts(work), 0) + restOfDot(x, weight, pairs, stride)
    store<f32>(y, load<f32>(y) + sum)
    weight += stride
    y += 4
  }
}
