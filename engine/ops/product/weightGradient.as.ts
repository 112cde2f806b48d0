// Sums over all rows of a batch: gradients of weights and biases. Strides are bytes between rows.
import { loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { packedBytes, PANEL, packRight } from './pack.as'
import { COLUMNS, multiplyPanel, product } from './product.as'

/** Rows whose sum is formed apart before it is added to the total: many short sums lose fewer digits than one long one. */
const CHUNK_ROWS: i32 = 256

/** Columns of x beside whole panels for which a packed panel would be mostly zeros. */
const FEW: i32 = 10

/**
 * target [outputs, inputs] += dᵀ · x, d [rows, outputs], x [rows, inputs]. `scratch`: a packed [CHUNK_ROWS, inputs] and PRODUCT_WORK.
 */
export function weightGradient(
  d: usize,
  dStride: usize,
  outputs: i32,
  x: usize,
  xStride: usize,
  inputs: i32,
  rows: i32,
  target: usize,
  scratch: usize,
): void {
  const work = scratch + packedBytes(min(rows, CHUNK_ROWS), inputs)
  const stride = <usize>inputs << 2
  const rest = inputs % PANEL
  const few = rest <= FEW && outputs % PANEL === 0 ? rest : 0
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const chunk = min(rows - row, CHUNK_ROWS)
    const columns = inputs - few
    if (columns > 0) {
      packRight(x, xStride, chunk, columns, scratch)
      product(d, dStride, true, outputs, chunk, scratch, <usize>chunk << 6, columns, target, stride, work)
    }
    if (few > 0) {
      const at = <usize>columns << 2
      fewColumns(d, dStride, outputs, x + at, xStride, few, chunk, target + at, stride, work)
    }
    d += CHUNK_ROWS * dStride
    x += CHUNK_ROWS * xStride
  }
}

/** target [outputs, columns] += dᵀ · x, as (xᵀ · d)ᵀ: d is the right side just as it lies. */
function fewColumns(
  d: usize,
  dStride: usize,
  outputs: i32,
  x: usize,
  xStride: usize,
  columns: i32,
  rows: i32,
  target: usize,
  targetStride: usize,
  work: usize,
): void {
  for (let output = 0; output < outputs; output += PANEL) {
    multiplyPanel(x, xStride, COLUMNS, columns, rows, d, dStride, 0, 0, work, PANEL * 4)
    for (let lane = 0; lane < PANEL; lane++) {
      for (let column = 0; column < columns; column++) {
        const at = target + (<usize>column << 2)
        store<f32>(at, load<f32>(at) + load<f32>(work + (<usize>(column * PANEL + lane) << 2)))
      }
      target += targetStride
    }
    d += PANEL * 4
  }
}

/** Columns whose sums fill the registers. */
const SUMMED: i32 = 32

/** target [32] += the sum of the rows of d. */
function sumWide(target: usize, d: usize, stride: usize, rows: i32): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  let s6 = s0
  let s7 = s0
  for (; rows > 0; rows--) {
    s0 = f32x4.add(s0, v128.load(d))
    s1 = f32x4.add(s1, v128.load(d, 16))
    s2 = f32x4.add(s2, v128.load(d, 32))
    s3 = f32x4.add(s3, v128.load(d, 48))
    s4 = f32x4.add(s4, v128.load(d, 64))
    s5 = f32x4.add(s5, v128.load(d, 80))
    s6 = f32x4.add(s6, v128.load(d, 96))
    s7 = f32x4.add(s7, v128.load(d, 112))
    d += stride
  }
  s0 = f32x4.add(s0, v128.load(target))
  s1 = f32x4.add(s1, v128.load(target, 16))
  s2 = f32x4.add(s2, v128.load(target, 32))
  s3 = f32x4.add(s3, v128.load(target, 48))
  s4 = f32x4.add(s4, v128.load(target, 64))
  s5 = f32x4.add(s5, v128.load(target, 80))
  s6 = f32x4.add(s6, v128.load(target, 96))
  s7 = f32x4.add(s7, v128.load(target, 112))
  v128.store(target, s0)
  v128.store(target, s1, 16)
  v128.store(target, s2, 32)
  v128.store(target, s3, 48)
  v128.store(target, s4, 64)
  v128.store(target, s5, 80)
  v128.store(target, s6, 96)
  v128.store(target, s7, 112)
}

// @ts-ignore: decorator
@inline
function sumPart(target: usize, end: usize, d: usize, stride: usize, rows: i32, whole: bool): void {
  while (target < end) {
    let sum = f32x4.splat(0)
    let from = d
    for (let left = rows; left > 0; left--) {
      sum = f32x4.add(sum, loadPart(from, whole))
      from += stride
    }
    storePart(target, f32x4.add(loadPart(target, whole), sum), whole)
    target += partSize(whole)
    d += partSize(whole)
  }
}

/** target [columns] += the sum of the rows of d [rows, columns]. */
export function sumRowsInto(target: usize, d: usize, stride: usize, columns: i32, rows: i32): void {
  const wide = columns - columns % SUMMED
  const whole = wholeBytes(columns)
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const chunk = min(rows - row, CHUNK_ROWS)
    for (let column = 0; column < wide; column += SUMMED) {
      const at = <usize>column << 2
      sumWide(target + at, d + at, stride, chunk)
    }
    const at = <usize>wide << 2
    sumPart(target + at, target + whole, d + at, stride, chunk, true)
    sumPart(target + whole, target + (<usize>columns << 2), d + whole, stride, chunk, false)
    d += CHUNK_ROWS * stride
  }
}

// @ts-ignore: decorator
@inline
function sumColumnProducts(
  target: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  end: usize,
  rows: i32,
  whole: bool,
): void {
  while (target < end) {
    let total = loadPart(target, whole)
    let fromA = a
    let fromB = b
    for (let row = 0; row < rows; row += CHUNK_ROWS) {
      let sum = f32x4.splat(0)
      for (let left = min(rows - row, CHUNK_ROWS); left > 0; left--) {
        sum = multiplyAdd(loadPart(fromA, whole), loadPart(fromB, whole), sum)
        fromA += aStride
        fromB += bStride
      }
      total = f32x4.add(total, sum)
    }
    storePart(target, total, whole)
    target += partSize(whole)
    a += partSize(whole)
    b += partSize(whole)
  }
}

/** target [columns] += the sum over the rows of a ⊙ b, both [rows, columns]: the gradient of a diagonal weight. */
export function sumProductsInto(
  target: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  columns: i32,
  rows: i32,
): void {
  const whole = wholeBytes(columns)
  const end = target + (<usize>columns << 2)
  sumColumnProducts(target, a, aStride, b, bStride, target + whole, rows, true)
  sumColumnProducts(target + whole, a + whole, aStride, b + whole, bStride, end, rows, false)
}
