import type { Rng } from '../base/rng'
import type { Dim } from '../ir/program'
import { sizeOf } from '../ops/valueRules'
import type { CaseInput } from './opCase'
import type { Sizes } from './tape'

/** Uniform in ±limit, but never near 0, where relu has its kink. */
export function floats(random: Rng, sizes: Sizes, dims: readonly Dim[], limit = 1): CaseInput {
  const draw = () => {
    const magnitude = limit * (0.01 + 0.99 * random.uniform())
    return random.uniform() < 0.5 ? -magnitude : magnitude
  }
  return { dtype: 'f32', dims, values: draws(sizes, dims, () => Math.fround(draw())), differentiable: true }
}

export function shareOfOne(random: Rng, sizes: Sizes, dims: readonly Dim[]): CaseInput {
  const values = draws(sizes, dims, () => Math.fround(random.uniform()))
  return { dtype: 'f32', dims, values, differentiable: false }
}

/** A dropout mask of rate ½: 0 or 2. */
export function halves(random: Rng, sizes: Sizes, dims: readonly Dim[]): CaseInput {
  return { dtype: 'f32', dims, values: draws(sizes, dims, () => 2 * random.integer(2)), differentiable: false }
}

export function constant(input: CaseInput): CaseInput {
  return { ...input, differentiable: false }
}

export function lossScale(sizes: Sizes): CaseInput {
  return { dtype: 'f32', dims: [1], values: [Math.fround(1 / (3 * sizes.B))], differentiable: false }
}

export function integers(sizes: Sizes, dims: readonly Dim[], draw: () => number): CaseInput {
  return { dtype: 'i32', dims, values: draws(sizes, dims, draw), differentiable: false }
}

/** Between 1 and T; row 0 is full, as the longest example of a batch is. */
export function drawLengths(random: Rng, sizes: Sizes): CaseInput {
  let row = 0
  const lengths = integers(sizes, ['B'], () => (row++ === 0 ? sizes.T : 1 + random.integer(sizes.T)))
  return { ...lengths, isLengths: true }
}

/** The same lengths, but the last of several rows has no step at all. */
export function withEmptyRow(lengths: CaseInput): CaseInput {
  const last = lengths.values.length - 1
  return { ...lengths, values: lengths.values.map((length, row) => (row > 0 && row === last ? 0 : length)) }
}

function draws(sizes: Sizes, dims: readonly Dim[], draw: () => number): number[] {
  const bound = dims.map((dim) => (typeof dim === 'number' ? dim : sizes[dim]))
  return Array.from({ length: sizeOf(bound) }, draw)
}
