import { StepTimer } from './stepTimer'

/** Share of training time that looking inside may cost. */
const SHARE = 0.03
/** Costs of one look that are remembered; their median counts, so that a hiccup of the computer does not. */
const REMEMBERED = 5

/**
 * Decides on which steps the probes run, so that watching stays cheap whatever the model: what a step with probes takes longer than
 * one without is paid off before the next look.
 */
export class ProbeBudget {
  readonly #plain = new StepTimer()
  readonly #costs: number[] = []
  #notBefore = Number.NEGATIVE_INFINITY
  #probedLast = false

  /** True when the next step may run its probes. Never two in a row: a step without them shows what they cost. */
  allows(now: number): boolean {
    return !this.#probedLast && now >= this.#notBefore
  }

  /** After every step. @param milliseconds that it took; `now` likewise */
  stepped(milliseconds: number, probed: boolean, now: number): void {
    this.#probedLast = probed
    if (!probed) {
      this.#plain.add(milliseconds)
      return
    }
    const usual = this.#plain.median()
    // Before the first plain step nothing is known.
    if (usual === 0) return
    this.#costs.push(Math.max(0, milliseconds - usual))
    if (this.#costs.length > REMEMBERED) this.#costs.shift()
    const cost = this.#costs.toSorted((a, b) => a - b)[Math.floor(this.#costs.length / 2)] ?? 0
    this.#notBefore = now + cost / SHARE
  }
}
