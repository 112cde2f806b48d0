import { invariant, present } from '../../base/invariant'
import type { KernelCall, Span } from '../kernel'
import { dimOf, Floats, Integers, inputSpan, type Matrix, matrixOf } from '../kernelViews'
import type { CallField } from './recurrentCall'
import type { RecurrentKind, Slots } from './recurrentSlots'

export interface RecurrentSizes {
  time: number
  batch: number
  hidden: number
  /** Width of y and of the state. */
  state: number
  /** Rows of weight_hh that are normalised together, when anything is. */
  groups: readonly { first: number; count: number }[]
}

/** The tensors of a reference call by name. */
export class RecurrentTensors {
  readonly sizes: RecurrentSizes
  readonly lengths: Integers
  private readonly spans = new Map<CallField, Span>()

  constructor(
    private readonly call: KernelCall,
    { gates, groups }: RecurrentKind,
    slots: Slots,
  ) {
    const x = inputSpan(call, 0)
    const weightHh = inputSpan(call, 2)
    const [time, batch] = [dimOf(x, 0), dimOf(x, 1)]
    const hidden = dimOf(weightHh, 0) / gates
    const ranges: { first: number; count: number }[] = []
    for (const size of groups) {
      const last = ranges.at(-1)
      ranges.push({ first: last ? last.first + last.count : 0, count: size * hidden })
    }
    this.sizes = { time, batch, hidden, state: dimOf(weightHh, 1), groups: ranges }
    for (const [index, field] of slots.inputs.entries()) this.put(field, call.inputs[index])
    for (const [index, field] of slots.outputs.entries()) this.put(field, call.outputs[index])
    this.lengths = Integers.of(call.memory, this.span('lengths'))
  }

  has(field: CallField): boolean {
    return this.spans.has(field)
  }

  floats(field: CallField): Floats {
    return Floats.of(this.call.memory, this.span(field))
  }

  /** As rows of its last axis. */
  matrix(field: CallField): Matrix {
    return matrixOf(this.call, this.span(field))
  }

  /** null when it is absent. */
  optional(field: CallField): Matrix | null {
    return this.has(field) ? this.matrix(field) : null
  }

  /** [B, F] of each time step. */
  steps(field: CallField): Matrix[] {
    return timeSteps(this.matrix(field), this.sizes)
  }

  /** The last valid step of a row; −1 when it has none. */
  lastOf(row: number): number {
    return this.lengths.at(row) - 1
  }

  private span(field: CallField): Span {
    return present(this.spans.get(field), `the call has no ${field}`)
  }

  private put(field: CallField, span: Span | null | undefined): void {
    if (span) this.spans.set(field, span)
  }
}

/** One matrix [B, F] for each time step of a tensor [T, B, F]. */
export function timeSteps(matrix: Matrix, { time, batch }: Pick<RecurrentSizes, 'time' | 'batch'>): Matrix[] {
  invariant(matrix.rows === time * batch, 'a row for each time step and example')
  return Array.from({ length: time }, (_, t) => matrix.rowRange(t * batch, batch))
}

export function stepAt(steps: readonly Matrix[], t: number): Matrix {
  return present(steps[t], `no time step ${t}`)
}
