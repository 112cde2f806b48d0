import { describe, expect, it } from 'vitest'
import { dropThreshold, maskKeys, randomBits } from './mask'

const COUNT = 100_000

function mask(seedLow: number, seedHigh: number, stream: number, rate: number): boolean[] {
  const keys = maskKeys(seedLow, seedHigh, stream)
  return Array.from({ length: COUNT }, (_, index) => randomBits(keys, index) < dropThreshold(rate))
}

function share(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length
}

describe('dropout mask', () => {
  it.each([0.1, 0.5, 0.9])('drops the share %d', (rate) => {
    // Four standard deviations.
    expect(Math.abs(share(mask(1, 2, 0, rate)) - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / COUNT))
  })

  it('drops nothing at rate 0', () => {
    expect(share(mask(1, 2, 0, 0))).toBe(0)
  })

  it('is a function of seed and stream', () => {
    expect(mask(1, 2, 3, 0.5)).toEqual(mask(1, 2, 3, 0.5))
  })

  it.each([
    ['another stream', mask(7, 8, 1, 0.5), mask(7, 8, 2, 0.5)],
    ['the next seed', mask(7, 8, 1, 0.5), mask(8, 8, 1, 0.5)],
    ['another high half of the seed', mask(7, 8, 1, 0.5), mask(7, 9, 1, 0.5)],
  ])('is unrelated for %s, also one element further', (_, a, b) => {
    for (const shift of [0, 1]) {
      const agreement = share(a.slice(0, COUNT - 1).map((flag, index) => flag === b[index + shift]))
      expect(Math.abs(agreement - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / COUNT))
    }
  })
})
