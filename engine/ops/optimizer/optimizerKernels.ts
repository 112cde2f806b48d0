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

export interface Limit extends BlockRange {
  values: number
}

export interface SgdUpdate extends BlockRange {
  parameters: number
  gradients: number
  /** Share of a weight that is added to its gradient (L2), which pulls it towards 0; 0 switches it off. */
  weightDecay: number
}

export interface MomentumUpdate extends SgdUpdate {
  /** Block of the running sum of gradients; 0 before the first step. */
  velocities: number
  /** Share of the last step's velocity that is kept. */
  momentum: number
  /** Looks one step ahead (Sutskever et al. 2013, in PyTorch's form). */
  nesterov: boolean
}

export interface AdamUpdate extends SgdUpdate {
  firstMoments: number
  secondMoments: number
  /** The decay shrinks the weight itself and stays out of the moments (Loshchilov & Hutter 2019, `AdamW`). */
  decoupled: boolean
}

export interface SquaresUpdate extends SgdUpdate {
  /** Block of what was gathered of squared gradients; 0 before the first step. */
  squares: number
  /** RMSPROP or ADAGRAD. */
  rule: SquaresRule
}

/** squares = keep · squares + take · gradient²; parameter −= learningRate · gradient / (√squares + epsilon). */
export interface SquaresRule {
  keep: number
  take: number
  epsilon: number
}

export interface OptimizerKernels {
  sumShards(binding: ShardSum): () => void
  /**
   * Returns Σ values². The order of the sum is fixed by the range, so ranges of NORM_SLICE elements added up in order give the same
   * digits whatever the thread count.
   */
  squaredNorm(binding: SquaredNorm): () => number
  /** values = values · scale, each brought into [−limit, limit] (PyTorch's `clip_grad_value_`); NaN stays. */
  limitValues(binding: Limit): (scale: number, limit: number) => void
  /** parameter −= learningRate · (gradientScale · gradient + weightDecay · parameter). */
  sgd(binding: SgdUpdate): (learningRate: number, gradientScale: number) => void
  /** PyTorch's `SGD` with momentum, without dampening. */
  momentum(binding: MomentumUpdate): (learningRate: number, gradientScale: number) => void
  /** Kingma & Ba 2015 as in PyTorch's `Adam` and `AdamW`; `step` counts from 1. */
  adam(binding: AdamUpdate): (learningRate: number, gradientScale: number, step: number) => void
  /** PyTorch's `RMSprop` (neither centered nor with momentum) and `Adagrad` (without a decay of the rate). */
  squares(binding: SquaresUpdate): (learningRate: number, gradientScale: number) => void
}

/** Elements of one part of a norm. */
export const NORM_SLICE = 65536

/** PyTorch's defaults. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
/** Hinton 2012 with PyTorch's defaults (`alpha`, `eps`). */
export const RMSPROP: SquaresRule = { keep: 0.99, take: 1 - 0.99, epsilon: 1e-8 }
/** Duchi, Hazan & Singer 2011 with PyTorch's default `eps`. */
export const ADAGRAD: SquaresRule = { keep: 1, take: 1, epsilon: 1e-10 }

/** What remains of a weight in one step when the decay acts on the weight itself. */
export function remaining(learningRate: number, weightDecay: number): number {
  return 1 - learningRate * weightDecay
}

/** How far a weight follows its own gradient and how far its velocity. */
export function momentumShares({ momentum, nesterov }: Pick<MomentumUpdate, 'momentum' | 'nesterov'>): {
  gradientShare: number
  velocityShare: number
} {
  return nesterov ? { gradientShare: 1, velocityShare: momentum } : { gradientShare: 0, velocityShare: 1 }
}

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
