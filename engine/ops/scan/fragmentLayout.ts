import { present } from '../../base/invariant'
import type { Fragment, ValueId } from '../../ir/program'
import { bindDims, boundCount, type Sizes } from '../../ir/shape'
import type { OpRules } from './fragmentBuilder'

/** A place in the scan's workspace for every value of the body but the constants, each of its own, so that none can overwrite another. */
export interface FragmentLayout {
  /** Elements from the start of the workspace; absent for constants, which stay where they are. */
  places: ReadonlyMap<ValueId, { offset: number; size: number; dims: readonly number[] }>
  /** Workspace of each instruction: shared, one after the other, but of its own where it keeps something of a constant there. */
  scratch: readonly { offset: number; size: number }[]
  /** Elements in all. */
  size: number
}

/** 32 bytes, as everywhere in the plan. */
const ALIGNMENT = 8

export function layoutFragment(fragment: Fragment, rules: OpRules, sizes: Sizes): FragmentLayout {
  const constants = new Set(fragment.constants)
  const places = new Map<ValueId, { offset: number; size: number; dims: readonly number[] }>()
  let end = 0
  const take = (size: number): number => {
    const offset = end
    end += Math.ceil(size / ALIGNMENT) * ALIGNMENT
    return offset
  }
  for (const [value, { type }] of fragment.values.entries()) {
    if (constants.has(value)) continue
    const size = boundCount(type.dims, sizes)
    places.set(value, { offset: take(size), size, dims: bindDims(type.dims, sizes) })
  }
  const bound = (value: ValueId): number[] =>
    bindDims(present(fragment.values[value], `no value ${value}`).type.dims, sizes)
  const needs = fragment.instructions.map(({ op, inputs, outputs, attributes }) => {
    const rule = rules[op]
    const size = rule?.scratch?.(
      inputs.map((input) => (input === null ? null : bound(input))),
      outputs.map(bound),
      attributes,
    )
    const kept = rule?.keepsOf === undefined ? null : (inputs[rule.keepsOf] ?? null)
    return { size: size ?? 0, keeps: kept !== null && constants.has(kept) }
  })
  const most = needs.reduce((largest, { size, keeps }) => (keeps ? largest : Math.max(largest, size)), 0)
  const shared = take(most)
  const scratch = needs.map(({ size, keeps }) => ({ offset: keeps ? take(size) : shared, size }))
  return { places, scratch, size: end }
}

/** Floating point operations of one step. */
export function fragmentFlops(fragment: Fragment, rules: OpRules, sizes: Sizes): number {
  const bound = (value: ValueId): number[] =>
    bindDims(present(fragment.values[value], `no value ${value}`).type.dims, sizes)
  return fragment.instructions.reduce((sum, { op, inputs, outputs, attributes }) => {
    const flops = rules[op]?.flops?.(
      inputs.map((input) => (input === null ? null : bound(input))),
      outputs.map(bound),
      attributes,
    )
    return sum + (flops ?? 0)
  }, 0)
}
