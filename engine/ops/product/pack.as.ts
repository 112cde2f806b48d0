// Brings matrices into the order in which the tile of product.as.ts reads them. Strides are bytes between rows.
import { clear } from '../vector.as'

/** Columns of a right-hand panel (packing.ts). */
export const PANEL: i32 = 16
/** Rows of a left-hand group, and of the tallest tile. */
export const GROUP: i32 = 6

/** Stores the transpose of the 4 × 4 block in rows r0 … r3 at `target`, rows of the result `step` bytes apart. */
// @ts-ignore: decorator
@inline
function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, target: usize, step: usize): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5))
  v128.store(target + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7))
  v128.store(target + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5))
  v128.store(target + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7))
}

/**
 * Four rows of `inner` floats → [inner][4], result rows `step` bytes apart. Rows that do not exist repeat the first: what they give is
 * never read.
 */
function interleave(source: usize, stride: usize, rows: i32, inner: i32, target: usize, step: usize): void {
  let a0 = source
  let a1 = rows > 1 ? source + stride : source
  let a2 = rows > 2 ? source + 2 * stride : source
  let a3 = rows > 3 ? source + 3 * stride : source
  let k = 0
  for (; k + 4 <= inner; k += 4) {
    storeTransposed(v128.load(a0), v128.load(a1), v128.load(a2), v128.load(a3), target, step)
    a0 += 16
    a1 += 16
    a2 += 16
    a3 += 16
    target += 4 * step
  }
  for (; k < inner; k++) {
    store<f32>(target, load<f32>(a0))
    store<f32>(target, load<f32>(a1), 4)
    store<f32>(target, load<f32>(a2), 8)
    store<f32>(target, load<f32>(a3), 12)
    a0 += 4
    a1 += 4
    a2 += 4
    a3 += 4
    target += step
  }
}

/**
 * Left side A that lies transposed, as [inner, rows] → groups of GROUP rows, each [inner][GROUP]: rows far apart would meet in the same
 * places of the cache.
 */
export function packLeftTransposed(source: usize, stride: usize, rows: i32, inner: i32, target: usize): void {
  for (let row = 0; row < rows; row += GROUP) {
    let from = source + (<usize>row << 2)
    const existing = min(rows - row, GROUP)
    for (let k = 0; k < inner; k++) {
      if (existing === GROUP) {
        v128.store(target, v128.load(from))
        store<u64>(target, load<u64>(from, 16), 16)
      } else {
        for (let lane = 0; lane < existing; lane++) store<f32>(target + (lane << 2), load<f32>(from + (lane << 2)))
      }
      from += stride
      target += GROUP << 2
    }
  }
}

/** Right side B [inner, columns] → panels. */
export function packRight(source: usize, stride: usize, inner: i32, columns: i32, target: usize): void {
  for (let column = 0; column < columns; column += PANEL) {
    let from = source + (<usize>column << 2)
    const existing = min(columns - column, PANEL)
    for (let k = 0; k < inner; k++) {
      if (existing === PANEL) {
        const v0 = v128.load(from)
        const v1 = v128.load(from, 16)
        const v2 = v128.load(from, 32)
        const v3 = v128.load(from, 48)
        v128.store(target, v0)
        v128.store(target, v1, 16)
        v128.store(target, v2, 32)
        v128.store(target, v3, 48)
      } else {
        clear(target, PANEL)
        for (let lane = 0; lane < existing; lane++) store<f32>(target + (lane << 2), load<f32>(from + (lane << 2)))
      }
      from += stride
      target += 64
    }
  }
}

/** Right side B that lies transposed, as [columns, inner], like every weight → panels. */
export function packRightTransposed(source: usize, stride: usize, inner: i32, columns: i32, target: usize): void {
  for (let column = 0; column < columns; column += PANEL) {
    const existing = min(columns - column, PANEL)
    if (existing < PANEL) clear(target, inner << 4)
    let lane = 0
    for (; lane + 4 <= existing; lane += 4) {
      interleave(source + <usize>(column + lane) * stride, stride, 4, inner, target + (lane << 2), 64)
    }
    for (; lane < existing; lane++) {
      const from = source + <usize>(column + lane) * stride
      for (let k = 0; k < inner; k++) store<f32>(target + (k << 6) + (lane << 2), load<f32>(from + (k << 2)))
    }
    target += <usize>inner << 6
  }
}

/** Bytes of a packed [inner, columns] matrix. */
export function packedBytes(inner: i32, columns: i32): usize {
  return <usize>inner * <usize>((columns + PANEL - 1) / PANEL) * 64
}
