import { invariant, present } from '../../base/invariant'
import type { Fragment, ValueId, ValueType } from '../../ir/program'
import { sameType } from '../../ir/shape'
import type { OpRules } from './fragmentBuilder'

/**
 * Throws InternalError unless the fragment is well formed: every value is made exactly once and before its use, its type is what the op
 * says, and what leaves the fragment is there.
 */
export function checkFragment(fragment: Fragment, rules: OpRules): void {
  const { values, instructions, states, sequences, constants, step, outputs, sums } = fragment
  const made = new Set<ValueId>()
  const define = (value: ValueId, what: string): void => {
    invariant(values[value], `scan: ${what} is %${value}, which the body does not have`)
    invariant(!made.has(value), `scan: %${value} of the body is made twice`)
    made.add(value)
  }
  for (const { value } of states) define(value, 'a state')
  for (const { value } of sequences) define(value, 'a sequence')
  for (const value of constants) define(value, 'a constant')
  if (step !== null) define(step, 'the step')
  const typeOf = (value: ValueId): ValueType => {
    invariant(made.has(value), `scan: the body reads %${value} before it is made`)
    return present(values[value], `scan: no value ${value}`).type
  }
  for (const { op, inputs, outputs: results, attributes } of instructions) {
    const rule = Object.hasOwn(rules, op) ? rules[op] : undefined
    invariant(rule, `scan: there is no op ${op}`)
    const types = rule.infer(
      inputs.map((input) => (input === null ? null : typeOf(input))),
      attributes,
    )
    invariant(types.length === results.length, `scan: ${op} in the body has another number of outputs`)
    for (const [index, output] of results.entries()) {
      define(output, op)
      const type = present(types[index], 'as many types as outputs')
      invariant(sameType(type, typeOf(output)), `scan: ${op} in the body makes another type`)
    }
  }
  invariant(made.size === values.length, 'scan: the body has values that nothing makes')
  for (const { value, next } of states) {
    invariant(next === null || sameType(typeOf(next), typeOf(value)), 'scan: a state changes its type')
  }
  const inputs = new Set(constants)
  for (const value of outputs) invariant(made.has(value) && !inputs.has(value), 'scan: an output is not made in a step')
  for (const value of sums) invariant(typeOf(value).dtype === 'f32', 'scan: only numbers are added up')
  invariant(sequences.length + outputs.length > 0, 'scan: nothing in the body has a time')
}
