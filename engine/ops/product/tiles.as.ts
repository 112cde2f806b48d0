// One function for each number of rows: V8 gives registers function by function. Parameters as in tile.as.ts.
import { tile } from './tile.as'

function oneRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(1, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function twoRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(2, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function threeRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(3, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function fourRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(4, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function fiveRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(5, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function sixRows(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(6, false, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function oneColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(1, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function twoColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(2, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function threeColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(3, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function fourColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(4, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function fiveColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(5, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

function sixColumns(
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  tile(6, true, a, aStride, inner, b, bStride, from, fromStride, c, cStride)
}

/** c [rows, 16] = from + a · b for 1 … 6 rows; `transposed`: a lies as [inner, rows]. */
// @ts-ignore: decorator
@inline
export function multiplyTile(
  rows: i32, transposed: bool,
  a: usize, aStride: usize, inner: i32, b: usize, bStride: usize, from: usize, fromStride: usize, c: usize, cStride: usize,
): void {
  if (transposed) {
    switch (rows) {
      case 1:
        return oneColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
      case 2:
        return twoColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
      case 3:
        return threeColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
      case 4:
        return fourColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
      case 5:
        return fiveColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
      case 6:
        return sixColumns(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    }
  }
  switch (rows) {
    case 1:
      return oneRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    case 2:
      return twoRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    case 3:
      return threeRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    case 4:
      return fourRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    case 5:
      return fiveRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
    case 6:
      return sixRows(a, aStride, inner, b, bStride, from, fromStride, c, cStride)
  }
}
