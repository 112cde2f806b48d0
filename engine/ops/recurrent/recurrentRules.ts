import { present } from '../../base/invariant'
import type { Attributes, Dim, ValueId, ValueType } from '../../ir/program'
import type { BoundDims, GradientContext } from '../defineOp'
import { CHUNK_ROWS, PANEL, PRODUCT_WORK, packedSize, padded } from '../product/packing'
import { dimAt, f32, fixedDim, flagAttribute, floatInput, integerInput, sameDims } from '../valueRules'

/**
 * What rnn, lstm and gru share: inputs x [T, B, I], weight_ih [G·H, I], weight_hh [G·H, H], bias_ih [G·H], bias_hh [G·H],
 * lengths i32 [B], with G gates. The first output is y [T, B, H].
 */
export interface RecurrentDims {
  time: Dim
  rows: Dim
  input: number
  hidden: number
}

/** Checks the six inputs of a forward op. */
export function recurrentInputs(op: string, inputs: readonly (ValueType | null)[], gates: number): RecurrentDims {
  const x = floatInput(op, inputs, 0, 3)
  const weightHh = floatInput(op, inputs, 2, 2)
  const hidden = fixedDim(op, weightHh, 1)
  const input = fixedDim(op, x, 2)
  sameDims(op, 'weight_ih', floatInput(op, inputs, 1, 2), [gates * hidden, input])
  sameDims(op, 'weight_hh', weightHh, [gates * hidden, hidden])
  sameDims(op, 'bias_ih', floatInput(op, inputs, 3, 1), [gates * hidden])
  sameDims(op, 'bias_hh', floatInput(op, inputs, 4, 1), [gates * hidden])
  sameDims(op, 'lengths', integerInput(op, inputs, 5, 1), [dimAt(op, x, 1)])
  return { time: dimAt(op, x, 0), rows: dimAt(op, x, 1), input, hidden }
}

/**
 * Checks a gradient op, whose inputs are x, weight_ih, weight_hh, lengths, y, what forward kept (`kept`: how many times H each
 * is wide), dy.
 */
export function recurrentGradientInputs(
  op: string,
  inputs: readonly (ValueType | null)[],
  gates: number,
  kept: readonly number[],
): RecurrentDims {
  const x = floatInput(op, inputs, 0, 3)
  const hidden = fixedDim(op, floatInput(op, inputs, 2, 2), 1)
  const input = fixedDim(op, x, 2)
  const steps = x.slice(0, 2)
  sameDims(op, 'weight_ih', floatInput(op, inputs, 1, 2), [gates * hidden, input])
  sameDims(op, 'weight_hh', floatInput(op, inputs, 2, 2), [gates * hidden, hidden])
  sameDims(op, 'lengths', integerInput(op, inputs, 3, 1), [dimAt(op, x, 1)])
  sameDims(op, 'y', floatInput(op, inputs, 4, 3), [...steps, hidden])
  for (const [index, width] of kept.entries()) {
    sameDims(op, `input ${5 + index}`, floatInput(op, inputs, 5 + index, 3), [...steps, width * hidden])
  }
  sameDims(op, 'dy', floatInput(op, inputs, 5 + kept.length, 3), [...steps, hidden])
  return { time: dimAt(op, x, 0), rows: dimAt(op, x, 1), input, hidden }
}

/**
 * Outputs of a gradient op: the gradients of the gates before activation, one tensor for each entry of `widths` (how many times H
 * wide), which come first so that they may overwrite what forward kept; dx (attribute `inputGradient`); dWeight_ih, dWeight_hh,
 * dBias_ih, dBias_hh (attribute `weightGradient`).
 */
export function recurrentGradientOutputs(
  op: string,
  { time, rows, input, hidden }: RecurrentDims,
  widths: readonly [number, ...number[]],
  attributes: Attributes,
): ValueType[] {
  const wide = widths[0] * hidden
  const gates = widths.map((width) => f32(time, rows, width * hidden))
  const { inputGradient, weightGradient } = wantedGradients(op, attributes)
  const dx = inputGradient ? [f32(time, rows, input)] : []
  const weights = weightGradient ? [f32(wide, input), f32(wide, hidden), f32(wide), f32(wide)] : []
  return [...gates, ...dx, ...weights]
}

/** The gradient rule of all three: emits `op`, of whose outputs the first `gateTensors` stay inside, and hands out the rest. */
export function recurrentGradient(op: string, gateTensors: number, context: GradientContext): (ValueId | null)[] {
  const { inputs, outputs, dOutputs, needed, attributes, emit } = context
  const [x = null, weightIh = null, weightHh = null, , , lengths = null] = inputs
  const dy = present(dOutputs[0], `${op}: gradient without dy`)
  const inputGradient = needed[0] === true
  const weightGradient = needed.slice(1, 5).includes(true)
  const results = emit(op, [x, weightIh, weightHh, lengths, ...outputs, dy], {
    ...attributes,
    inputGradient,
    weightGradient,
  })
  const gradients = results.slice(gateTensors)
  const dx = inputGradient ? (gradients.shift() ?? null) : null
  return weightGradient ? [dx, ...gradients, null] : [dx, null, null, null, null, null]
}

/** Two products a time step: with x and with the state. */
export function recurrentFlops(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const [time = 0, rows = 0, input = 0] = x ?? []
  return 2 * time * rows * gates * hidden * (input + hidden)
}

/** Backward: the state's gradient always, dx when wanted, the gradients of both weights when wanted. */
export function recurrentGradientFlops(
  op: string,
  x: BoundDims | null | undefined,
  gates: number,
  hidden: number,
  attributes: Attributes,
): number {
  const [time = 0, rows = 0, input = 0] = x ?? []
  const { inputGradient, weightGradient } = wantedGradients(op, attributes)
  const dx = inputGradient ? input : 0
  const weights = weightGradient ? input + hidden : 0
  return 2 * time * rows * gates * hidden * (hidden + dx + weights)
}

/** Workspace of a forward kernel: both weights packed (the gru packs the recurrent one in two parts), the biases, one product. */
export function recurrentScratch(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const input = x?.[2] ?? 0
  const wide = gates * hidden
  return packedSize(input, wide) + packedSize(hidden, wide) + hidden * PANEL + padded(wide) + PRODUCT_WORK
}

/**
 * Workspace of a backward kernel. First the recurrent weight packed for the way back and the gradients of two states of every row;
 * then, in the same place, the input weight packed for the way back, or a chunk of inputs or states packed for the weight gradients.
 */
export function recurrentGradientScratch(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const [, rows = 0, input = 0] = x ?? []
  const wide = gates * hidden
  const recurrence = packedSize(wide, hidden) + 2 * padded(rows * hidden)
  const chunk = packedSize(CHUNK_ROWS, Math.max(input, hidden))
  return Math.max(recurrence, packedSize(wide, input), chunk) + PRODUCT_WORK
}

/** Which gradients a gradient op was asked for. */
export function wantedGradients(
  op: string,
  attributes: Attributes,
): { inputGradient: boolean; weightGradient: boolean } {
  return {
    inputGradient: flagAttribute(op, attributes, 'inputGradient'),
    weightGradient: flagAttribute(op, attributes, 'weightGradient'),
  }
}
