import { invariant, present } from '../base/invariant'
import { type Rng, rng } from '../base/rng'
import type { Attributes, Dim, ValueType } from '../ir/program'
import { ops } from '.'
import type { KernelCall, KernelMemory, KernelTable, Span } from './kernel'
import { referenceKernels } from './referenceKernels'
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

const T = 6
const B = 5

interface Trial {
  op: string
  /** Shapes of the inputs; 'lengths' and 'classes' are i32. */
  inputs: readonly (readonly Dim[] | 'lengths' | 'classes' | null)[]
  attributes: Attributes
}

/** Sizes that leave rests everywhere: rows, columns and inner dimensions that are no whole vectors, panels or blocks. */
const trials: readonly Trial[] = [
  { op: 'linear', inputs: [[T, B, 37], [43, 37], [43]], attributes: {} },
  { op: 'linear', inputs: [[64, 64], [64, 64], null], attributes: {} },
  {
    op: 'linearInputGradient',
    inputs: [
      [B, 43],
      [43, 37],
    ],
    attributes: {},
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [300, 18],
      [300, 21],
    ],
    attributes: { bias: true },
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [260, 37],
      [260, 48],
    ],
    attributes: { bias: true },
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [40, 37],
      [40, 530],
    ],
    attributes: { bias: false },
  },
  { op: 'activation', inputs: [[T, B, 7]], attributes: { kind: 'tanh' } },
  { op: 'activation', inputs: [[T, B, 7]], attributes: { kind: 'sigmoid' } },
  { op: 'gelu', inputs: [[T, B, 7]], attributes: {} },
  {
    op: 'geluGradient',
    inputs: [
      [T, B, 7],
      [T, B, 7],
    ],
    attributes: {},
  },
  { op: 'layerNorm', inputs: [[T, B, 7], [7], [7]], attributes: {} },
  { op: 'layerNormGradient', inputs: [[T, B, 7], [7], [T, B, 2], [T, B, 7]], attributes: {} },
  { op: 'attention', inputs: [[T, B, 30], null, null, 'lengths'], attributes: { heads: 2, causal: true } },
  { op: 'attention', inputs: [[T, B, 10], [T, B, 10], [T, B, 10], 'lengths'], attributes: { heads: 2, causal: false } },
  {
    op: 'attentionGradient',
    inputs: [[T, B, 30], null, null, 'lengths', [B, 2, T, T], [T, B, 10]],
    attributes: { heads: 2, causal: false },
  },
  { op: 'attentionPool', inputs: [[T, B, 7], [T, B, 1], 'lengths'], attributes: {} },
  { op: 'attentionPoolGradient', inputs: [[T, B, 7], [T, B, 1], 'lengths', [B, 7]], attributes: {} },
  { op: 'crossEntropy', inputs: [[T, B, 11], 'classes', [1]], attributes: {} },
  { op: 'crossEntropy', inputs: [[T, B, 11], 'classes', [1], [11]], attributes: { labelSmoothing: 0.1, ignored: 2 } },
  { op: 'huber', inputs: [[B, 7], [B, 7], [1]], attributes: {} },
  { op: 'causalWindow', inputs: [[T, B, 5], 'lengths'], attributes: { size: 3, dilation: 2 } },
  {
    op: 'rotary',
    inputs: [
      [T, B, 15],
      [T, 6],
    ],
    attributes: { columns: 12, back: false },
  },
  {
    op: 'additiveAttention',
    inputs: [[T, B, 7], [T, B, 7], [1, 7], [T, B, 5], 'lengths'],
    attributes: { causal: true },
  },
  ...recurrent('rnn', 1, [], { nonlinearity: 'tanh' }),
  ...recurrent('lstm', 4, [4, 1], {}),
  ...recurrent('gru', 3, [3, 1], {}),
  { op: 'gatedRecurrence', inputs: [[T, B, 7], [T, B, 7], 'lengths', [B, 7]], attributes: { finalState: true } },
  {
    op: 'gatedRecurrenceGradient',
    inputs: [[T, B, 7], [T, B, 7], 'lengths', [T, B, 7], [T, B, 7], [B, 7], [B, 7]],
    attributes: { stateGradient: true },
  },
  { op: 'complexRecurrence', inputs: [[T, B, 14], [3, 7], 'lengths', [B, 14]], attributes: { finalState: true } },
  {
    op: 'complexRecurrenceGradient',
    inputs: [[T, B, 14], [3, 7], 'lengths', [T, B, 14], [T, B, 14], [B, 14], [B, 14]],
    attributes: { stateGradient: true },
  },
  ...recurrent('rnn', 1, [], { nonlinearity: 'relu' }, ['state']),
  ...recurrent('lstm', 4, [4, 1], { peepholes: true }, ['state', 'state', 'unit', 'unit', 'unit']),
  ...recurrent('coupledLstm', 3, [3, 1], { peepholes: true }, ['state', 'state', 'unit', 'unit']),
  ...recurrent('gru', 3, [3, 1], { reset: 'before' }, ['state']),
  ...optionTrials(),
]

/** The lstm with every option; without states and peepholes, which others try. */
function optionTrials(): Trial[] {
  const [I, H, P] = [9, 10, 7]
  const wide = 4 * H
  const x = [T, B, I]
  const weights = [
    [wide, I],
    [wide, P],
  ]
  const absent = [null, null, null, null, null]
  const options = [[B, P], [wide], [wide], [P, H]]
  const kept = [
    [T, B, P],
    [T, B, 2 * wide],
    [T, B, 2],
    [T, B, H],
  ]
  const steps = [
    [T, B, P],
    [T, B, wide],
    [T, B, H],
    [T, B, P],
  ]
  const attributes = { masked: true, normalised: true, projection: true }
  return [
    { op: 'lstm', inputs: [x, ...weights, [wide], [wide], 'lengths', ...absent, ...options], attributes },
    {
      op: 'lstmGradient',
      inputs: [x, ...weights, 'lengths', ...steps, ...absent, null, null, ...options, ...kept],
      attributes: { ...attributes, inputGradient: true, weightGradient: true },
    },
  ]
}

/** @param optional further inputs: states [B, H], which then go out too, and diagonal weights [H] */
function recurrent(
  op: string,
  gates: number,
  kept: readonly number[],
  attributes: Attributes,
  optional: readonly ('state' | 'unit')[] = [],
): Trial[] {
  const [I, H] = [9, 22]
  const x = [T, B, I]
  const weights = [
    [gates * H, I],
    [gates * H, H],
  ]
  const steps = [1, ...kept, 1].map((width) => [T, B, width * H])
  const more = optional.map((kind) => (kind === 'state' ? [B, H] : [H]))
  const states = optional.filter((kind) => kind === 'state').map(() => [B, H])
  const shared = { ...attributes, ...(states.length > 0 ? { finalState: true } : {}) }
  return [
    { op, inputs: [x, ...weights, [gates * H], [gates * H], 'lengths', ...more], attributes: shared },
    {
      op: `${op}Gradient`,
      inputs: [x, ...weights, 'lengths', ...steps, ...more, ...states],
      attributes: {
        ...shared,
        inputGradient: true,
        weightGradient: true,
        ...(states.length > 0 ? { stateGradient: true } : {}),
        ...(states.length > 1 ? { memoryGradient: true } : {}),
      },
    },
  ]
}

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
function placeCall({ op, inputs, attributes }: Trial, random: Rng, memory: KernelMemory, start: number): KernelCall {
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
    return dims === 'classes' ? { dtype: 'i32', dims: [T, B] } : { dtype: 'f32', dims }
  })
  const inputSpans = types.map((type) => (type === null ? null : place(bound(type))))
  for (const [index, span] of inputSpans.entries()) {
    if (span === null) continue
    for (let element = span.offset; element < span.offset + span.size; element++) {
      if (types[index]?.dtype === 'i32') memory.i[element] = 1 + random.integer(T)
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
