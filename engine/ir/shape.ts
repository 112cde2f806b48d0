import type { Dim, ValueType } from './program'

/** What B and T stand for: rows of one shard, time steps. */
export interface Sizes {
  rows: number
  steps: number
}

export function bindDim(dim: Dim, sizes: Sizes): number {
  return dim === 'B' ? sizes.rows : dim === 'T' ? sizes.steps : dim
}

/** Sizes with B and T put in. */
export function bindDims(dims: readonly Dim[], sizes: Sizes): number[] {
  return dims.map((dim) => bindDim(dim, sizes))
}

/** Number of elements. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1)
}

/** Number of elements with B and T put in. */
export function boundCount(dims: readonly Dim[], sizes: Sizes): number {
  return dims.reduce((product: number, dim) => product * bindDim(dim, sizes), 1)
}

export function sameDims(a: readonly Dim[], b: readonly Dim[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}

export function sameType(a: ValueType, b: ValueType): boolean {
  return a.dtype === b.dtype && sameDims(a.dims, b.dims)
}

/** "f32 [T, B, 128]" */
export function formatType(type: ValueType): string {
  return `${type.dtype} [${type.dims.join(', ')}]`
}
