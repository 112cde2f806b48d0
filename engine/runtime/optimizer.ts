import type { TrainingSettings } from '../document/schema'
import type { KernelMemory } from '../ops/kernel'
import { clipScale, NORM_SLICE, type OptimizerKernels } from '../ops/optimizer/optimizerKernels'
import type { MemoryLayout } from './layout'

export interface OptimizerSettings {
  kind: TrainingSettings['optimizer']
  /** 0: no clipping. */
  clipNorm: number
}

/** Parts into which the parameter block is cut; threads share the work by whole parts. */
export function partCount(layout: MemoryLayout): number {
  return Math.ceil(layout.parameterCount / NORM_SLICE)
}

/**
 * One thread's share of the optimizer: over its parts of the block it adds the shards' gradients in shard order, finds the squared
 * norms and moves the weights. Cutting by whole parts keeps every digit the same for any number of threads.
 */
export class Optimizer {
  readonly #clipNorm: number
  readonly #sum: () => void
  readonly #norms: readonly (() => number)[]
  readonly #firstPart: number
  readonly #squaredNorms: Float64Array
  readonly #update: (learningRate: number, gradientScale: number, step: number) => void

  /**
   * @param squaredNorms one per part of the whole block, shared by all threads
   * @param firstPart this thread's parts are [firstPart, endPart)
   */
  constructor(
    kernels: OptimizerKernels,
    memory: KernelMemory,
    layout: MemoryLayout,
    settings: OptimizerSettings,
    squaredNorms: Float64Array,
    firstPart: number,
    endPart: number,
  ) {
    this.#clipNorm = settings.clipNorm
    this.#squaredNorms = squaredNorms
    this.#firstPart = firstPart
    const start = firstPart * NORM_SLICE
    const end = Math.max(start, Math.min(endPart * NORM_SLICE, layout.parameterCount))
    const range = { memory, start, end }
    const gradients = layout.totalGradient
    const { parameters, moments } = layout
    // A lone shard's gradient is the total already.
    this.#sum =
      layout.shards.length === 1 || start === end
        ? () => {}
        : kernels.sumShards({ ...range, gradients: layout.shards.map((shard) => shard.gradients) })
    this.#norms = Array.from({ length: endPart - firstPart }, (_, index) => {
      const from = start + index * NORM_SLICE
      return kernels.squaredNorm({ memory, values: gradients, start: from, end: Math.min(from + NORM_SLICE, end) })
    })
    if (start === end) {
      this.#update = () => {}
    } else if (moments === null) {
      this.#update = kernels.sgd({ ...range, parameters, gradients })
    } else {
      const [firstMoments, secondMoments] = [moments.first, moments.second]
      this.#update = kernels.adam({ ...range, parameters, gradients, firstMoments, secondMoments })
    }
  }

  /** Adds the shards' gradients into the first shard's block and takes the squares. */
  reduce(): void {
    this.#sum()
    for (let index = 0; index < this.#norms.length; index++) {
      this.#squaredNorms[this.#firstPart + index] = this.#norms[index]?.() ?? 0
    }
  }

  /** Norm of the total gradient, once every thread has reduced. NaN or infinite when the gradient is. */
  gradientNorm(): number {
    let sum = 0
    for (let part = 0; part < this.#squaredNorms.length; part++) sum += this.#squaredNorms[part] ?? 0
    return Math.sqrt(sum)
  }

  clipScale(norm: number): number {
    return clipScale(norm, this.#clipNorm)
  }

  /** Moves the weights. @param step optimizer step, from 1 */
  apply(norm: number, step: number, learningRate: number): void {
    this.#update(learningRate, this.clipScale(norm), step)
  }
}
