import { invariant, present } from '../base/invariant'
import type {
  Attributes,
  CarriedState,
  FeedName,
  Head,
  Initializer,
  Instruction,
  Parameter,
  Phase,
  Probe,
  Program,
  Value,
  ValueId,
  ValueType,
} from './program'

/** What building and checking need of an op: types of its outputs from types of its inputs. */
export interface TypeRule {
  infer(inputs: readonly (ValueType | null)[], attributes: Attributes): ValueType[]
}

export type TypeRules = Readonly<Record<string, TypeRule>>

/** What a node's lowering writes with. Every instruction and value made through it belongs to that node. */
export interface Builder {
  /**
   * Appends a forward instruction and returns its outputs. Types come from the op's `infer`.
   * @param names of the outputs, for printing: ["y", "gates"]; the op's name by default
   */
  emit(
    op: string,
    inputs: readonly (ValueId | null)[],
    attributes?: Attributes,
    names?: readonly string[],
  ): [ValueId, ...ValueId[]]
  /** As `emit`, but run only on steps whose telemetry is wanted. Nothing but a probe may read its outputs. */
  emitProbe(
    op: string,
    inputs: readonly (ValueId | null)[],
    attributes?: Attributes,
    names?: readonly string[],
  ): [ValueId, ...ValueId[]]
  type(value: ValueId): ValueType
  /** A number that no other caller in this program gets: the stream of a random op. */
  stream(): number
}

/** Puts a program together, one value and instruction after another. */
export class ProgramBuilder {
  private readonly rules: TypeRules
  private readonly values: Value[] = []
  private readonly feeds: Partial<Record<FeedName, ValueId>> = {}
  private readonly parameters: Parameter[] = []
  private readonly instructions: Record<Phase, Instruction[]> = { forward: [], probe: [], backward: [] }
  private readonly heads: Head[] = []
  private readonly probes: Probe[] = []
  private readonly carried: CarriedState[] = []
  private streams = 0
  /** How many heads the finished program will have; the feed `lossScale` has a number for each. */
  headCount = 1

  /** `start`: a finished program to go on from; it is left as it is. */
  constructor(rules: TypeRules, start?: Program) {
    this.rules = rules
    if (!start) return
    this.values.push(...start.values.map((value) => ({ ...value })))
    Object.assign(this.feeds, start.feeds)
    this.parameters.push(...start.parameters)
    for (const instruction of start.instructions) this.instructions[instruction.phase].push(instruction)
    this.heads.push(...start.heads)
    this.probes.push(...start.probes)
    this.carried.push(...(start.carried ?? []))
  }

  /** The value of a feed; made on the first call. */
  feed(name: FeedName, type: ValueType): ValueId {
    const known = this.feeds[name]
    if (known !== undefined) return known
    const value = this.value(type, name)
    this.feeds[name] = value
    return value
  }

  parameter(node: string, name: string, dims: readonly number[], initializer: Initializer): ValueId {
    const value = this.value({ dtype: 'f32', dims }, `${node}.${name}`)
    this.parameters.push({ value, node, name, dims, initializer })
    return value
  }

  head(head: Head): void {
    this.heads.push(head)
  }

  /** The losses of all heads so far. */
  losses(): ValueId[] {
    return this.heads.map(({ loss }) => loss)
  }

  probe(probe: Probe): void {
    this.probes.push(probe)
  }

  /**
   * The builder that one node's lowering sees.
   * @param copy which copy of the node it is, in names of values; empty: the only one
   */
  scope(node: string, copy = ''): Builder {
    const prefix = copy === '' ? node : `${node}[${copy}]`
    const emit =
      (phase: Phase): Builder['emit'] =>
      (op, inputs, attributes, names) =>
        this.append(phase, node, op, inputs, attributes, names, prefix)
    return {
      emit: emit('forward'),
      emitProbe: emit('probe'),
      type: (value) => this.type(value),
      stream: () => this.streams++,
    }
  }

  /** Appends an instruction to the end of its phase. `node` null: the compiler's own. `owner` goes before its outputs' names. */
  append(
    phase: Phase,
    node: string | null,
    op: string,
    inputs: readonly (ValueId | null)[],
    attributes: Attributes = {},
    names: readonly string[] = [],
    owner: string | null = node,
  ): [ValueId, ...ValueId[]] {
    const rule = Object.hasOwn(this.rules, op) ? this.rules[op] : undefined
    invariant(rule, () => `there is no op ${op}`)
    const types = rule.infer(
      inputs.map((input) => (input === null ? null : this.type(input))),
      attributes,
    )
    const prefix = owner === null ? '' : `${owner}.`
    const outputs = types.map((type, index) => {
      const name = names[index] ?? (types.length === 1 ? op : `${op}.${index}`)
      return this.value(type, prefix + name)
    })
    this.instructions[phase].push({ op, inputs: [...inputs], outputs, attributes, node, phase })
    const [first, ...rest] = outputs
    return [present(first, () => `op ${op} has no output`), ...rest]
  }

  /** Values made from now on get ids from here. */
  get valueCount(): number {
    return this.values.length
  }

  type(value: ValueId): ValueType {
    return this.named(value).type
  }

  /** Name of a value, for printing. */
  name(value: ValueId): string {
    return this.named(value).name
  }

  rename(value: ValueId, name: string): void {
    this.named(value).name = name
  }

  /** A value that nothing makes: stands for what another node would give when one is lowered all by itself. */
  input(name: string, type: ValueType): ValueId {
    return this.value(type, name)
  }

  /** What is there so far, instructions by phase. */
  contents(): Pick<Program, 'values' | 'parameters' | 'instructions'> {
    const { forward, probe, backward } = this.instructions
    return {
      values: this.values.map((value) => ({ ...value })),
      parameters: [...this.parameters],
      instructions: [...forward, ...probe, ...backward],
    }
  }

  finish(loss: ValueId, gradients: Program['gradients'] = []): Program {
    return {
      ...this.contents(),
      feeds: { ...this.feeds },
      heads: [...this.heads],
      loss,
      probes: [...this.probes],
      gradients: [...gradients],
      ...(this.carried.length > 0 ? { carried: [...this.carried] } : {}),
    }
  }

  private value(type: ValueType, name: string): ValueId {
    this.values.push({ type, name })
    return this.values.length - 1
  }

  private named(value: ValueId): Value {
    return present(this.values[value], () => `no value ${value}`)
  }
}
