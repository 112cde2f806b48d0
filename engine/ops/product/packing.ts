/**
 * Shape of packed matrices in the SIMD kernels: a [K, N] matrix lies in panels of PANEL columns, each panel row-major
 * [K, PANEL], the last one filled up with zeros. The kernels carry the same constants (product.as.ts).
 */
export const PANEL = 16

/** Rows of the inner dimension of a weight gradient's product that are packed and multiplied at a time. */
export const PRODUCT_ROWS = 256

/** Elements of the tile into which a product writes when a panel sticks out of the result. */
export const EDGE = 8 * PANEL

/** `columns` rounded up to whole panels. */
export function padded(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL
}

/** Elements of a packed [inner, columns] matrix. */
export function packedSize(inner: number, columns: number): number {
  return inner * padded(columns)
}
