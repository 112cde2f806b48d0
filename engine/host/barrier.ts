/** Looks at a word this often before sleeping: about 0.1 ms, longer than the gaps inside a training step. */
const SPINS = 20_000

/** Returns once `words[index]` is no longer `value`: first by looking, then by sleeping. */
export function waitWhile(words: Int32Array, index: number, value: number): void {
  for (let spin = 0; spin < SPINS; spin++) {
    if (Atomics.load(words, index) !== value) return
  }
  while (Atomics.load(words, index) === value) Atomics.wait(words, index, value)
}

/** Changes a word that others wait on and wakes them. */
export function bump(words: Int32Array, index: number): void {
  Atomics.add(words, index, 1)
  Atomics.notify(words, index)
}

/** A meeting point for a fixed number of threads over shared memory; usable again at once. */
export class Barrier {
  readonly #words: Int32Array
  readonly #arrived: number
  readonly #phase: number
  readonly #participants: number

  /** @param at two words of shared memory, both 0 at first, are used from here on */
  constructor(words: Int32Array, at: number, participants: number) {
    this.#words = words
    this.#arrived = at
    this.#phase = at + 1
    this.#participants = participants
  }

  /** Returns when all participants have come. What they wrote before is visible after. */
  meet(): void {
    // The phase cannot pass on before this thread has arrived, so reading it first is safe.
    const phase = Atomics.load(this.#words, this.#phase)
    if (Atomics.add(this.#words, this.#arrived, 1) === this.#participants - 1) {
      Atomics.store(this.#words, this.#arrived, 0)
      bump(this.#words, this.#phase)
    } else {
      waitWhile(this.#words, this.#phase, phase)
    }
  }
}
