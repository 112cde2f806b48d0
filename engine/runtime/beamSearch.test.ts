import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import { beamSearch, type Stepper } from './beamSearch'

const [START, END] = [0, 1]
const options = { start: START, end: END }

/** Scores by what was said so far: a language of its own, whose every answer can be worked out by hand. */
function languageOf(scores: (said: readonly number[]) => number[]): Stepper<number> {
  let before: number[][] = []
  return {
    step(beginnings) {
      const said = beginnings.map(({ parent, token }) => [...(parent < 0 ? [] : (before[parent] ?? [])), token])
      before = said
      return said.map((tokens) => ({ scores: scores(tokens), kept: tokens.length }))
    },
  }
}

/** Log probabilities of a few beginnings; everything else is unlikely. */
function language(probabilities: Record<string, readonly number[]>): Stepper<number> {
  const even = [1e-9, 1, 1e-9, 1e-9]
  return languageOf((said) => (probabilities[said.slice(1).join('')] ?? even).map(Math.log))
}

describe('beam search', () => {
  // The likeliest first symbol leads nowhere good: 2 (0.6), then 0.3 + 0.3 + 0.4; 3 (0.4) ends for certain.
  const garden = { '': [1e-9, 1e-9, 0.6, 0.4], 2: [1e-9, 0.4, 0.3, 0.3], 3: [1e-9, 1, 1e-9, 1e-9] }

  it('of width 1 takes the likeliest symbol each time', () => {
    const [best, ...others] = beamSearch(language(garden), { ...options, width: 1, longest: 5 })
    expect(others).toEqual([])
    expect(best?.tokens).toEqual([2])
    expect(best?.complete).toBe(true)
    expect(Math.exp(best?.logProbability ?? 0)).toBeCloseTo(0.24, 6)
  })

  it('finds the likelier whole behind the less likely beginning', () => {
    const [best, second] = beamSearch(language(garden), { ...options, width: 2, longest: 5 })
    expect(best?.tokens).toEqual([3])
    expect(Math.exp(best?.logProbability ?? 0)).toBeCloseTo(0.4, 6)
    expect(second?.tokens).toEqual([2])
  })

  it('keeps what was kept of each symbol, and says when an answer was cut off', () => {
    const endless = languageOf(() => [-9, -9, 1, 0])
    const [best] = beamSearch(endless, { ...options, width: 2, longest: 3 })
    expect(best).toMatchObject({ tokens: [2, 2, 2], kept: [1, 2, 3], complete: false })
  })

  it('never says the start symbol, and ranks equal answers alike each time', () => {
    const flat = () => languageOf(() => [5, 1, 1, 1])
    const found = beamSearch(flat(), { ...options, width: 3, longest: 3 })
    expect(found.flatMap(({ tokens }) => tokens)).not.toContain(START)
    expect(beamSearch(flat(), { ...options, width: 3, longest: 3 })).toEqual(found)
  })

  it('as wide as all answers finds the best of all', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const scores = (said: readonly number[]) => {
          const random = rng(seed).split(said.join())
          return [0, 1, 2, 3].map(() => 3 * random.uniform())
        }
        const longest = 3
        const all: { tokens: number[]; logProbability: number }[] = []
        const walk = (said: number[], logProbability: number): void => {
          if (said.length > longest) return
          const values = scores(said)
          const sum = Math.log(values.reduce((total, value) => total + Math.exp(value), 0))
          for (const token of [1, 2, 3]) {
            const next = logProbability + (values[token] ?? 0) - sum
            if (token === END) all.push({ tokens: said.slice(1), logProbability: next })
            else walk([...said, token], next)
          }
        }
        walk([START], 0)
        const rank = ({ tokens, logProbability }: (typeof all)[number]) =>
          logProbability / ((6 + tokens.length) / 6) ** 0.6
        const best = all.toSorted((a, b) => rank(b) - rank(a))[0]
        // Wide enough that nothing is left out before everything has ended.
        const found = beamSearch(languageOf(scores), { ...options, width: 100, longest })
        expect(found[0]?.tokens).toEqual(best?.tokens)
        expect(found[0]?.logProbability).toBeCloseTo(best?.logProbability ?? Number.NaN, 9)
      }),
      { numRuns: 50 },
    )
  })
})
