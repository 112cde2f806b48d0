import type { Rng } from '../base/rng'
import type { Attributes, Dim } from '../ir/program'
import type { Sizes } from './tape'

/** One way to call an op, with values drawn anew from a seed. */
export interface OpCase {
  name: string
  op: string
  attributes: Attributes
  sizes: Sizes
  inputs: readonly (CaseInput | null)[]
  /** Which of the outputs gradients flow back from; the others are kept for backward. */
  differentiable: readonly number[]
}

export interface CaseInput {
  dtype: 'f32' | 'i32'
  dims: readonly Dim[]
  values: readonly number[]
  /** Its gradient is wanted. */
  differentiable: boolean
  /** How many time steps of each row are valid. */
  isLengths?: boolean
}

/** Time steps, rows and widths. */
export interface Shape {
  T: number
  B: number
  I: number
  H: number
}

/** What a case is made from: `lengths` are between 1 and T, row 0 is full. */
export interface Draw {
  random: Rng
  shape: Shape
  sizes: Sizes
  lengths: CaseInput
}

/** Draws the inputs of one op's case. */
export type Maker = (draw: Draw) => Pick<OpCase, 'inputs'> & Partial<Pick<OpCase, 'attributes' | 'differentiable'>>
