import type { BoundDims } from '../defineOp'
import { CHUNK_ROWS, PANEL, PRODUCT_WORK, packedSize, padded } from '../product/packing'
import { CALL_ELEMENTS } from './recurrentCall'

/** Operations and workspace of recurrent ops with G gates; x is [T, B, I]. */

/** Two products a time step: with x and with the state. */
export function recurrentFlops(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const [time = 0, rows = 0, input = 0] = x ?? []
  return 2 * time * rows * gates * hidden * (input + hidden)
}

/** Backward: the state's gradient always, dx when wanted, the gradients of both weights when wanted. */
export function recurrentGradientFlops(
  x: BoundDims | null | undefined,
  gates: number,
  hidden: number,
  { inputGradient, weightGradient }: { inputGradient: boolean; weightGradient: boolean },
): number {
  const [time = 0, rows = 0, input = 0] = x ?? []
  const dx = inputGradient ? input : 0
  const weights = weightGradient ? input + hidden : 0
  return 2 * time * rows * gates * hidden * (hidden + dx + weights)
}

/**
 * Workspace of a forward kernel: its call, a row of zeros, both weights packed (the gru packs the recurrent one in two parts), the
 * biases, one product.
 */
export function recurrentScratch(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const input = x?.[2] ?? 0
  const wide = gates * hidden
  const weights = packedSize(input, wide) + packedSize(hidden, wide) + hidden * PANEL
  return CALL_ELEMENTS + padded(hidden) + weights + padded(wide) + PRODUCT_WORK
}

/**
 * Workspace of a backward kernel: its call and a row of zeros; then the recurrent weight packed for the way back and the gradients
 * of two states of every row; and in the same place, later, the input weight packed for the way back, or a chunk of inputs or states
 * packed for the weight gradients.
 */
export function recurrentGradientScratch(x: BoundDims | null | undefined, gates: number, hidden: number): number {
  const [, rows = 0, input = 0] = x ?? []
  const wide = gates * hidden
  const recurrence = packedSize(wide, hidden) + 2 * padded(rows * hidden)
  const chunk = packedSize(CHUNK_ROWS, Math.max(input, hidden))
  return CALL_ELEMENTS + padded(hidden) + Math.max(recurrence, packedSize(wide, input), chunk) + PRODUCT_WORK
}
