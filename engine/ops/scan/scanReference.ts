import { present } from '../../base/invariant'
import type { Fragment, ValueId, ValueType } from '../../ir/program'
import { elementCount } from '../../ir/shape'
import { ops } from '../index'
import type { KernelCall, KernelFactory, KernelTable, Span } from '../kernel'
import { inputIntegers, inputSpan, outputSpan } from '../kernelViews'
import { layoutFragment } from './fragmentLayout'
import { bodyOf, scanSizes, scanSlots } from './scan'

/**
 * Binds the body's kernels once, to places in the workspace; a step copies its slice of every sequence there, runs them, and copies out
 * what it gives. Copies are small beside the products of a body, and a step costs no binding.
 *
 * @param table the kernels of the body: of the same backend
 */
export function scanKernel(table: () => KernelTable): KernelFactory {
  return (call) => {
    const body = bodyOf(call.attributes)
    const kernels = table()
    const bound = bindBody(call, body)
    const { rows, steps, spanOf } = bound
    const lengths = inputIntegers(call, 0)
    const constants = new Set(body.constants)
    // Weights may change between two runs of the scan, not between its steps.
    const current = { count: 0 }
    const run = body.instructions.map(({ op, inputs, outputs, attributes }, index) =>
      present(
        kernels[op],
        `no kernel for op ${op}`,
      )({
        memory: call.memory,
        inputs: inputs.map((input) => (input === null ? null : spanOf(input))),
        outputs: outputs.map(spanOf),
        scratch: bound.scratchOf(index),
        attributes,
        constants: { isConstant: inputs.map((input) => input !== null && constants.has(input)), run: current },
      }),
    )
    const add = present(kernels.add, 'no kernel for op add')
    const slots = scanSlots(body)
    const outputAt = (index: number): Span => outputSpan(call, index)
    const tensor = (value: ValueId, whole: Span) =>
      new StepTensor(call, typeOf(body, value), rows, spanOf(value), whole)
    const states = body.states.map(({ value, next }, index) => ({
      carrier: tensor(value, outputAt(slots.lastStates + index)),
      next: next === null ? null : tensor(next, outputAt(slots.lastStates + index)),
      initial: call.inputs[slots.states + index] ?? null,
    }))
    const sequences = body.sequences.map(({ value, masked }, index) => ({
      masked,
      tensor: tensor(value, inputSpan(call, slots.sequences + index)),
    }))
    const outputs = body.outputs.map((value, index) => tensor(value, outputAt(index)))
    const sums = body.sums.map((value, index) => {
      const total = outputAt(slots.sums + index)
      const step = { ...spanOf(value), dims: total.dims }
      const inputs = [total, step]
      return { total, add: add({ memory: call.memory, inputs, outputs: [total], scratch: NO_SPAN, attributes: {} }) }
    })
    const stepAt = body.step === null ? -1 : spanOf(body.step).offset

    function runStep(t: number, allValid: boolean): void {
      for (const { carrier } of states) {
        carrier.load(0)
        if (!allValid) carrier.clearOver(lengths, t)
      }
      for (const { tensor: sequence, masked } of sequences) {
        sequence.load(t)
        if (masked && !allValid) sequence.clearOver(lengths, t)
      }
      if (stepAt >= 0) call.memory.i[stepAt] = t
      for (let index = 0; index < run.length; index++) run[index]?.()
      for (const output of outputs) output.store(t, allValid ? null : lengths)
      for (const { carrier, next } of states) {
        if (next) next.carry(t, allValid ? null : lengths)
        else carrier.forget(t, lengths)
      }
      for (const sum of sums) sum.add()
    }

    return () => {
      current.count++
      let shortest = steps
      let longest = 0
      for (let row = 0; row < rows; row++) {
        shortest = Math.min(shortest, lengths.at(row))
        longest = Math.max(longest, lengths.at(row))
      }
      for (const { carrier, initial } of states) carrier.begin(initial)
      for (const { total } of sums) call.memory.f.fill(0, total.offset, total.offset + total.size)
      for (let turn = 0; turn < steps; turn++) {
        const t = body.reverse ? steps - 1 - turn : turn
        if (t < longest) runStep(t, t < shortest)
        else for (const output of outputs) output.clearStep(t)
      }
    }
  }
}

const NO_SPAN: Span = { offset: 0, size: 0, dims: [] }

/** Where every value of the body lies with B and T bound: constants where the scan's inputs are, the others in the workspace. */
function bindBody(call: KernelCall, body: Fragment) {
  const dims = (span: Span | null) => span?.dims ?? null
  const sizes = scanSizes(
    body,
    call.inputs.map(dims),
    call.outputs.map((span) => span.dims),
  )
  const layout = layoutFragment(body, ops, sizes)
  const slots = scanSlots(body)
  const spans = new Map<ValueId, Span>()
  for (const [value, { offset, size, dims: bound }] of layout.places) {
    spans.set(value, { offset: call.scratch.offset + offset, size, dims: bound })
  }
  for (const [index, value] of body.constants.entries()) spans.set(value, inputSpan(call, slots.constants + index))
  return {
    rows: sizes.rows,
    steps: sizes.steps,
    spanOf: (value: ValueId): Span => present(spans.get(value), `scan: %${value} has no place`),
    scratchOf(instruction: number): Span {
      const { offset, size } = present(layout.scratch[instruction], `scan: no instruction ${instruction}`)
      return { offset: call.scratch.offset + offset, size, dims: [size] }
    },
  }
}

function typeOf(body: Fragment, value: ValueId): ValueType {
  return present(body.values[value], `scan: no value ${value}`).type
}

/** A value of one step in the workspace, and the tensor outside that it is a slice of (or that carries it). */
class StepTensor {
  readonly #data: Float32Array | Float64Array | Int32Array
  readonly #place: number
  readonly #whole: number
  readonly #size: number
  /** Stretches of `inner` elements, `rows` of them `outer` times, belong to one row each; outer 0: rows have no part of their own. */
  readonly #outer: number
  readonly #inner: number
  readonly #rows: number

  constructor(call: KernelCall, type: ValueType, rows: number, place: Span, whole: Span) {
    this.#data = type.dtype === 'f32' ? call.memory.f : call.memory.i
    this.#place = place.offset
    this.#whole = whole.offset
    this.#size = place.size
    this.#rows = rows
    const axis = type.dims.indexOf('B')
    this.#outer = axis < 0 ? 0 : elementCount(place.dims.slice(0, axis))
    this.#inner = axis < 0 ? 0 : elementCount(place.dims.slice(axis + 1))
  }

  /** The whole becomes what a state starts from. */
  begin(initial: Span | null): void {
    if (initial) this.#data.copyWithin(this.#whole, initial.offset, initial.offset + this.#size)
    else this.#data.fill(0, this.#whole, this.#whole + this.#size)
  }

  /** Slice `t` of the whole into the workspace. */
  load(t: number): void {
    const from = this.#whole + t * this.#size
    this.#data.copyWithin(this.#place, from, from + this.#size)
  }

  /** Rows that are over at step `t` become 0 in the workspace. */
  clearOver(lengths: { at(row: number): number }, t: number): void {
    this.#clearRows(this.#place, lengths, t)
  }

  /** The workspace into slice `t` of the whole; 0 for rows that are over. `lengths` null: none is. */
  store(t: number, lengths: { at(row: number): number } | null): void {
    const to = this.#whole + t * this.#size
    this.#data.copyWithin(to, this.#place, this.#place + this.#size)
    if (lengths) this.#clearRows(to, lengths, t)
  }

  clearStep(t: number): void {
    const from = this.#whole + t * this.#size
    this.#data.fill(0, from, from + this.#size)
  }

  /** The workspace into the whole; rows that are over keep what they have. */
  carry(t: number, lengths: { at(row: number): number } | null): void {
    if (!lengths) {
      this.#data.copyWithin(this.#whole, this.#place, this.#place + this.#size)
      return
    }
    for (let row = 0; row < this.#rows; row++) {
      if (t >= lengths.at(row)) continue
      for (let outer = 0; outer < this.#outer; outer++) {
        const at = (outer * this.#rows + row) * this.#inner
        this.#data.copyWithin(this.#whole + at, this.#place + at, this.#place + at + this.#inner)
      }
    }
  }

  /** The whole becomes 0; rows that are over keep what they have. */
  forget(t: number, lengths: { at(row: number): number }): void {
    for (let row = 0; row < this.#rows; row++) {
      if (t >= lengths.at(row)) continue
      for (let outer = 0; outer < this.#outer; outer++) {
        const at = this.#whole + (outer * this.#rows + row) * this.#inner
        this.#data.fill(0, at, at + this.#inner)
      }
    }
  }

  #clearRows(start: number, lengths: { at(row: number): number }, t: number): void {
    for (let row = 0; row < this.#rows; row++) {
      if (t < lengths.at(row)) continue
      for (let outer = 0; outer < this.#outer; outer++) {
        const at = start + (outer * this.#rows + row) * this.#inner
        this.#data.fill(0, at, at + this.#inner)
      }
    }
  }
}
