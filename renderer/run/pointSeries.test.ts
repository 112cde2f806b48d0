import { describe, expect, it } from 'vitest'
import { PointSeries } from './pointSeries'

describe('PointSeries', () => {
  it('keeps rows in order and leaves repetitions out', () => {
    const series = new PointSeries(2)
    series.add(1, 10, 100)
    series.add(2, 20, 200)
    series.add(2, 99, 999)
    series.add(1, 99, 999)
    expect(series.x).toEqual([1, 2])
    expect(series.lines).toEqual([
      [10, 20],
      [100, 200],
    ])
    expect(series.last(1)).toBe(200)
    expect(new PointSeries(1).last(0)).toBeNull()
  })

  it('averages neighbours when full and keeps the mean', () => {
    const series = new PointSeries(1, 4)
    for (const [x, y] of [
      [1, 2],
      [2, 4],
      [3, 10],
      [4, 20],
      [5, 7],
    ] as const) {
      series.add(x, y)
    }
    expect(series.x).toEqual([1.5, 3.5, 5])
    expect(series.lines).toEqual([[3, 15, 7]])
  })
})
