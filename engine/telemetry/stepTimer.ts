/** Steps whose durations are remembered. */
const RECENT = 63

/** Durations of the most recent steps; allocates only when asked for the median. */
export class StepTimer {
  readonly #recent = new Float64Array(RECENT)
  #count = 0
  #total = 0

  /** @param milliseconds of one optimizer step */
  add(milliseconds: number): void {
    this.#recent[this.#count % RECENT] = milliseconds
    this.#count++
    this.#total += milliseconds
  }

  /** Seconds of all steps together. */
  seconds(): number {
    return this.#total / 1000
  }

  /** Median milliseconds of the recent steps; 0 before the first. */
  median(): number {
    const sorted = this.#recent.slice(0, Math.min(this.#count, RECENT)).sort()
    return sorted[Math.floor(sorted.length / 2)] ?? 0
  }
}
