import type { Program, ValueId } from '../ir/program'

/**
 * parameters: shared by all shards, in `Program.parameters` order, frozen ones last; gradients: one block a shard, same order and
 * offsets as the parameters, without the frozen ones; feeds and arena: one block a shard.
 */
export type Region = 'parameters' | 'gradients' | 'feeds' | 'arena'

export interface Location {
  region: Region
  /** Elements from the start of the region; a multiple of 8 (32 bytes). */
  offset: number
  /** Elements at the largest B and T. */
  size: number
}

/** A program with a place for every value. Plain data; workers receive it by structuredClone and bind kernels themselves. */
export interface Plan {
  program: Program
  /** Rows of one shard at most, time steps at most. */
  maximumRows: number
  maximumSteps: number
  locations: Record<ValueId, Location>
  /** Workspace of each instruction inside the arena (elements), offset -1 when it needs none. */
  scratch: { offset: number; size: number }[]
  /** Elements of each region. */
  sizes: Record<Region, number>
}

/** The batch is cut into this many shards whatever the thread count, so that sums have one order. */
export function shardCount(batchSize: number): number {
  return batchSize >= 64 ? 4 : batchSize >= 8 ? 2 : 1
}

/** How a full batch is cut. @param examples of the training part: a batch has no more */
export function shardSizes(batchSize: number, examples: number): { shards: number; rows: number; batchRows: number } {
  const shards = shardCount(batchSize)
  const batchRows = Math.min(batchSize, examples)
  return { shards, rows: Math.ceil(batchRows / shards), batchRows }
}
