/**
 * What a side came to in its first step. `gradientNorm` of all weights together, null where nothing is trained.
 *
 * @typedef {{ loss: number, gradientNorm: number | null }} FirstStep
 */

/** Relative; float32 sums in another order differ by a few 1e-6. */
const LOSS = 1e-4
const GRADIENT = 1e-3

/**
 * Why two sides do not compute the same, as a sentence; null when they do. A time is worth nothing beside another computation's.
 *
 * @param {FirstStep} own
 * @param {FirstStep} other
 */
export function disagreement(own, other) {
  if (!isClose(own.loss, other.loss, LOSS)) return `its first loss is ${other.loss}, Unroll's ${own.loss}`
  if (own.gradientNorm === null && other.gradientNorm === null) return null
  if (own.gradientNorm === null || other.gradientNorm === null) return 'only one side has a gradient'
  if (isClose(own.gradientNorm, other.gradientNorm, GRADIENT)) return null
  return `its first gradient is ${other.gradientNorm} long, Unroll's ${own.gradientNorm}`
}

/** Not a number is close to nothing. @param {number} a @param {number} b @param {number} tolerance */
function isClose(a, b, tolerance) {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE)
}
