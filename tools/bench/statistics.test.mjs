import { expect, it } from 'vitest'
import { better, median, quantile, quartiles, ratio } from './statistics.mjs'

it('finds the median of odd and even counts without changing the values', () => {
  const values = [5, 1, 3]
  expect(median(values)).toBe(3)
  expect(values).toEqual([5, 1, 3])
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([7])).toBe(7)
})

it('sorts by size and not by spelling', () => {
  expect(median([100, 9, 20])).toBe(20)
})

it('places quartiles as NumPy does', () => {
  // numpy.percentile([1, 2, 4, 8], [25, 50, 75]) = 1.75, 3, 5
  expect(quartiles([8, 2, 1, 4])).toEqual({ lower: 1.75, median: 3, upper: 5 })
  expect(quantile([1, 2, 4, 8], 0)).toBe(1)
  expect(quantile([1, 2, 4, 8], 1)).toBe(8)
})

it('compares round by round, so that a slow spell of the machine cancels', () => {
  expect(ratio([4, 40, 4], [2, 20, 2])).toEqual({ lower: 2, median: 2, upper: 2 })
  expect(ratio([6, 2], [2, 2])).toEqual({ lower: 1.5, median: 2, upper: 2.5 })
})

it('refuses rounds that do not pair, and no values', () => {
  expect(() => ratio([1, 2], [1])).toThrow('2 rounds against 1')
  expect(() => median([])).toThrow('no values')
})

it('takes the setting with the smallest median, not the smallest value', () => {
  const one = { rounds: [5, 5, 5] }
  const two = { rounds: [1, 6, 6] }
  expect(better([two, one], ({ rounds }) => rounds)).toBe(one)
  expect(better([], () => [])).toBeUndefined()
})
