import { invariant } from '../../base/invariant'
import type { Attributes, Dim, ValueId, ValueType } from '../../ir/program'
import type { StateEnds } from '../defineOp'
import { floatInput, integerInput, sameDims } from '../valueRules'

/** What the shape and gradient rules of linear recurrences share. */

type Inputs = readonly (ValueType | null)[]

/** Input `index` as sequence [T, B, F], whose rows are as many as the lengths' at `lengths`. */
export function readSequence(op: string, inputs: Inputs, index: number, lengths: number): readonly Dim[] {
  const sequence = floatInput(op, inputs, index, 3)
  sameDims(op, 'lengths', integerInput(op, inputs, lengths, 1), sequence.slice(1, 2))
  return sequence
}

/** Checks input `index`, which may be absent, as state [B, F] of a sequence. */
export function readState(op: string, inputs: Inputs, index: number, sequence: readonly Dim[]): void {
  if (inputs[index]) sameDims(op, 'state', floatInput(op, inputs, index, 2), sequence.slice(1))
}

/** Every linear recurrence has its start as input 3 and, when asked, its last states as output 1. */
export function recurrenceStates(attributes: Attributes): StateEnds {
  return {
    attributes: { ...attributes, finalState: true },
    outputs: attributes.finalState === true ? [0, 1] : [0],
    ends: [{ input: 3, output: 1 }],
  }
}

/** Without what is absent at the end. */
export function backwardOperands(...operands: readonly (ValueId | null | undefined)[]): (ValueId | null)[] {
  const list = operands.map((operand) => operand ?? null)
  invariant(list[0] !== null, 'the first operand is always there')
  while (list.at(-1) === null) list.pop()
  return list
}
