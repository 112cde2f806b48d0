import { invariant, present } from '../base/invariant'
import type { Attributes, Dim, ValueId, ValueType } from '../ir/program'
import { ops } from '../ops'
import type { OpDefinition } from '../ops/defineOp'
import type { Span } from '../ops/kernel'
import { sizeOf } from '../ops/valueRules'
import type { Backend } from './backend'

/** What a batch binds. */
export interface Sizes {
  B: number
  T: number
}

export interface TapeOptions {
  /** Which of an op's in-place offers to take: outputs then lie over that input. undefined: none. */
  inPlaceOffer?: number
}

interface Recorded {
  definition: OpDefinition
  inputs: readonly (ValueId | null)[]
  outputs: readonly ValueId[]
  attributes: Attributes
}

/** Elements left free around every tensor, so that a kernel which writes outside its own is found. */
const GUARD = 16
const GUARD_PATTERN = 0x7fc0beef
/** Outputs and scratch begin as this (a NaN in float32), so that a kernel which leaves a gap or reads garbage is found. */
const GARBAGE = 0x7fc01234

/**
 * Runs ops at once instead of planning them, and backward through their gradient rules: how tests use the op definitions and any
 * backend's kernels without compiler and executor. One tape uses the backend's memory from its start.
 */
export class Tape {
  private readonly types: ValueType[] = []
  private readonly spans: Span[] = []
  private readonly recorded: Recorded[] = []
  private readonly guards: { start: number; end: number }[] = []
  /** In-place offers that were there to be taken, by one output at most. */
  private offersMet = 0
  private next: number

  constructor(
    private readonly backend: Backend,
    private readonly sizes: Sizes,
    private readonly options: TapeOptions = {},
  ) {
    this.next = Math.ceil(backend.firstFree / 8) * 8
  }

  floats(dims: readonly Dim[], values: ArrayLike<number>): ValueId {
    const id = this.add({ dtype: 'f32', dims }, null)
    this.backend.memory.f.set(Array.from(values), this.span(id).offset)
    return id
  }

  integers(dims: readonly Dim[], values: ArrayLike<number>): ValueId {
    const id = this.add({ dtype: 'i32', dims }, null)
    this.backend.memory.i.set(Array.from(values), this.span(id).offset)
    return id
  }

  /** Runs one op and returns its outputs. */
  run(op: string, inputs: readonly (ValueId | null)[], attributes: Attributes = {}): ValueId[] {
    const outputs = this.execute(op, inputs, attributes)
    this.recorded.push({ definition: definitionOf(op), inputs, outputs, attributes })
    return outputs
  }

  /** Gradients of everything that `seeds` (output → its gradient) depend on; only those of `wanted` are asked of the rules. */
  backward(seeds: ReadonlyMap<ValueId, ValueId>, wanted: readonly ValueId[]): Map<ValueId, ValueId> {
    const gradients = new Map(seeds)
    const reached = this.dependents(wanted)
    for (const { definition, inputs, outputs, attributes } of this.recorded.toReversed()) {
      const dOutputs = outputs.map((output) => gradients.get(output) ?? null)
      if (!definition.gradient || dOutputs.every((gradient) => gradient === null)) continue
      const needed = inputs.map((input) => input !== null && reached.has(input))
      if (!needed.includes(true)) continue
      const results = definition.gradient({
        inputs,
        outputs,
        dOutputs,
        attributes,
        needed,
        type: (value) => this.type(value),
        emit: (op, emitted, settings) => this.execute(op, emitted, settings ?? {}),
      })
      invariant(results.length === inputs.length, `${definition.name}: the gradient rule must answer for every input`)
      for (const [index, result] of results.entries()) {
        const input = inputs[index] ?? null
        if (result === null || input === null) continue
        const sum = gradients.get(input)
        gradients.set(input, sum === undefined ? result : present(this.execute('add', [sum, result], {})[0], 'no sum'))
      }
    }
    return gradients
  }

  /** A copy of the value's elements. */
  read(id: ValueId): number[] {
    const { offset, size } = this.span(id)
    const array = this.type(id).dtype === 'f32' ? this.backend.memory.f : this.backend.memory.i
    return Array.from(array.subarray(offset, offset + size))
  }

  write(id: ValueId, values: ArrayLike<number>): void {
    this.backend.memory.f.set(Array.from(values), this.span(id).offset)
  }

  type(id: ValueId): ValueType {
    return present(this.types[id], `no value ${id}`)
  }

  span(id: ValueId): Span {
    return present(this.spans[id], `no value ${id}`)
  }

  /** In how many ways the ops that ran could have worked in place; 0 when the tape was told not to. */
  get inPlaceOffers(): number {
    return this.offersMet
  }

  /** Elements outside all tensors that some kernel wrote into. */
  damagedElements(): number[] {
    const damaged: number[] = []
    for (const { start, end } of this.guards) {
      for (let element = start; element < end; element++) {
        if (this.backend.memory.i[element] !== GUARD_PATTERN) damaged.push(element)
      }
    }
    return damaged
  }

  private execute(op: string, inputs: readonly (ValueId | null)[], attributes: Attributes): ValueId[] {
    const definition = definitionOf(op)
    const types = inputs.map((input) => (input === null ? null : this.type(input)))
    const outputs = definition.infer(types, attributes).map((type, index) => {
      const over = this.overlaid(definition, inputs, index, type)
      return this.add(type, over)
    })
    const inputSpans = inputs.map((input) => (input === null ? null : this.span(input)))
    const outputSpans = outputs.map((output) => this.span(output))
    const inputDims = inputSpans.map((span) => span?.dims ?? null)
    const outputDims = outputSpans.map((span) => span.dims)
    const elements = definition.scratch?.(inputDims, outputDims, attributes) ?? 0
    const factory = present(this.backend.kernels[op], `${this.backend.name} has no kernel for ${op}`)
    const run = factory({
      memory: this.backend.memory,
      inputs: inputSpans,
      outputs: outputSpans,
      scratch: elements === 0 ? { offset: 0, size: 0, dims: [0] } : this.place([elements]),
      attributes,
    })
    run()
    return outputs
  }

  private overlaid(definition: OpDefinition, inputs: readonly (ValueId | null)[], output: number, type: ValueType) {
    if (this.options.inPlaceOffer === undefined) return null
    const offers = definition.inPlace?.filter((offer) => offer.output === output) ?? []
    this.offersMet = Math.max(this.offersMet, offers.length)
    const offer = offers[this.options.inPlaceOffer] ?? offers[0]
    const input = offer ? (inputs[offer.input] ?? null) : null
    if (input === null) return null
    const span = this.span(input)
    return span.size === sizeOf(this.bind(type.dims)) ? span : null
  }

  private add(type: ValueType, over: Span | null): ValueId {
    const dims = this.bind(type.dims)
    this.types.push(type)
    this.spans.push(over ? { ...over, dims } : this.place(dims))
    return this.types.length - 1
  }

  private bind(dims: readonly Dim[]): number[] {
    return dims.map((dim) => (typeof dim === 'number' ? dim : this.sizes[dim]))
  }

  private place(dims: readonly number[]): Span {
    const { memory } = this.backend
    const size = sizeOf(dims)
    const offset = this.next + GUARD
    const end = offset + size
    invariant(end + 2 * GUARD <= memory.i.length, 'the tape is full')
    memory.f.fill(Number.NaN, offset, end)
    memory.i.fill(GARBAGE, offset, end)
    const gaps = [
      { start: this.next, end: offset },
      { start: end, end: Math.ceil(end / 8) * 8 + GUARD },
    ]
    for (const gap of gaps) memory.i.fill(GUARD_PATTERN, gap.start, gap.end)
    this.guards.push(...gaps)
    this.next = Math.ceil(end / 8) * 8
    return { offset, size, dims }
  }

  private dependents(sources: readonly ValueId[]): Set<ValueId> {
    const reached = new Set(sources)
    for (const { inputs, outputs } of this.recorded) {
      if (inputs.some((input) => input !== null && reached.has(input)))
        for (const output of outputs) reached.add(output)
    }
    return reached
  }
}

function definitionOf(op: string): OpDefinition {
  return present(ops[op], `no op ${op}`)
}
