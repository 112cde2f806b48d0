import { expect, test } from 'vitest'
import { normalDensity, normalDistribution } from './normal'

/** ½ erfc(−x / √2) by the C library's erfc. */
const known: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1, 0.8413447460685429],
  [2.999, 0.9986456634662729],
  [3.001, 0.998654527174915],
  [-1, 0.15865525393145707],
  [-3, 0.0013498980316300957],
  [-5, 2.866515718791946e-7],
  [-8, 6.220960574271819e-16],
]

test.each(known)('Φ(%d)', (x, expected) => {
  expect(Math.abs(normalDistribution(x) / expected - 1)).toBeLessThan(2e-12)
})

test('φ is the slope of Φ', () => {
  for (const x of [-6, -3.01, -2.99, -0.3, 0, 0.7, 2.9999, 3.0001, 5]) {
    const measured = (normalDistribution(x + 1e-5) - normalDistribution(x - 1e-5)) / 2e-5
    expect(Math.abs(measured - normalDensity(x))).toBeLessThan(1e-10)
  }
})

test('the ends', () => {
  expect(normalDistribution(Number.NEGATIVE_INFINITY)).toBe(0)
  expect(normalDistribution(Number.POSITIVE_INFINITY)).toBe(1)
  expect(normalDistribution(Number.NaN)).toBeNaN()
})
