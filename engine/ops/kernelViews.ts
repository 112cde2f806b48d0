import { invariant, present } from '../base/invariant'
import type { KernelCall, KernelMemory, Span } from './kernel'

/**
 * How the reference kernels look at memory. Arithmetic runs in JavaScript's doubles and is rounded where it is stored, so that the
 * same kernel serves float32 memory and the float64 memory of the gradient check. Views are made when a kernel is bound.
 */

/** A float tensor as a flat list. Reading outside gives NaN, which no test overlooks. */
export class Floats {
  readonly size: number

  constructor(private readonly array: Float32Array | Float64Array) {
    this.size = array.length
  }

  static of(memory: KernelMemory, span: Span): Floats {
    return new Floats(memory.f.subarray(span.offset, span.offset + span.size))
  }

  at(index: number): number {
    return this.array[index] ?? Number.NaN
  }

  set(index: number, value: number): void {
    this.array[index] = value
  }

  fill(value: number): void {
    this.array.fill(value)
  }
}

/** An i32 tensor as a flat list. */
export class Integers {
  constructor(private readonly array: Int32Array) {}

  static of(memory: KernelMemory, span: Span): Integers {
    return new Integers(memory.i.subarray(span.offset, span.offset + span.size))
  }

  at(index: number): number {
    return present(this.array[index], 'an i32 tensor was read outside its span')
  }
}

/** A rectangle inside a float tensor; rows and columns lie any fixed distance apart. */
export class Matrix {
  constructor(
    private readonly data: Floats,
    readonly rows: number,
    readonly columns: number,
    private readonly start = 0,
    private readonly rowStride = columns,
    private readonly columnStride = 1,
  ) {}

  /** Workspace of a kernel's own, made when it is bound. */
  static zeros(rows: number, columns: number): Matrix {
    return new Matrix(new Floats(new Float64Array(rows * columns)), rows, columns)
  }

  at(row: number, column: number): number {
    return this.data.at(this.start + row * this.rowStride + column * this.columnStride)
  }

  set(row: number, column: number, value: number): void {
    this.data.set(this.start + row * this.rowStride + column * this.columnStride, value)
  }

  fill(value: number): void {
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) this.set(row, column, value)
    }
  }

  transposed(): Matrix {
    return new Matrix(this.data, this.columns, this.rows, this.start, this.columnStride, this.rowStride)
  }

  /** `count` rows from row `first` on. */
  rowRange(first: number, count: number): Matrix {
    const start = this.start + first * this.rowStride
    return new Matrix(this.data, count, this.columns, start, this.rowStride, this.columnStride)
  }

  /** `count` columns from column `first` on. */
  columnRange(first: number, count: number): Matrix {
    const start = this.start + first * this.columnStride
    return new Matrix(this.data, this.rows, count, start, this.rowStride, this.columnStride)
  }
}

/** The span of input `index`; throws InternalError when it is absent. */
export function inputSpan(call: KernelCall, index: number): Span {
  return present(call.inputs[index], `kernel input ${index} is missing`)
}

export function outputSpan(call: KernelCall, index: number): Span {
  return present(call.outputs[index], `kernel output ${index} is missing`)
}

export function inputFloats(call: KernelCall, index: number): Floats {
  return Floats.of(call.memory, inputSpan(call, index))
}

export function outputFloats(call: KernelCall, index: number): Floats {
  return Floats.of(call.memory, outputSpan(call, index))
}

export function inputIntegers(call: KernelCall, index: number): Integers {
  return Integers.of(call.memory, inputSpan(call, index))
}

/** Tensor [..., columns] as a matrix of its last axis. */
export function matrixOf(call: KernelCall, span: Span): Matrix {
  const columns = dimOf(span, -1)
  return new Matrix(Floats.of(call.memory, span), columns === 0 ? 0 : span.size / columns, columns)
}

export function inputMatrix(call: KernelCall, index: number): Matrix {
  return matrixOf(call, inputSpan(call, index))
}

export function outputMatrix(call: KernelCall, index: number): Matrix {
  return matrixOf(call, outputSpan(call, index))
}

/** Size of axis `axis` (negative: from the end). */
export function dimOf(span: Span, axis: number): number {
  const dim = span.dims.at(axis)
  invariant(dim !== undefined, `[${span.dims.join(', ')}] has no axis ${axis}`)
  return dim
}
