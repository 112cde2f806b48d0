/**
 * Workspace of the SIMD matrix products. A right-hand matrix [K, N] lies packed in panels of PANEL columns, each panel row-major
 * [K, PANEL], the last one filled up with zeros. The kernels carry the same numbers (product/pack.as.ts, product/product.as.ts).
 */
export const PANEL = 16

/** Rows of the inner dimension of a weight gradient's product that are packed and multiplied at a time. */
export const CHUNK_ROWS = 256

/** Elements that every product needs beside its packed right side: one tile, and 60 rows × 256 of a left side that lies transposed. */
export const PRODUCT_WORK = 60 * 256 + 6 * PANEL

/** `columns` rounded up to whole panels. */
export function padded(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL
}

/** Elements of a packed [inner, columns] matrix. */
export function packedSize(inner: number, columns: number): number {
  return inner * padded(columns)
}
