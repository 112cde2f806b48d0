import { invariant, present } from '../base/invariant'
import type { Plan, Region } from '../compile/plan'

/** Where one shard finds each region of its plans, in elements from the start of memory. */
export type ShardPlaces = Readonly<Record<Region, number>>

/**
 * The one memory of a run, in elements (4 bytes each in WebAssembly memory) from its start:
 * parameters | optimizer state | for each shard: gradients, feeds, arena | gathered gradients, if any. The shards' gradients are added
 * into the first one's block, or into the gathering one.
 * Parameters, state and gradients have the same inner order (frozen parameters, which have neither, come last), so that the update is one pass over contiguous blocks.
 */
export interface MemoryLayout {
  /** Elements of the parameter block, padding between parameters included (always 0). */
  parameterCount: number
  parameters: number
  /** Elements of the block that training moves; frozen parameters lie behind them. */
  trainedCount: number
  /** What the optimizer remembers of every parameter: a block for each thing (see `stateBlocks`), 0 before the first step. */
  optimizerState: readonly number[]
  /** After a reduction: the first shard's gradient block, into which the others were added, or the block that gathers those of several batches. */
  totalGradient: number
  shards: readonly ShardPlaces[]
  /** Elements in all. */
  end: number
}

/** What a run needs beside its plans. `train` is null when weights are only used, never changed. */
export interface LayoutRequest {
  /** First free byte of the memory (the kernels' own data lie before it). */
  heapBase: number
  shards: number
  train: Plan | null
  predict: Plan
  /** Does a step gather the gradients of several batches? They need a block of their own. */
  gathers: boolean
  /** How many blocks the optimizer remembers. */
  stateBlocks: number
}

/** Elements to which every region is aligned: one cache line, so that threads never share one. */
const ALIGNMENT = 16

export function layoutMemory(request: LayoutRequest): MemoryLayout {
  const { train, predict, shards } = request
  const parameterCount = predict.sizes.parameters
  invariant(!train || train.sizes.parameters === parameterCount, 'train and predict plans differ in their parameters')
  const trainedCount = train?.sizes.gradients ?? 0
  invariant(trainedCount <= parameterCount, 'there are more gradients than parameters')
  const needs: Record<'gradients' | 'feeds' | 'arena', number> = {
    gradients: trainedCount,
    feeds: Math.max(train?.sizes.feeds ?? 0, predict.sizes.feeds),
    arena: Math.max(train?.sizes.arena ?? 0, predict.sizes.arena),
  }
  let end = Math.ceil(request.heapBase / 4)
  const take = (elements: number): number => {
    const start = Math.ceil(end / ALIGNMENT) * ALIGNMENT
    end = start + elements
    return start
  }
  const parameters = take(parameterCount)
  const optimizerState = Array.from({ length: train ? request.stateBlocks : 0 }, () => take(trainedCount))
  const places = Array.from({ length: shards }, () => ({
    parameters,
    gradients: take(needs.gradients),
    feeds: take(needs.feeds),
    arena: take(needs.arena),
  }))
  const first = present(places[0], 'a run has at least one shard')
  const totalGradient = train && request.gathers ? take(needs.gradients) : first.gradients
  return { parameterCount, parameters, trainedCount, optimizerState, totalGradient, shards: places, end }
}
