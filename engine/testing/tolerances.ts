/**
 * How far from the truth a number may lie, relative to the largest magnitude of its tensor. The only place where a tolerance of the
 * engine is written.
 */
export const tolerances = {
  /** Forward values and losses, float32 against PyTorch's float64. */
  forward: 1e-5,
  /** Gradients, float32 against PyTorch's float64. */
  gradient: 1e-4,
  /** A kernel in WebAssembly against its reference twin, both over float32 memory. */
  kernel: 1e-5,
  /** float64: gradient rule against central differences along a random direction. */
  gradientCheck: 1e-7,
} as const

/** Magnitudes below this count as this, so that a tensor of near-zeros is not held to its own noise. */
const SMALLEST_SCALE = 1e-3

/** Largest difference over the largest magnitude of `expected`; infinity when a size differs or a value is not a number. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let scale = SMALLEST_SCALE
  let largest = 0
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] ?? Number.NaN
    const difference = Math.abs((actual[index] ?? Number.NaN) - value)
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY
    scale = Math.max(scale, Math.abs(value))
    largest = Math.max(largest, difference)
  }
  return largest / scale
}
