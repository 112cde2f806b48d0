import { describe, expect, it } from 'vitest'
import { sparkPath } from './Sparkline'

describe('sparkline', () => {
  it('spans its box, the smallest value at the bottom', () => {
    expect(sparkPath([3, 1, 2], 24, 12)).toBe('M2.0 2.0L12.0 10.0L22.0 6.0')
  })
  it('draws nothing from fewer than two numbers', () => {
    expect(sparkPath([1], 24, 12)).toBe('')
    expect(sparkPath([1, Number.NaN], 24, 12)).toBe('')
  })
  it('draws a level line flat', () => {
    expect(sparkPath([5, 5], 24, 12)).toBe('M2.0 10.0L22.0 10.0')
  })
})
