import type { Attributes } from '../ir/program'

/**
 * One memory for everything a step touches, seen as floats and as integers at the same element index (4 bytes each in the
 * WebAssembly memory; the float64 backend of the gradient check uses two arrays of equal length).
 */
export interface KernelMemory {
  f: Float32Array | Float64Array
  i: Int32Array
}

/** A tensor in memory: `offset` in elements from the start of memory, row-major. */
export interface Span {
  offset: number
  size: number
  dims: readonly number[]
}

export interface KernelCall {
  memory: KernelMemory
  inputs: readonly (Span | null)[]
  outputs: readonly Span[]
  /** Workspace of the size the op asked for; size 0 when it asked for none. */
  scratch: Span
  attributes: Attributes
  /**
   * Set where an instruction runs again and again while some of its inputs stay the same (the body of a scan): what a kernel makes of those
   * alone it may keep in its scratch as long as `run.count` stays.
   */
  constants?: { isConstant: readonly boolean[]; run: { readonly count: number } }
}

/**
 * Binds an instruction: all addresses and sizes are computed here, once for each (plan, B, T); the returned function runs it and
 * must not allocate. Outputs hold garbage on entry and are overwritten whole.
 */
export type KernelFactory = (call: KernelCall) => () => void

/** op name → factory. `reference` has every op; the SIMD backends fall back to it where they have no own. */
export type KernelTable = Readonly<Record<string, KernelFactory>>
