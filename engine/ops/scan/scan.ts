import { invariant, present } from '../../base/invariant'
import type { Attributes, Fragment, ValueId, ValueType } from '../../ir/program'
import type { Sizes } from '../../ir/shape'
import { defineOp, type GradientContext, type OpDefinition } from '../defineOp'
import { integerInput, sameDims } from '../valueRules'
import { type BackwardSource, differentiateFragment } from './backwardFragment'
import { checkFragment } from './checkFragment'
import type { OpRules } from './fragmentBuilder'
import { fragmentFlops, layoutFragment } from './fragmentLayout'

/** Where a scan's inputs and outputs stand, from its body. */
export interface ScanSlots {
  /** Index of the first one among the inputs; lengths are input 0. */
  states: number
  sequences: number
  constants: number
  inputCount: number
  /** Index of the first one among the outputs; stacked outputs begin at 0. */
  lastStates: number
  sums: number
  outputCount: number
}

export function scanSlots({ states, sequences, constants, outputs, sums }: Fragment): ScanSlots {
  const sequenceStart = 1 + states.length
  const constantStart = sequenceStart + sequences.length
  return {
    states: 1,
    sequences: sequenceStart,
    constants: constantStart,
    inputCount: constantStart + constants.length,
    lastStates: outputs.length,
    sums: outputs.length + states.length,
    outputCount: outputs.length + states.length + sums.length,
  }
}

/** Reads attribute `body`. */
export function bodyOf(attributes: Attributes): Fragment {
  const { body } = attributes
  invariant(typeof body === 'object', 'scan: attribute body must be a fragment')
  return body
}

/**
 * Runs a fragment once for every time step, like JAX's `lax.scan`, over rows of different lengths: past a row's length its states stay,
 * its outputs are 0 and no gradient flows.
 *
 * Inputs: lengths i32 [B]; for every state of the body what it starts from, or null for 0; every sequence [T, …]; every constant.
 * Outputs: every output of the body as a sequence [T, …]; the last state of each; every sum.
 *
 * The gradient is a scan the other way round over the body's own backward instructions. Products for the gradient of a weight are not
 * added up step by step: their operands become sequences, and one product over all steps follows (backwardFragment.ts).
 *
 * @param rules of all ops, this one included: a body may hold another scan
 */
export function scanOp(rules: () => OpRules): OpDefinition {
  return defineOp({
    name: 'scan',
    infer(inputs, attributes) {
      const body = bodyOf(attributes)
      checkFragment(body, rules())
      const slots = scanSlots(body)
      invariant(inputs.length === slots.inputCount, 'scan: another number of inputs than the body asks for')
      sameDims('scan', 'lengths', integerInput('scan', inputs, 0, 1), ['B'])
      const typeOf = (value: ValueId): ValueType => present(body.values[value], `scan: no value ${value}`).type
      const stacked = ({ dtype, dims }: ValueType): ValueType => ({ dtype, dims: ['T', ...dims] })
      const expect = (slot: number, what: string, type: ValueType, optional = false): void => {
        const given = inputs[slot] ?? null
        if (given === null && optional) return
        invariant(given?.dtype === type.dtype, `scan: ${what} must be ${type.dtype}`)
        sameDims('scan', what, given.dims, type.dims)
      }
      for (const [index, { value }] of body.states.entries()) {
        expect(slots.states + index, `state ${index}`, typeOf(value), true)
      }
      for (const [index, { value }] of body.sequences.entries()) {
        expect(slots.sequences + index, `sequence ${index}`, stacked(typeOf(value)))
      }
      for (const [index, value] of body.constants.entries()) {
        expect(slots.constants + index, `constant ${index}`, typeOf(value))
      }
      return [
        ...body.outputs.map((value) => stacked(typeOf(value))),
        ...body.states.map(({ value }) => typeOf(value)),
        ...body.sums.map(typeOf),
      ]
    },
    gradient: (context) => scanGradient(context, rules()),
    flops(inputs, outputs, attributes) {
      const body = bodyOf(attributes)
      const sizes = scanSizes(body, inputs, outputs)
      return sizes.steps * fragmentFlops(body, rules(), sizes)
    },
    scratch(inputs, outputs, attributes) {
      const body = bodyOf(attributes)
      return layoutFragment(body, rules(), scanSizes(body, inputs, outputs)).size
    },
  })
}

/** B and T as they are bound: rows of the lengths, steps of anything that has a time. */
export function scanSizes(
  body: Fragment,
  inputs: readonly (readonly number[] | null)[],
  outputs: readonly (readonly number[])[],
): Sizes {
  const timed = body.outputs.length > 0 ? outputs[0] : inputs[scanSlots(body).sequences]
  return {
    rows: present(inputs[0]?.[0], 'scan: no lengths'),
    steps: present(timed?.[0], 'scan: nothing says how many steps there are'),
  }
}

function scanGradient({ inputs, outputs, dOutputs, attributes, needed, emit }: GradientContext, rules: OpRules) {
  const body = bodyOf(attributes)
  const slots = scanSlots(body)
  const wanted = (first: number, count: number): boolean[] =>
    Array.from({ length: count }, (_, index) => needed[first + index] === true)
  const lastGradient = (state: number): ValueId | null => dOutputs[slots.lastStates + state] ?? null
  const backward = differentiateFragment(body, rules, {
    outputs: body.outputs.map((_, index) => dOutputs[index] !== null && dOutputs[index] !== undefined),
    sequences: wanted(slots.sequences, body.sequences.length),
    constants: wanted(slots.constants, body.constants.length),
  })
  const stackOf = (value: ValueId): ValueId => {
    const index = body.outputs.indexOf(value)
    return present(outputs[index], 'scan: its gradient needs a value that was not kept; see keepForGradient')
  }
  const sourceOf = (source: BackwardSource): ValueId | null => {
    switch (source.kind) {
      case 'given':
        return inputs[slots.sequences + source.index] ?? null
      case 'kept':
        return stackOf(source.value)
      case 'dOutput':
        return dOutputs[source.index] ?? null
    }
  }
  const results = emit(
    'scan',
    [
      inputs[0] ?? null,
      ...backward.stateOf.map(lastGradient),
      ...backward.sequences.map(sourceOf),
      ...backward.constants.map((index) => inputs[slots.constants + index] ?? null),
    ],
    { body: backward.body },
  )
  const backwardSlots = scanSlots(backward.body)
  const products = backward.products.map(({ op, operands, attributes: settings }) =>
    emit(
      op,
      operands.map((operand) => (operand.kind === 'output' ? (results[operand.index] ?? null) : sourceOf(operand))),
      settings,
    ),
  )
  const gradients: (ValueId | null)[] = inputs.map(() => null)
  for (const [index, state] of backward.stateOf.entries()) {
    if (needed[slots.states + state]) {
      gradients[slots.states + state] = results[backwardSlots.lastStates + index] ?? null
    }
  }
  for (const [sequence, output] of backward.sequenceGradients) {
    gradients[slots.sequences + sequence] = results[output] ?? null
  }
  for (const [constant, place] of backward.constantGradients) {
    gradients[slots.constants + constant] =
      (place.kind === 'sum' ? results[backwardSlots.sums + place.index] : products[place.index]?.[place.output]) ?? null
  }
  return gradients
}
