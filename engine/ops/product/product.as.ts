// c [rows, columns] += a [rows, inner] · b [inner, columns], b packed in panels (pack.as.ts). Strides are bytes between rows.
import { copy } from '../vector.as'
import { PANEL, packLeft, packLeftTransposed } from './pack.as'
import { tile1, tile2, tile4 } from './tile.as'

/** Rows of a that are packed at a time, and of its inner dimension: 64 kB, which second-level caches hold. */
const BLOCK_ROWS: i32 = 64
const BLOCK_INNER: i32 = 256

let wideTiles: bool = false

/** Whether V8 packs pairs of vectors into 256 bits: then tiles of four rows are faster, else of two. Digits stay the same. */
export function useWideTiles(wide: bool): void {
  wideTiles = wide
}

/**
 * `work`: PRODUCT_WORK floats. `panelStride`: bytes between panels, 64 · inner when the whole packed matrix is used.
 * Each element of c gets the sum over one block of the inner dimension after the other, whatever rows and columns surround it.
 */
export function product(
  a: usize,
  aStride: usize,
  aTransposed: bool,
  rows: i32,
  inner: i32,
  b: usize,
  panelStride: usize,
  columns: i32,
  c: usize,
  cStride: usize,
  work: usize,
): void {
  const packed = work + PANEL * 16
  for (let row = 0; row < rows; row += BLOCK_ROWS) {
    const blockRows = min(rows - row, BLOCK_ROWS)
    const target = c + <usize>row * cStride
    for (let k = 0; k < inner; k += BLOCK_INNER) {
      const blockInner = min(inner - k, BLOCK_INNER)
      if (aTransposed) {
        packLeftTransposed(a + <usize>k * aStride + (<usize>row << 2), aStride, blockRows, blockInner, packed)
      } else {
        packLeft(a + <usize>row * aStride + (<usize>k << 2), aStride, blockRows, blockInner, packed)
      }
      const panels = b + (<usize>k << 6)
      multiplyBlock(packed, blockRows, blockInner, panels, panelStride, columns, target, cStride, work)
    }
  }
}

function multiplyBlock(
  a: usize,
  rows: i32,
  inner: i32,
  panel: usize,
  panelStride: usize,
  columns: i32,
  c: usize,
  cStride: usize,
  edge: usize,
): void {
  let column = 0
  for (; column + PANEL <= columns; column += PANEL) {
    multiplyPanel(a, rows, inner, panel, c + (<usize>column << 2), cStride)
    panel += panelStride
  }
  if (column < columns) multiplyEdge(a, rows, inner, panel, columns - column, c + (<usize>column << 2), cStride, edge)
}

/** One panel times all groups of rows. */
function multiplyPanel(a: usize, rows: i32, inner: i32, panel: usize, c: usize, cStride: usize): void {
  const group = <usize>inner << 4
  let row = 0
  for (; row + 4 <= rows; row += 4) {
    if (wideTiles) {
      tile4(a, inner, panel, c, cStride)
    } else {
      tile2(a, inner, panel, c, cStride)
      tile2(a + 8, inner, panel, c + 2 * cStride, cStride)
    }
    a += group
    c += 4 * cStride
  }
  if (rows - row >= 2) {
    tile2(a, inner, panel, c, cStride)
    row += 2
    a += 8
    c += 2 * cStride
  }
  if (row < rows) tile1(a, inner, panel, c, cStride)
}

/** The last panel sticks out of c: its tiles are computed in `edge` [4, 16]. */
function multiplyEdge(
  a: usize,
  rows: i32,
  inner: i32,
  panel: usize,
  columns: i32,
  c: usize,
  cStride: usize,
  edge: usize,
): void {
  for (let row = 0; row < rows; row += 4) {
    const existing = min(rows - row, 4)
    for (let r = 0; r < existing; r++) copy(edge + (<usize>r << 6), c + <usize>r * cStride, columns)
    multiplyPanel(a, existing, inner, panel, edge, 64)
    for (let r = 0; r < existing; r++) copy(c + <usize>r * cStride, edge + (<usize>r << 6), columns)
    a += <usize>inner << 4
    c += 4 * cStride
  }
}

/** Every row of target [rows, columns] = the vector `source`. */
export function repeatRow(source: usize, columns: i32, target: usize, stride: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    copy(target, source, columns)
    target += stride
  }
}
