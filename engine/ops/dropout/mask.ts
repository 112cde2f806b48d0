/**
 * The random numbers of dropout: a hash of (seed, stream, element), so that backward and any thread can make them again. The mixing
 * step is Chris Wellons' "lowbias32" (https://nullprogram.com/blog/2018/07/31/), applied twice with two keys. The SIMD kernel
 * computes the same bits (dropout.as.ts).
 */
export function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}

export interface MaskKeys {
  first: number
  second: number
}

/** The two keys of one dropout in one step. */
export function maskKeys(seedLow: number, seedHigh: number, stream: number): MaskKeys {
  const first = mix(seedLow ^ mix(stream + 0x9e3779b9))
  return { first, second: mix(first ^ mix(seedHigh + 0x85ebca6b)) }
}

/** Elements whose `randomBits` are below this are dropped. */
export function dropThreshold(rate: number): number {
  return Math.round(rate * 0x1000000)
}

/** What the others are multiplied by, so that the mean stays. */
export function keptScale(rate: number): number {
  return Math.fround(1 / (1 - rate))
}

/** 24 random bits of element `index`. */
export function randomBits(keys: MaskKeys, index: number): number {
  return mix(mix(index ^ keys.first) ^ keys.second) >>> 8
}
