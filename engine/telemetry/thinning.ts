import type { LossPoint } from './frame'
import { MAX_POINTS } from './frame'

/**
 * Training losses waiting to be read, never more than MAX_POINTS. When the list is full, neighbours are merged into their mean
 * (at the later step) and from then on twice as many steps go into one point, so that the density stays even.
 */
export class LossTrace {
  #points: LossPoint[] = []
  #stride = 1
  #sum = 0
  #count = 0
  #lastStep = 0

  add(step: number, loss: number): void {
    this.#sum += loss
    this.#count++
    this.#lastStep = step
    if (this.#count < this.#stride) return
    this.#points.push(this.#pending())
    this.#clearPending()
    if (this.#points.length >= MAX_POINTS) this.#halve()
  }

  /** Everything so far, and starts anew with one point a step. */
  take(): LossPoint[] {
    const points = this.#count > 0 ? [...this.#points, this.#pending()] : this.#points
    this.#points = []
    this.#stride = 1
    this.#clearPending()
    return points
  }

  #pending(): LossPoint {
    return { step: this.#lastStep, loss: this.#sum / this.#count }
  }

  #clearPending(): void {
    this.#sum = 0
    this.#count = 0
  }

  #halve(): void {
    const merged: LossPoint[] = []
    for (let index = 1; index < this.#points.length; index += 2) {
      const first = this.#points[index - 1]
      const second = this.#points[index]
      if (first && second) merged.push({ step: second.step, loss: (first.loss + second.loss) / 2 })
    }
    this.#points = merged
    this.#stride *= 2
  }
}

/** At most MAX_POINTS of the points, evenly chosen; the newest is always among them. For readings that must not be averaged. */
export function thinned<P>(points: readonly P[]): P[] {
  if (points.length <= MAX_POINTS) return [...points]
  const every = Math.ceil(points.length / MAX_POINTS)
  return points.filter((_, index) => (points.length - 1 - index) % every === 0)
}
