import { present } from '../base/invariant'
import type { Lifetime } from './lifetimes'

/** Elements: 32 bytes, a 256-bit vector of floats. */
export const ALIGNMENT = 8

export function aligned(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT
}

/** A stretch of memory that is needed for some instructions. */
export interface Buffer extends Lifetime {
  /** Elements. */
  size: number
}

interface Placed {
  start: number
  end: number
  from: number
  to: number
}

/**
 * An offset for every buffer so that no two that live at once overlap. Largest first, each into the smallest gap that holds it among
 * those already placed (Pisarchyk & Lee 2020, "greedy by size", best fit), so that big sequences share one stretch and small
 * ones fill what is left.
 */
export function placeBuffers(buffers: readonly Buffer[]): { offsets: number[]; size: number } {
  const offsets = buffers.map(() => 0)
  const order = [...buffers.keys()].sort((a, b) => {
    const x = at(buffers, a)
    const y = at(buffers, b)
    return y.size - x.size || x.start - y.start || a - b
  })
  /** Sorted by offset. */
  const placed: Placed[] = []
  let total = 0
  for (const index of order) {
    const { start, end, size: exact } = at(buffers, index)
    const size = aligned(exact)
    let free = 0
    let best: { offset: number; gap: number } | null = null
    for (const other of placed) {
      if (other.start > end || other.end < start) continue
      const gap = other.from - free
      if (gap >= size && (best === null || gap < best.gap)) best = { offset: free, gap }
      if (other.to > free) free = other.to
    }
    const offset = best?.offset ?? free
    offsets[index] = offset
    total = Math.max(total, offset + size)
    insert(placed, { start, end, from: offset, to: offset + size })
  }
  return { offsets, size: total }
}

function at(buffers: readonly Buffer[], index: number): Buffer {
  return present(buffers[index], () => `no buffer ${index}`)
}

function insert(placed: Placed[], made: Placed): void {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.from ?? 0) <= made.from) low = middle + 1
    else high = middle
  }
  placed.splice(low, 0, made)
}
