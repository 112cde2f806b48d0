// Matrix products with a right side b that lies packed in panels (pack.as.ts). Strides are bytes between rows.
import { copy } from '../vector.as'
import { GROUP, PANEL, packLeftTransposed } from './pack.as'
import { multiplyTile } from './tiles.as'

/** Rows of a and of its inner dimension that meet one panel after the other: 60 kB, which second-level caches hold. */
const BLOCK_ROWS: i32 = 60
const BLOCK_INNER: i32 = 256

/** A transposed a is packed when its rows lie so many bytes apart that they meet in few places of the cache, */
const WIDE_STRIDE: usize = 2048
/** and more columns than these meet it: for fewer, packing costs more than it saves. */
const FEW_COLUMNS: i32 = 2 * PANEL

/** How a left side lies: [rows, inner], [inner, rows], or as packLeftTransposed puts it. */
const ROWS: i32 = 0
export const COLUMNS: i32 = 1
const GROUPS: i32 = 2

/** What a row begins with that begins with nothing. */
const zeros = memory.data<f32>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])

let wideTiles: bool = false

/** Whether V8 packs pairs of vectors into 256 bits: then tiles of up to six rows are faster, else of two. Digits stay the same. */
export function useWideTiles(wide: bool): void {
  wideTiles = wide
}

/** c [rows, columns] += a [rows, inner] · b [inner, columns]; see `productFrom`. */
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
  productFrom(a, aStride, aTransposed, rows, inner, b, panelStride, columns, c, cStride, c, cStride, work)
}

/**
 * c [rows, columns] = from [rows, columns] + a [rows, inner] · b [inner, columns]. `aTransposed`: a lies as [inner, rows].
 * `panelStride`: bytes between panels, 64 · inner when the whole packed matrix is used. A `fromStride` of 0 starts every row from the
 * same one; from 0: from zeros. `work`: PRODUCT_WORK floats.
 * Each element of c gets the sum over one block of the inner dimension after the other, whatever rows and columns surround it.
 */
export function productFrom(
  a: usize,
  aStride: usize,
  aTransposed: bool,
  rows: i32,
  inner: i32,
  b: usize,
  panelStride: usize,
  columns: i32,
  from: usize,
  fromStride: usize,
  c: usize,
  cStride: usize,
  work: usize,
): void {
  const packs = aTransposed && columns > FEW_COLUMNS && aStride > WIDE_STRIDE
  const packed = work + PANEL * GROUP * 4
  const rowStep: usize = aTransposed ? 4 : aStride
  const innerStep: usize = aTransposed ? aStride : 4
  for (let row = 0; row < rows; row += BLOCK_ROWS) {
    const blockRows = min(rows - row, BLOCK_ROWS)
    const target = c + <usize>row * cStride
    let start = from === 0 ? 0 : from + <usize>row * fromStride
    let startStride = fromStride
    let k = 0
    do {
      const blockInner = min(inner - k, BLOCK_INNER)
      const left = a + <usize>row * rowStep + <usize>k * innerStep
      if (packs) packLeftTransposed(left, aStride, blockRows, blockInner, packed)
      multiplyBlock(
        packs ? packed : left, aStride, packs ? GROUPS : aTransposed ? COLUMNS : ROWS, blockRows, blockInner,
        b + (<usize>k << 6), panelStride, columns, start, startStride, target, cStride, work,
      )
      start = target
      startStride = cStride
      k += BLOCK_INNER
    } while (k < inner)
  }
}

function multiplyBlock(
  a: usize,
  aStride: usize,
  lies: i32,
  rows: i32,
  inner: i32,
  panel: usize,
  panelStride: usize,
  columns: i32,
  from: usize,
  fromStride: usize,
  c: usize,
  cStride: usize,
  edge: usize,
): void {
  for (; columns >= PANEL; columns -= PANEL) {
    multiplyPanel(a, aStride, lies, rows, inner, panel, PANEL * 4, from, fromStride, c, cStride)
    panel += panelStride
    if (from !== 0) from += PANEL * 4
    c += PANEL * 4
  }
  if (columns > 0) multiplyEdge(a, aStride, lies, rows, inner, panel, columns, from, fromStride, c, cStride, edge)
}

/** Rows of the next tile when `left` remain: no short one is left over that would keep the multipliers waiting. */
// @ts-ignore: decorator
@inline
function nextRows(left: i32, lies: i32): i32 {
  if (!wideTiles) return min(left, 2)
  return lies === GROUPS || left <= GROUP || left >= 2 * GROUP ? min(left, GROUP) : (left + 1) >> 1
}

/** Where row `row` of the left side begins. */
// @ts-ignore: decorator
@inline
function leftRow(a: usize, aStride: usize, lies: i32, inner: i32, row: i32): usize {
  if (lies === ROWS) return a + <usize>row * aStride
  if (lies === COLUMNS) return a + (<usize>row << 2)
  return a + <usize>(row / GROUP * inner * GROUP + row % GROUP << 2)
}

// @ts-ignore: decorator
@inline
function leftStride(aStride: usize, lies: i32): usize {
  return lies === GROUPS ? GROUP * 4 : aStride
}

/** One panel times all rows; `panelRow`: bytes between its rows, PANEL floats when it is packed. */
export function multiplyPanel(
  a: usize,
  aStride: usize,
  lies: i32,
  rows: i32,
  inner: i32,
  panel: usize,
  panelRow: usize,
  from: usize,
  fromStride: usize,
  c: usize,
  cStride: usize,
): void {
  const stride = leftStride(aStride, lies)
  let row = 0
  if (from === 0) {
    from = zeros
    fromStride = 0
  }
  while (row < rows) {
    const count = nextRows(rows - row, lies)
    const left = leftRow(a, aStride, lies, inner, row)
    multiplyTile(count, lies !== ROWS, left, stride, inner, panel, panelRow, from, fromStride, c, cStride)
    from += <usize>count * fromStride
    c += <usize>count * cStride
    row += count
  }
}

/** The last panel sticks out of c: its tiles are computed in `edge` [GROUP, PANEL]. */
function multiplyEdge(
  a: usize,
  aStride: usize,
  lies: i32,
  rows: i32,
  inner: i32,
  panel: usize,
  columns: i32,
  from: usize,
  fromStride: usize,
  c: usize,
  cStride: usize,
  edge: usize,
): void {
  const stride = leftStride(aStride, lies)
  let row = 0
  if (from === 0) {
    from = zeros
    fromStride = 0
  }
  while (row < rows) {
    const count = nextRows(rows - row, lies)
    const left = leftRow(a, aStride, lies, inner, row)
    for (let r = 0; r < count; r++) copy(edge + (<usize>r << 6), from + <usize>r * fromStride, columns)
    multiplyTile(count, lies !== ROWS, left, stride, inner, panel, PANEL * 4, edge, PANEL * 4, edge, PANEL * 4)
    for (let r = 0; r < count; r++) copy(c + <usize>r * cStride, edge + (<usize>r << 6), columns)
    from += <usize>count * fromStride
    c += <usize>count * cStride
    row += count
  }
}
