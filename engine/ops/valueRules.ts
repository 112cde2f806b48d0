import { invariant, present } from '../base/invariant'
import type { Attributes, Dim, ValueType } from '../ir/program'

/** What the shape rules of ops share: reading inputs and attributes, each failing with the op's name in the message. */

type Inputs = readonly (ValueType | null)[]

export function f32(...dims: readonly Dim[]): ValueType {
  return { dtype: 'f32', dims }
}

/** Input `index` as float tensor; `rank` undefined: any rank. */
export function floatInput(op: string, inputs: Inputs, index: number, rank?: number): readonly Dim[] {
  return input(op, inputs, index, 'f32', rank)
}

/** Input `index` as integer tensor; `rank` undefined: any rank. */
export function integerInput(op: string, inputs: Inputs, index: number, rank?: number): readonly Dim[] {
  return input(op, inputs, index, 'i32', rank)
}

function input(op: string, inputs: Inputs, index: number, dtype: ValueType['dtype'], rank?: number): readonly Dim[] {
  const type = present(inputs[index], () => `${op}: input ${index} is missing`)
  invariant(type.dtype === dtype, () => `${op}: input ${index} must be ${dtype}, is ${type.dtype}`)
  invariant(
    rank === undefined || type.dims.length === rank,
    () => `${op}: input ${index} must have rank ${rank}, is [${type.dims.join(', ')}]`,
  )
  return type.dims
}

/** Throws InternalError unless both shapes are the same, symbols included. */
export function sameDims(op: string, what: string, actual: readonly Dim[], expected: readonly Dim[]): void {
  const same = actual.length === expected.length && actual.every((dim, axis) => dim === expected[axis])
  invariant(same, () => `${op}: ${what} must be [${expected.join(', ')}], is [${actual.join(', ')}]`)
}

/** The size of axis `axis` (negative: from the end), which must be a number: weights and features are never symbolic. */
export function fixedDim(op: string, dims: readonly Dim[], axis: number): number {
  const dim = dims.at(axis)
  invariant(typeof dim === 'number', () => `${op}: axis ${axis} of [${dims.join(', ')}] must be a number`)
  return dim
}

export function dimAt(op: string, dims: readonly Dim[], axis: number): Dim {
  return present(dims.at(axis), () => `${op}: [${dims.join(', ')}] has no axis ${axis}`)
}

export function numberAttribute(op: string, attributes: Attributes, name: string): number {
  const value = attributes[name]
  invariant(typeof value === 'number', `${op}: attribute ${name} must be a number`)
  return value
}

export function textAttribute(op: string, attributes: Attributes, name: string): string {
  const value = attributes[name]
  invariant(typeof value === 'string', `${op}: attribute ${name} must be a text`)
  return value
}

export function flagAttribute(op: string, attributes: Attributes, name: string): boolean {
  const value = attributes[name]
  invariant(typeof value === 'boolean', `${op}: attribute ${name} must be true or false`)
  return value
}

/** Number of elements. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1)
}

/** Rows of a tensor seen as a matrix of its last axis: the product of all the others. */
export function rowsOf(dims: readonly number[]): number {
  return sizeOf(dims.slice(0, -1))
}
