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

/** Buffers that have a place, sorted by offset. Columns instead of objects: every buffer is held against all of them. */
class Placed {
  private count = 0
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly froms: Float64Array
  private readonly tos: Float64Array

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity)
    this.ends = new Int32Array(capacity)
    this.froms = new Float64Array(capacity)
    this.tos = new Float64Array(capacity)
  }

  /** Offset of the smallest gap that holds `size` elements all the while from `start` to `end`; else behind everything there. */
  bestFit({ start, end }: Lifetime, size: number): number {
    const { starts, ends, froms, tos, count } = this
    let free = 0
    let best = -1
    let bestGap = Number.POSITIVE_INFINITY
    for (let index = 0; index < count; index++) {
      if ((starts[index] ?? 0) > end || (ends[index] ?? 0) < start) continue
      const gap = (froms[index] ?? 0) - free
      if (gap >= size && gap < bestGap) {
        best = free
        bestGap = gap
      }
      const to = tos[index] ?? 0
      if (to > free) free = to
    }
    return best < 0 ? free : best
  }

  insert({ start, end }: Lifetime, from: number, to: number): void {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.froms[middle] ?? 0) <= from) low = middle + 1
      else high = middle
    }
    for (const column of [this.starts, this.ends, this.froms, this.tos]) column.copyWithin(low + 1, low, this.count)
    this.starts[low] = start
    this.ends[low] = end
    this.froms[low] = from
    this.tos[low] = to
    this.count++
  }
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
  const placed = new Placed(buffers.length)
  let total = 0
  for (const index of order) {
    const buffer = at(buffers, index)
    const size = aligned(buffer.size)
    const offset = placed.bestFit(buffer, size)
    offsets[index] = offset
    total = Math.max(total, offset + size)
    placed.insert(buffer, offset, offset + size)
  }
  return { offsets, size: total }
}

function at(buffers: readonly Buffer[], index: number): Buffer {
  return present(buffers[index], () => `no buffer ${index}`)
}
