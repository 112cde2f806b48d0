/**
 * How the targets of one output count towards its loss: the loss is `weight` × Σ cᵢ·lossᵢ / Σ cᵢ over the whole batch, where cᵢ is 0 for
 * targets that are ignored (−1 always is), else the weight of the target's class, else 1. PyTorch's `weight`, `ignore_index` and
 * mean reduction come to the same.
 */
export interface TargetCounting {
  /** Of this output among all of the model. */
  weight: number
  /** Of each class; null: all 1. */
  classWeights: readonly number[] | null
  /** A class that does not count; null: none. */
  ignored: number | null
}

export const EVERY_TARGET: TargetCounting = { weight: 1, classWeights: null, ignored: null }

/** What one target of a class counts; below 0: no target. */
export function countOfTarget({ classWeights, ignored }: TargetCounting, target: number): number {
  if (target < 0 || target === ignored) return 0
  return classWeights === null ? 1 : (classWeights[target] ?? 0)
}
