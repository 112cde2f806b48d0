import type { KernelMemory } from '../kernel'

/**
 * What happens to the contiguous blocks of parameters and gradients between backward and the next step. Every function is bound to
 * a range [start, end) of the block, so that threads share the work; each element is computed alike wherever the cuts lie.
 * Offsets count elements from the start of memory; the blocks begin at multiples of 8.
 */
export interface BlockRange {
  memory: KernelMemory
  /** First element within the block; a multiple of 8. */
  start: number
  /** One past the last element. */
  end: number
}

export interface ShardSum extends BlockRange {
  /** Offsets of the shards' gradient blocks; the sum, in this order, replaces the first. */
  gradients: readonly number[]
}

export interface SquaredNorm extends BlockRange {
  values: number
}

export interface SgdUpdate extends BlockRange {
  parameters: number
  gradients: number
}

export interface AdamUpdate extends SgdUpdate {
  firstMoments: number
  secondMoments: number
}

export interface OptimizerKernels {
  sumShards(binding: ShardSum): () => void
  /**
   * Returns Σ values². The order of the sum is fixed by the range, so ranges of NORM_SLICE elements added up in order give the same
   * digits whatever the thread count.
   */
  squaredNorm(binding: SquaredNorm): () => number
  /** parameter −= learningRate · gradientScale · gradient. */
  sgd(binding: SgdUpdate): (learningRate: number, gradientScale: number) => void
  /** Kingma & Ba 2015 as in PyTorch's `Adam` without weight decay; `step` counts from 1. */
  adam(binding: AdamUpdate): (learningRate: number, gradientScale: number, step: number) => void
}

/** Elements of one part of a norm. */
export const NORM_SLICE = 65536

/** PyTorch's defaults. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** The two factors of a step of Adam that depend on its number alone. */
export function adamFactors(learningRate: number, step: number): { stepSize: number; rootCorrection: number } {
  return {
    stepSize: learningRate / (1 - ADAM.beta1 ** step),
    rootCorrection: 1 / Math.sqrt(1 - ADAM.beta2 ** step),
  }
}

/**
 * What the gradient is multiplied by so that its norm does not exceed `clipNorm` (Pascanu 2013; PyTorch's `clip_grad_norm_`).
 * `clipNorm` 0: never.
 */
export function clipScale(norm: number, clipNorm: number): number {
  return clipNorm === 0 ? 1 : Math.min(1, clipNorm / (norm + 1e-6))
}
