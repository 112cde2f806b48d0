import { invariant, present } from '../../base/invariant'
import type { Attributes, Fragment, FragmentInstruction, Value, ValueId, ValueType } from '../../ir/program'
import type { OpDefinition } from '../defineOp'

export type OpRules = Readonly<Record<string, OpDefinition>>

/** Puts the body of a `scan` together. Inputs of the scan follow the order in which states, sequences and constants are asked for. */
export class FragmentBuilder {
  readonly #rules: OpRules
  readonly #values: Value[] = []
  readonly #instructions: FragmentInstruction[] = []
  readonly #states: { value: ValueId; next: ValueId | null }[] = []
  readonly #sequences: Fragment['sequences'][number][] = []
  readonly #constants: ValueId[] = []
  #step: ValueId | null = null

  constructor(rules: OpRules) {
    this.#rules = rules
  }

  /** What a step reads of the step before; `carry` says what that is. */
  state(name: string, type: ValueType): ValueId {
    const value = this.#value(name, type)
    this.#states.push({ value, next: null })
    return value
  }

  /** `next` becomes the state in the following step; a state for which nobody says it is 0 from the second step on. */
  carry(state: ValueId, next: ValueId): void {
    const found = present(
      this.#states.find(({ value }) => value === state),
      'only states are carried on',
    )
    found.next = next
  }

  /** One step of a sequence; `type` without the time axis. */
  sequence(name: string, type: ValueType, masked = false): ValueId {
    const value = this.#value(name, type)
    this.#sequences.push({ value, masked })
    return value
  }

  /** The same in every step. */
  constant(name: string, type: ValueType): ValueId {
    const value = this.#value(name, type)
    this.#constants.push(value)
    return value
  }

  /** i32 [1]: the number of the time step. */
  step(): ValueId {
    this.#step ??= this.#value('step', { dtype: 'i32', dims: [1] })
    return this.#step
  }

  type(value: ValueId): ValueType {
    return present(this.#values[value], `no value ${value}`).type
  }

  emit(
    op: string,
    inputs: readonly (ValueId | null)[],
    attributes: Attributes = {},
    names: readonly string[] = [],
  ): [ValueId, ...ValueId[]] {
    const rule = Object.hasOwn(this.#rules, op) ? this.#rules[op] : undefined
    invariant(rule, `there is no op ${op}`)
    const types = rule.infer(
      inputs.map((input) => (input === null ? null : this.type(input))),
      attributes,
    )
    const outputs = types.map((type, index) => this.#value(names[index] ?? op, type))
    this.#instructions.push({ op, inputs: [...inputs], outputs, attributes })
    const [first, ...rest] = outputs
    return [present(first, `op ${op} has no output`), ...rest]
  }

  finish(outputs: readonly ValueId[], sums: readonly ValueId[] = [], reverse = false): Fragment {
    return {
      values: this.#values,
      instructions: this.#instructions,
      states: this.#states,
      sequences: this.#sequences,
      constants: this.#constants,
      step: this.#step,
      outputs,
      sums,
      reverse,
    }
  }

  #value(name: string, type: ValueType): ValueId {
    this.#values.push({ name, type })
    return this.#values.length - 1
  }
}
