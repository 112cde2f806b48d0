// Sums over all rows of a batch: gradients of weights and biases. Strides are bytes between rows.
import { loadPart, multiplyAdd, partSize, storePart, wholeBytes } from '../vector.as'
import { packedBytes, packRight } from './pack.as'
import { product } from './product.as'

/** Rows whose sum is formed apart before it is added to the total: many short sums lose fewer digits than one long one. */
const CHUNK_ROWS: i32 = 256

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
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const chunk = min(rows - row, CHUNK_ROWS)
    packRight(x + <usize>row * xStride, xStride, chunk, inputs, scratch)
    const left = d + <usize>row * dStride
    product(left, dStride, true, outputs, chunk, scratch, <usize>chunk << 6, inputs, target, <usize>inputs << 2, work)
  }
}

// @ts-ignore: decorator
@inline
function sumColumns(target: usize, d: usize, stride: usize, end: usize, rows: i32, whole: bool): void {
  while (target < end) {
    let total = loadPart(target, whole)
    let from = d
    for (let row = 0; row < rows; row += CHUNK_ROWS) {
      let sum = f32x4.splat(0)
      for (let left = min(rows - row, CHUNK_ROWS); left > 0; left--) {
        sum = f32x4.add(sum, loadPart(from, whole))
        from += stride
      }
      total = f32x4.add(total, sum)
    }
    storePart(target, total, whole)
    target += partSize(whole)
    d += partSize(whole)
  }
}

/** target [columns] += the sum of the rows of d [rows, columns]. */
export function sumRowsInto(target: usize, d: usize, stride: usize, columns: i32, rows: i32): void {
  const whole = wholeBytes(columns)
  sumColumns(target, d, stride, target + whole, rows, true)
  sumColumns(target + whole, d + whole, stride, target + (<usize>columns << 2), rows, false)
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
