import { invariant } from './invariant'

/**
 * Seeded random numbers that are a pure function of the seed and the labels: `split` never looks at how much was drawn, so
 * adding a consumer cannot shift the numbers of another. Draws come from xoshiro128** (Blackman & Vigna 2018).
 */
export interface Rng {
  /** An independent generator for this label; the number 1 and the string "1" are different labels. */
  split(label: string | number): Rng
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number
  /** Uniform integer in [0, limit), without bias; limit is an integer from 1 to 2^32. */
  integer(limit: number): number
  /** Standard normal. */
  normal(): number
  /** The integers 0 … n-1 in random order (Fisher–Yates). */
  permutation(n: number): Uint32Array
}

/** `seed`: an integer from 0 to 2^32-1. */
export function rng(seed: number): Rng {
  invariant(
    Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff,
    `a seed is a 32-bit unsigned integer, got ${seed}`,
  )
  return new Xoshiro(absorb([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], `seed:${seed}`))
}

type Key = readonly [number, number, number, number]

class Xoshiro implements Rng {
  readonly #key: Key
  #a: number
  #b: number
  #c: number
  #d: number
  #spare: number | null = null

  constructor(key: Key) {
    this.#key = key
    // Another constant than any label gives, so that draws and children's keys are unrelated; `| 1` keeps the state off zero.
    const [a, b, c, d] = absorb(key, 'draw')
    this.#a = a | 1
    this.#b = b
    this.#c = c
    this.#d = d
  }

  split(label: string | number): Rng {
    return new Xoshiro(absorb(this.#key, typeof label === 'number' ? `n:${label}` : `s:${label}`))
  }

  uniform(): number {
    const high = this.#next() >>> 5
    const low = this.#next() >>> 6
    return (high * 0x4000000 + low) / 0x20000000000000
  }

  integer(limit: number): number {
    invariant(Number.isInteger(limit) && limit >= 1 && limit <= 0x100000000, `integer(limit) got ${limit}`)
    const end = 0x100000000 - (0x100000000 % limit)
    for (;;) {
      const draw = this.#next() >>> 0
      if (draw < end) return draw % limit
    }
  }

  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare
      this.#spare = null
      return spare
    }
    // Marsaglia's polar method: needs no sine or cosine, whose last digit differs between builds of V8.
    for (;;) {
      const u = 2 * this.uniform() - 1
      const v = 2 * this.uniform() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s)
        this.#spare = v * factor
        return u * factor
      }
    }
  }

  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n)
    for (let i = 0; i < n; i++) order[i] = i
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = order[i] ?? 0
      order[i] = order[j] ?? 0
      order[j] = kept
    }
    return order
  }

  #next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9)
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = rotate(this.#d, 11)
    return result
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}

/** Mixes the text into the key; the multipliers and final mix are those of MurmurHash3 x86-128 (Appleby, public domain). */
function absorb(key: Key, text: string): Key {
  let [a, b, c, d] = key
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = Math.imul(rotate(a ^ Math.imul(k + 1, 0x239b961b), 15) + b, 5) + 0x561ccd1b
    b = Math.imul(rotate(b ^ Math.imul(a, 0xab0e9789), 16) + c, 5) + 0x0bcaa747
    c = Math.imul(rotate(c ^ Math.imul(b, 0x38b34ae5), 17) + d, 5) + 0x96cd1c35
    d = Math.imul(rotate(d ^ Math.imul(c, 0xa1e38b93), 18) + a, 5) + 0x32ac3b17
  }
  a = finish(a ^ text.length)
  b = finish(b ^ a)
  c = finish(c ^ b)
  d = finish(d ^ c)
  return [finish(a + d) | 0, b, c, d]
}

function finish(h: number): number {
  let x = h | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
