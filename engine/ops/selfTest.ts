import { invariant, present } from '../base/invariant'
import { type Rng, rng } from '../base/rng'
import type { ValueType } from '../ir/program'
import { ops } from '.'
import type { KernelCall, KernelMemory, KernelTable, Span } from './kernel'
import { referenceKernels } from './referenceKernels'
import { B, T, type Trial, trials } from './selfTestTrials'
import { sizeOf } from './valueRules'

/**
 * What a set of kernels is worth on this machine, found out at start-up: V8 flags that speed kernels up are young, so nothing
 * compiled with them is used unchecked.
 */
export interface KernelCheck {
  /** Every op tried agrees with the reference. */
  correct: boolean
  /** Speed of a matrix product; 0 when not correct. */
  gflops: number
}

/** Far above rounding (1e-6), far below any mistake that matters. */
const TOLERANCE = 1e-4

/** Elements of memory that the test uses from `heapBase` on: 2 MiB. */
export const SELF_TEST_ELEMENTS = 1 << 19

/** Milliseconds during which V8 may compile the product for speed, and of one measurement: too short to be interrupted often. */
const WARM_UP = 25
const ROUND = 0.25
/** Measurements go on until so many in a row were no better by a twentieth, or for so many milliseconds: a busy machine compiles late. */
const PATIENCE = 20
const LONGEST = 150

/**
 * Runs the table's kernels against the reference in a few milliseconds and times a matrix product.
 * @param heapBase first byte of `memory` that is free; SELF_TEST_ELEMENTS follow
 * @param now milliseconds
 */
export function checkKernels(
  table: KernelTable,
  memory: KernelMemory,
  heapBase: number,
  now: () => number,
): KernelCheck {
  const start = Math.ceil(heapBase / 32) * 8
  invariant(memory.f.length >= start + SELF_TEST_ELEMENTS, 'the self-test needs more memory')
  for (const [index, trial] of trials.entries()) {
    const expected = outputsOf(referenceKernels, trial, index, memory, start)
    const actual = outputsOf(table, trial, index, memory, start)
    if (!agree(actual, expected)) return { correct: false, gflops: 0 }
  }
  return { correct: true, gflops: productSpeed(table, memory, start, now) }
}

function outputsOf(
  table: KernelTable,
  trial: Trial,
  seed: number,
  memory: KernelMemory,
  start: number,
): (Float32Array | Float64Array)[] {
  const call = placeCall(trial, rng(seed), memory, start)
  // Else the results of the table before would still lie there, and a kernel that does nothing would pass.
  for (const { offset, size } of [...call.outputs, call.scratch]) memory.f.fill(Number.NaN, offset, offset + size)
  present(table[trial.op], `no kernel for ${trial.op}`)(call)()
  return call.outputs.map(({ offset, size }) => memory.f.slice(offset, offset + size))
}

/** Draws inputs and finds places for everything, from element `start` on. */
function placeCall(
  { op, inputs, attributes, steps = T }: Trial,
  random: Rng,
  memory: KernelMemory,
  start: number,
): KernelCall {
  const definition = present(ops[op], `no op ${op}`)
  let next = start
  const place = (dims: readonly number[]): Span => {
    const offset = next
    const size = sizeOf(dims)
    next += Math.ceil(size / 8) * 8
    invariant(next <= start + SELF_TEST_ELEMENTS, 'the self-test outgrows its memory')
    return { offset, size, dims }
  }
  const types: (ValueType | null)[] = inputs.map((dims) => {
    if (dims === null) return null
    if (dims === 'lengths') return { dtype: 'i32', dims: [B] }
    if (dims === 'seed') return { dtype: 'i32', dims: [2] }
    return dims === 'classes' ? { dtype: 'i32', dims: [T, B] } : { dtype: 'f32', dims }
  })
  const inputSpans = types.map((type) => (type === null ? null : place(bound(type))))
  for (const [index, span] of inputSpans.entries()) {
    if (span === null) continue
    for (let element = span.offset; element < span.offset + span.size; element++) {
      if (types[index]?.dtype === 'i32') memory.i[element] = 1 + random.integer(steps)
      else memory.f[element] = (2 * random.uniform() - 1) / 2
    }
  }
  const outputSpans = definition.infer(types, attributes).map((type) => place(bound(type)))
  const inputDims = inputSpans.map((span) => span?.dims ?? null)
  const outputDims = outputSpans.map((span) => span.dims)
  const scratch = place([definition.scratch?.(inputDims, outputDims, attributes) ?? 0])
  return { memory, inputs: inputSpans, outputs: outputSpans, scratch, attributes }
}

function bound(type: ValueType): number[] {
  return type.dims.map((dim) => {
    invariant(typeof dim === 'number', 'the self-test knows its sizes')
    return dim
  })
}

function agree(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): boolean {
  return expected.every((values, output) => {
    let scale = 0
    let difference = 0
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? Number.NaN
      scale = Math.max(scale, Math.abs(value))
      difference = Math.max(difference, Math.abs((actual[output]?.[index] ?? Number.NaN) - value))
    }
    // A not-a-number on either side makes the difference one too, and the comparison false.
    return difference <= TOLERANCE * scale
  })
}

/** GFLOP/s of x [64, 128] · weight [128, 128]ᵀ, the best of a few rounds. */
function productSpeed(table: KernelTable, memory: KernelMemory, start: number, now: () => number): number {
  const trial = {
    op: 'linear',
    inputs: [
      [64, 128],
      [128, 128],
    ],
    attributes: {},
  }
  const run = present(table.linear, 'no kernel for linear')(placeCall(trial, rng(1), memory, start))
  const warmUntil = now() + WARM_UP
  while (now() < warmUntil) run()
  const measureUntil = now() + LONGEST
  let best = 0
  for (let patience = PATIENCE; patience > 0 && now() < measureUntil; patience--) {
    const began = now()
    let [runs, elapsed] = [0, 0]
    do {
      run()
      runs += 1
      elapsed = now() - began
    } while (elapsed < ROUND)
    const gflops = (runs * 2 * 64 * 128 * 128) / (elapsed * 1e6)
    if (gflops > 1.05 * best) patience = PATIENCE
    best = Math.max(best, gflops)
  }
  return best
}
