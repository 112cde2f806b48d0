import { describe, expect, it } from 'vitest'
import { alignLines } from './alignLines'
import { groupedNumber, percent, shortNumber } from './numbers'
import { quantile, slope, smooth } from './smoothing'
import { spreadLabels } from './spreadLabels'
import { logTicks, niceTicks, tickLabels } from './ticks'

describe('numbers in words', () => {
  it.each([
    [1.6234, '1.62'],
    [0.0412, '0.041'],
    [12.34, '12.3'],
    [128.4, '128'],
    [0, '0'],
    [-2.5, '-2.50'],
    [0.000034, '3.4e-5'],
    [123456, '1.2e5'],
    [Number.NaN, '–'],
  ])('writes %s as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text)
  })
  it('groups thousands and writes shares', () => {
    expect([groupedNumber(231000), groupedNumber(999), groupedNumber(1234567)]).toEqual(['231 000', '999', '1 234 567'])
    expect([percent(0.083), percent(0.004), percent(0), percent(1)]).toEqual(['8 %', '0.4 %', '0 %', '100 %'])
  })
})

describe('smoothing', () => {
  it('weighs by distance on both sides, without lag', () => {
    expect(smooth([0, 1, 2], [4, 4, 4], 1)).toEqual([4, 4, 4])
    // Weights 1, 1/2: (0 + 3/2) / 1.5 and (0/2 + 3) / 1.5.
    expect(smooth([0, 1], [0, 3], 1)).toEqual([1, 2])
    // A straight line stays what it is in its middle.
    expect(smooth([0, 1, 2], [0, 5, 10], 1)[1]).toBe(5)
    // Two half-lives apart: weights 1 and 1/4.
    expect(smooth([0, 2], [0, 5], 1)).toEqual([1, 4])
    expect(smooth([0, 1], [7, 3], 0)).toEqual([7, 3])
    expect(smooth([], [], 3)).toEqual([])
  })
  it('finds quantiles and slopes', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([5], 0.9)).toBe(5)
    expect(quantile([], 0.5)).toBeNaN()
    expect(slope([1, 2, 3], [5, 4, 3])).toBe(-1)
    expect(slope([1, 2, 3], [0, 2, 1])).toBeCloseTo(0.5, 12)
    expect(slope([1], [5])).toBe(0)
    expect(slope([2, 2], [1, 5])).toBe(0)
  })
})

describe('ticks', () => {
  it('are round and inside', () => {
    expect(niceTicks(1.43, 3.2, 4)).toEqual([1.5, 2, 2.5, 3])
    expect(niceTicks(0, 1, 4)).toEqual([0, 0.5, 1])
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(niceTicks(2, 2, 4)).toEqual([])
    expect(logTicks(0.03, 3)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2])
    expect(logTicks(1e-6, 1)).toEqual([0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1])
    expect(logTicks(0, 1)).toEqual([])
  })
  it('are written with the decimals that tell them apart', () => {
    expect(tickLabels([1.5, 2, 2.5])).toEqual(['1.5', '2.0', '2.5'])
    expect(tickLabels([0, 20, 40])).toEqual(['0', '20', '40'])
    expect(tickLabels([0.01, 0.02])).toEqual(['0.01', '0.02'])
  })
})

describe('labels at line ends', () => {
  it('stay where they are when there is room', () => {
    expect(spreadLabels([10, 50], 14, 0, 100)).toEqual([10, 50])
  })
  it('move apart around their middle, keeping order', () => {
    expect(spreadLabels([52, 50], 14, 0, 100)).toEqual([58, 44])
    expect(spreadLabels([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60])
  })
  it('stay inside', () => {
    expect(spreadLabels([99, 98], 14, 0, 100)).toEqual([100, 86])
    expect(spreadLabels([1, 2], 14, 0, 100)).toEqual([0, 14])
  })
})

describe('aligned lines', () => {
  it('share one x, with null where a line has no value', () => {
    expect(
      alignLines([
        { x: [1, 2, 4], y: [10, 20, 40] },
        { x: [2, 3], y: [7, 8] },
      ]),
    ).toEqual([
      [1, 2, 3, 4],
      [10, 20, null, 40],
      [null, 7, 8, null],
    ])
  })
})
