import { invariant, present } from '../../base/invariant'
import type { Attributes, Fragment, FragmentInstruction, Value, ValueId, ValueType } from '../../ir/program'
import type { OpRules } from './fragmentBuilder'

/** Where a sequence that the backward body reads comes from: a sequence of the forward scan, a value that it kept, a gradient. */
export type BackwardSource =
  | { kind: 'given'; index: number }
  | { kind: 'kept'; value: ValueId }
  | { kind: 'dOutput'; index: number }

/** An operand of a product over all steps: as above, or an output of the backward scan. */
type Operand = Exclude<BackwardSource, { kind: 'dOutput' }> | { kind: 'output'; index: number }

export interface BackwardFragment {
  body: Fragment
  /** For each state of `body`: whose gradient it carries, as an index into the states of the forward body. */
  stateOf: readonly number[]
  sequences: readonly BackwardSource[]
  /** For each constant of `body`: its index among the forward body's constants. */
  constants: readonly number[]
  /** Forward sequence → output of `body`. */
  sequenceGradients: ReadonlyMap<number, number>
  /** Products that are made once, over all steps. */
  products: readonly { op: string; attributes: Attributes; operands: readonly Operand[] }[]
  /** Forward constant → where its gradient is. */
  constantGradients: ReadonlyMap<
    number,
    { kind: 'sum'; index: number } | { kind: 'product'; index: number; output: number }
  >
}

/** What gradients there are, and which are wanted. Those of states always are: they lead back through time. */
interface Request {
  outputs: readonly boolean[]
  sequences: readonly boolean[]
  constants: readonly boolean[]
}

/** The op whose sum over steps is itself over all steps at once. */
const SUMS_ROWS = 'linearWeightGradient'

/**
 * Reverse mode through one step: the instructions that make the gradients of a body's inputs from those of its outputs, as the body of a
 * scan that walks the other way. Values of the forward step that they read must be kept by the forward scan (`keepForGradient`).
 */
export function differentiateFragment(forward: Fragment, rules: OpRules, request: Request): BackwardFragment {
  const work = new Backward(forward, rules)
  const reached = reachedValues(forward, rules, request)

  const carried = [...forward.states.entries()].flatMap(([index, { value, next }]) => {
    if (typeAt(forward, value).dtype !== 'f32') return []
    const later = work.input(`d.${nameAt(forward, value)}`, typeAt(forward, value))
    if (next !== null && reached.has(next)) work.add(next, later)
    return [{ index, later }]
  })
  const incoming = forward.outputs.flatMap((value, index) => {
    if (!request.outputs[index] || !reached.has(value)) return []
    const gradient = work.input(`d.${nameAt(forward, value)}`, typeAt(forward, value))
    work.add(value, gradient)
    return [{ index, gradient }]
  })
  for (const instruction of forward.instructions.toReversed()) work.differentiate(instruction, reached)

  const products = work.takeProducts(forward.constants.filter((_, index) => request.constants[index]))
  const productOf = new Map(
    products.flatMap(({ outputs }, index) => outputs.map((value, output) => [value, { index, output }] as const)),
  )
  const outputs: ValueId[] = []
  const outputOf = (value: ValueId): number => {
    if (!outputs.includes(value)) outputs.push(value)
    return outputs.indexOf(value)
  }
  const sequenceGradients = new Map<number, number>()
  for (const [index, { value }] of forward.sequences.entries()) {
    const gradient = request.sequences[index] ? work.gradientOf(value) : null
    if (gradient !== null) sequenceGradients.set(index, outputOf(gradient))
  }
  const sums: ValueId[] = []
  const constantGradients = new Map<
    number,
    { kind: 'sum'; index: number } | { kind: 'product'; index: number; output: number }
  >()
  for (const [index, value] of forward.constants.entries()) {
    const gradient = request.constants[index] ? work.gradientOf(value) : null
    if (gradient === null) continue
    const product = productOf.get(gradient)
    if (product) constantGradients.set(index, { kind: 'product', ...product })
    else constantGradients.set(index, { kind: 'sum', index: sums.push(gradient) - 1 })
  }
  const states = carried.map(({ index, later }) => ({
    value: later,
    next: work.gradientOf(present(forward.states[index], 'a state').value),
  }))
  const sourceOf = (value: ValueId): Exclude<BackwardSource, { kind: 'dOutput' }> => {
    const given = forward.sequences.findIndex((sequence) => sequence.value === value)
    return given >= 0 ? { kind: 'given', index: given } : { kind: 'kept', value }
  }
  const lifted = products.map(({ op, inputs, attributes }) => ({
    op,
    attributes,
    operands: inputs.map((input): Operand => {
      const value = present(input, `${op} has all its inputs`)
      return work.isForward(value) ? sourceOf(value) : { kind: 'output', index: outputOf(value) }
    }),
  }))

  const instructions = work.neededFor([...outputs, ...sums, ...states.flatMap(({ next }) => next ?? [])])
  // What the instructions read of the forward step.
  const read = new Set(
    [...instructions.flatMap(({ inputs }) => inputs), ...outputs, ...sums, ...states.map(({ next }) => next)].filter(
      (value): value is ValueId => value !== null && work.isForward(value),
    ),
  )
  const constants = [...forward.constants.entries()].filter(([, value]) => read.has(value))
  const fromForward = [...read].filter((value) => value !== forward.step && !forward.constants.includes(value))
  const sources = [
    ...incoming.map(({ index, gradient }) => ({
      value: gradient,
      masked: true,
      source: { kind: 'dOutput' as const, index },
    })),
    ...fromForward.map((value) => ({ value, masked: false, source: sourceOf(value) })),
  ]
  return {
    body: work.renumbered({
      instructions,
      states,
      sequences: sources.map(({ value, masked }) => ({ value, masked })),
      constants: constants.map(([, value]) => value),
      step: forward.step !== null && read.has(forward.step) ? forward.step : null,
      outputs,
      sums,
      reverse: !forward.reverse,
    }),
    stateOf: carried.map(({ index }) => index),
    sequences: sources.map(({ source }) => source),
    constants: constants.map(([index]) => index),
    sequenceGradients,
    products: lifted,
    constantGradients,
  }
}

/**
 * The same body with all values among its outputs that its gradient may read. For training; to predict they need not be kept.
 *
 * @param from outputs that gradients flow back from, besides the last states; by default all
 */
export function keepForGradient(
  forward: Fragment,
  rules: OpRules,
  from: readonly ValueId[] = forward.outputs,
): Fragment {
  const all = {
    outputs: forward.outputs.map((value) => from.includes(value)),
    sequences: forward.sequences.map(({ value }) => typeAt(forward, value).dtype === 'f32'),
    constants: forward.constants.map((value) => typeAt(forward, value).dtype === 'f32'),
  }
  const { sequences, products } = differentiateFragment(forward, rules, all)
  const kept = [...sequences, ...products.flatMap(({ operands }) => operands)].flatMap((source) =>
    source.kind === 'kept' ? [source.value] : [],
  )
  return { ...forward, outputs: [...new Set([...forward.outputs, ...kept])] }
}

/** Values whose gradient somebody wants: float states, wanted inputs, and what differentiable ops make of them. */
function reachedValues(forward: Fragment, rules: OpRules, request: Request): ReadonlySet<ValueId> {
  const isFloat = (value: ValueId): boolean => typeAt(forward, value).dtype === 'f32'
  const reached = new Set<ValueId>([
    ...forward.states.map(({ value }) => value).filter(isFloat),
    ...forward.sequences.flatMap(({ value }, index) => (request.sequences[index] ? [value] : [])),
    ...forward.constants.filter((_, index) => request.constants[index]),
  ])
  for (const { op, inputs, outputs } of forward.instructions) {
    if (!rules[op]?.gradient || !inputs.some((input) => input !== null && reached.has(input))) continue
    for (const output of outputs) if (isFloat(output)) reached.add(output)
  }
  return reached
}

/** Backward instructions in one numbering with the forward step: its values come first. */
class Backward {
  readonly #forward: Fragment
  readonly #rules: OpRules
  readonly #values: Value[]
  #instructions: FragmentInstruction[] = []
  readonly #gradients = new Map<ValueId, ValueId>()

  constructor(forward: Fragment, rules: OpRules) {
    this.#forward = forward
    this.#rules = rules
    this.#values = [...forward.values]
  }

  input(name: string, type: ValueType): ValueId {
    this.#values.push({ name, type })
    return this.#values.length - 1
  }

  isForward(value: ValueId): boolean {
    return value < this.#forward.values.length
  }

  gradientOf(value: ValueId): ValueId | null {
    return this.#gradients.get(value) ?? null
  }

  /** One more contribution to the gradient of a value. */
  add(value: ValueId, gradient: ValueId): void {
    const before = this.#gradients.get(value)
    this.#gradients.set(value, before === undefined ? gradient : this.#emit('add', [before, gradient], {})[0])
  }

  differentiate({ op, inputs, outputs, attributes }: FragmentInstruction, reached: ReadonlySet<ValueId>): void {
    const dOutputs = outputs.map((output) => this.gradientOf(output))
    const needed = inputs.map((input) => input !== null && reached.has(input))
    if (dOutputs.every((gradient) => gradient === null) || !needed.includes(true)) return
    const rule = present(this.#rules[op]?.gradient, `op ${op} has no gradient rule`)
    const dInputs = rule({
      inputs,
      outputs,
      dOutputs,
      attributes,
      needed,
      type: (value) => this.#type(value),
      emit: (name, operands, settings = {}) => this.#emit(name, operands, settings),
    })
    invariant(dInputs.length === inputs.length, `the gradient rule of ${op} does not answer for every input`)
    for (const [index, gradient] of dInputs.entries()) {
      const input = inputs[index] ?? null
      if (gradient !== null && input !== null && needed[index]) this.add(input, gradient)
    }
  }

  /** Takes out the products whose only use is the gradient of one of these constants. */
  takeProducts(constants: readonly ValueId[]): FragmentInstruction[] {
    const results = new Set(constants.map((value) => this.gradientOf(value)))
    const read = new Set(this.#instructions.flatMap(({ inputs }) => inputs))
    const wholeStep = (value: ValueId | null): boolean => value !== null && !this.#forward.constants.includes(value)
    const taken = this.#instructions.filter(
      ({ op, inputs, outputs }) =>
        op === SUMS_ROWS &&
        inputs.every(wholeStep) &&
        outputs.some((output) => results.has(output)) &&
        outputs.every((output) => !read.has(output)),
    )
    this.#instructions = this.#instructions.filter((instruction) => !taken.includes(instruction))
    return taken
  }

  /** The instructions that lead to these values. */
  neededFor(values: readonly ValueId[]): FragmentInstruction[] {
    const live = new Set(values)
    return this.#instructions
      .toReversed()
      .filter(({ inputs, outputs }) => {
        if (!outputs.some((output) => live.has(output))) return false
        for (const input of inputs) if (input !== null) live.add(input)
        return true
      })
      .reverse()
  }

  /** The fragment with only the values that it has, numbered from 0. */
  renumbered(fragment: Omit<Fragment, 'values'>): Fragment {
    const order = [
      ...fragment.states.map(({ value }) => value),
      ...fragment.sequences.map(({ value }) => value),
      ...fragment.constants,
      ...(fragment.step === null ? [] : [fragment.step]),
      ...fragment.instructions.flatMap(({ outputs }) => outputs),
    ]
    const numbers = new Map(order.map((value, index) => [value, index]))
    const of = (value: ValueId): ValueId => present(numbers.get(value), `%${value} is not in the backward body`)
    const ofAny = (value: ValueId | null): ValueId | null => (value === null ? null : of(value))
    return {
      values: order.map((value) => present(this.#values[value], `no value ${value}`)),
      instructions: fragment.instructions.map(({ op, inputs, outputs, attributes }) => ({
        op,
        inputs: inputs.map(ofAny),
        outputs: outputs.map(of),
        attributes,
      })),
      states: fragment.states.map(({ value, next }) => ({ value: of(value), next: ofAny(next) })),
      sequences: fragment.sequences.map(({ value, masked }) => ({ value: of(value), masked })),
      constants: fragment.constants.map(of),
      step: ofAny(fragment.step),
      outputs: fragment.outputs.map(of),
      sums: fragment.sums.map(of),
      reverse: fragment.reverse,
    }
  }

  #type(value: ValueId): ValueType {
    return present(this.#values[value], `no value ${value}`).type
  }

  #emit(op: string, inputs: readonly (ValueId | null)[], attributes: Attributes): [ValueId, ...ValueId[]] {
    const rule = present(this.#rules[op], `there is no op ${op}`)
    const types = rule.infer(
      inputs.map((input) => (input === null ? null : this.#type(input))),
      attributes,
    )
    const outputs = types.map((type) => this.input(op, type))
    this.#instructions.push({ op, inputs: [...inputs], outputs, attributes })
    const [first, ...rest] = outputs
    return [present(first, `op ${op} has no output`), ...rest]
  }
}

function typeAt(forward: Fragment, value: ValueId): ValueType {
  return present(forward.values[value], `no value ${value}`).type
}

function nameAt(forward: Fragment, value: ValueId): string {
  return present(forward.values[value], `no value ${value}`).name
}
