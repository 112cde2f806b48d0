import { describe, expect, it } from 'vitest'
import { shareAt } from './shownShare'

describe('the share of right symbols over a run', () => {
  it('falls evenly from the first share to the last', () => {
    const at = (p: number) => shareAt({ fall: 'linear', start: 0.9, end: 0.1 }, p)
    expect([0, 0.25, 0.5, 1].map(at)).toEqual([0.9, 0.7, 0.5, 0.1].map((share) => expect.closeTo(share, 12)))
  })

  it('falls by the same factor in equal times', () => {
    const at = (p: number) => shareAt({ fall: 'exponential', start: 1, end: 0 }, p)
    expect(at(0)).toBe(1)
    expect(at(0.5) / at(0.2)).toBeCloseTo(at(0.8) / at(0.5), 12)
    expect(at(1)).toBeCloseTo(0.01, 12)
  })

  it('stays high first and low last as k / (k + e^(i/k)) does', () => {
    const at = (p: number) => shareAt({ fall: 'inverseSigmoid', start: 1, end: 0 }, p)
    // The paper's k, and the number of steps with which its middle, k ln k, is the middle of the run.
    const k = Math.exp(6)
    const steps = 2 * k * Math.log(k)
    for (const p of [0, 0.3, 0.5, 0.9, 1]) expect(at(p)).toBeCloseTo(k / (k + Math.exp((p * steps) / k)), 12)
    expect(at(0.5)).toBe(0.5)
  })
})
