import { describe, expect, it } from 'vitest'
import { ProbeBudget } from './probeBudget'

/** Trains for so many milliseconds; returns steps, looks, and the share of time that looks cost. */
function train(milliseconds: number, plain: number, probe: number) {
  const budget = new ProbeBudget()
  let [now, steps, looks] = [0, 0, 0]
  while (now < milliseconds) {
    const probed = budget.allows(now)
    const took = plain + (probed ? probe : 0)
    now += took
    budget.stepped(took, probed, now)
    steps++
    if (probed) looks++
  }
  return { steps, looks, share: (looks * probe) / now }
}

describe('ProbeBudget', () => {
  it.each([
    ['short steps', 1, 0.2],
    ['long steps', 300, 5],
    ['probes as dear as the step', 100, 100],
  ])('keeps %s below 3 %%', (_, plain, probe) => {
    const { looks, share } = train(100_000, plain, probe)
    expect(looks).toBeGreaterThan(5)
    expect(share).toBeLessThan(0.035)
  })

  it('looks at every second step when looking costs nothing', () => {
    const { steps, looks } = train(1000, 1, 0)
    expect(looks).toBe(steps / 2)
  })

  it('is not put off by one hiccup', () => {
    const budget = new ProbeBudget()
    for (const [step, took] of [10, 10, 10, 11, 10, 11, 10, 500].entries()) budget.stepped(took, step % 2 === 1, step)
    // The median of the looks says 1 ms, so the next may come after 1 / 0.03 ms.
    budget.stepped(10, false, 8)
    expect(budget.allows(7 + 30)).toBe(false)
    expect(budget.allows(7 + 34)).toBe(true)
  })
})
