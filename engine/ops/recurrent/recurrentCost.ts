import type { BoundDims } from '../defineOp'
import { CHUNK_ROWS, PANEL, PRODUCT_WORK, packedSize, padded } from '../product/packing'
import { CALL_ELEMENTS } from './recurrentCall'

/** Operations and workspace of recurrent ops. */

/** Sizes of a bound call: G gates, H cells, a state P wide (H unless it is projected). */
export interface BoundLayer {
  time: number
  rows: number
  input: number
  /** G · H */
  wide: number
  hidden: number
  state: number
  projection: boolean
  masked: boolean
}

/** From x [T, B, I] and weight_hh [G·H, P]. */
export function boundLayer(
  x: BoundDims | null | undefined,
  weightHh: BoundDims | null | undefined,
  gates: number,
  projection: boolean,
  masked: boolean,
): BoundLayer {
  const [time = 0, rows = 0, input = 0] = x ?? []
  const [wide = 0, state = 0] = weightHh ?? []
  return { time, rows, input, wide, hidden: wide / gates, state, projection, masked }
}

/** Of a time step and row: products with x and with the state, and the projection. */
export function recurrentFlops({ time, rows, input, wide, hidden, state, projection }: BoundLayer): number {
  return 2 * time * rows * (wide * (input + state) + (projection ? hidden * state : 0))
}

/** Backward: the state's gradient always, dx when wanted, the gradients of the weights when wanted. */
export function recurrentGradientFlops(
  { time, rows, input, wide, hidden, state, projection }: BoundLayer,
  { inputGradient, weightGradient }: { inputGradient: boolean; weightGradient: boolean },
): number {
  const dx = inputGradient ? input : 0
  const weights = weightGradient ? input + state : 0
  const projected = projection ? hidden * state * (weightGradient ? 2 : 1) : 0
  return 2 * time * rows * (wide * (state + dx + weights) + projected)
}

/**
 * Workspace of a forward kernel: its call, a row of zeros, both weights packed (the gru packs the recurrent one in two parts), the
 * biases, the packed projection, one product.
 */
export function recurrentScratch({ input, wide, hidden, state, projection }: BoundLayer): number {
  const weights = packedSize(input, wide) + packedSize(state, wide) + state * PANEL
  const projected = projection ? packedSize(hidden, state) : 0
  return CALL_ELEMENTS + padded(Math.max(hidden, state)) + weights + padded(wide) + projected + PRODUCT_WORK
}

/**
 * Workspace of a backward kernel: its call and a row of zeros; then the recurrent weight packed for the way back and the gradients
 * of state and memory of every row, with a projection also its packed weight and the gradient of what it was made from, with a mask
 * the gradient of what lies behind it; and in the same place, later, the input weight packed for the way back, or a chunk of inputs or
 * states packed for the weight gradients.
 */
export function recurrentGradientScratch(layer: BoundLayer): number {
  const { rows, input, wide, hidden, state, projection, masked } = layer
  const projected = projection ? packedSize(state, hidden) + padded(rows * hidden) : 0
  const states = padded(rows * state) * (masked ? 2 : 1)
  const recurrence = packedSize(wide, state) + states + padded(rows * hidden) + projected
  const chunk = packedSize(CHUNK_ROWS, Math.max(input, hidden, state))
  const stages = Math.max(recurrence, packedSize(wide, input), chunk)
  return CALL_ELEMENTS + padded(Math.max(hidden, state)) + stages + PRODUCT_WORK
}
