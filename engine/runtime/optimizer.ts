import { assertNever, present } from '../base/invariant'
import type { OptimizerChoice } from '../document/training'
import type { KernelMemory } from '../ops/kernel'
import {
  ADAGRAD,
  clipScale,
  NORM_SLICE,
  type OptimizerKernels,
  RMSPROP,
  type SgdUpdate,
} from '../ops/optimizer/optimizerKernels'
import type { Gathering } from './gathering'
import type { MemoryLayout } from './layout'

export interface OptimizerSettings extends OptimizerChoice {
  /** 0: no clipping. */
  clipNorm: number
  /** 0: no limit. */
  clipValue: number
}

/** Moves the weights of a range. @param step optimizer step, from 1 */
type Update = (learningRate: number, gradientScale: number, step: number) => void

/** What the optimizer remembers of every parameter, in the order of its blocks; PyTorch's names. */
export function stateNames({ kind, momentum }: OptimizerChoice): readonly string[] {
  switch (kind) {
    case 'adam':
    case 'adamw':
      return ['exp_avg', 'exp_avg_sq']
    case 'rmsprop':
      return ['square_avg']
    case 'adagrad':
      return ['sum']
    case 'sgd':
      return momentum > 0 ? ['momentum_buffer'] : []
    default:
      return assertNever(kind)
  }
}

/** How many numbers the optimizer remembers of every parameter. */
export function stateBlocks(choice: OptimizerChoice): number {
  return stateNames(choice).length
}

/** Binds the chosen rule to a range of the block. @param state blocks of memory, as many as `stateBlocks` says */
function bindUpdate(
  kernels: OptimizerKernels,
  settings: OptimizerSettings,
  range: Omit<SgdUpdate, 'weightDecay'>,
  state: readonly number[],
): Update {
  const { kind, momentum, nesterov, weightDecay } = settings
  const update = { ...range, weightDecay }
  const block = (index: number) => present(state[index], `${kind} was given too little memory`)
  switch (kind) {
    case 'adam':
    case 'adamw':
      return kernels.adam({
        ...update,
        firstMoments: block(0),
        secondMoments: block(1),
        decoupled: kind === 'adamw',
      })
    case 'rmsprop':
      return kernels.squares({ ...update, squares: block(0), rule: RMSPROP })
    case 'adagrad':
      return kernels.squares({ ...update, squares: block(0), rule: ADAGRAD })
    case 'sgd':
      return momentum > 0
        ? kernels.momentum({ ...update, velocities: block(0), momentum, nesterov })
        : kernels.sgd(update)
    default:
      return assertNever(kind)
  }
}

/** Parts into which the trained part of the parameter block is cut; threads share the work by whole parts. */
export function partCount(layout: MemoryLayout): number {
  return Math.ceil(layout.trainedCount / NORM_SLICE)
}

/**
 * One thread's share of the optimizer: over its parts of the block it adds the shards' gradients in shard order, finds the squared
 * norms and moves the weights. Cutting by whole parts keeps every digit the same for any number of threads.
 */
export class Optimizer {
  readonly #clipNorm: number
  readonly #clipValue: number
  readonly #sum: () => void
  readonly #clear: () => void
  readonly #norms: readonly (() => number)[]
  readonly #firstPart: number
  readonly #squaredNorms: Float64Array
  readonly #limit: (scale: number, limit: number) => void
  readonly #update: Update

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
    this.#clipValue = settings.clipValue
    this.#squaredNorms = squaredNorms
    this.#firstPart = firstPart
    const start = firstPart * NORM_SLICE
    const end = Math.max(start, Math.min(endPart * NORM_SLICE, layout.trainedCount))
    const range = { memory, start, end }
    const gradients = layout.totalGradient
    const { parameters, optimizerState } = layout
    const blocks = new Set([gradients, ...layout.shards.map((shard) => shard.gradients)])
    // A lone shard's gradient is the total already.
    this.#sum = blocks.size === 1 || start === end ? () => {} : kernels.sumShards({ ...range, gradients: [...blocks] })
    this.#clear = () => memory.f.fill(0, gradients + start, gradients + end)
    this.#norms = Array.from({ length: endPart - firstPart }, (_, index) => {
      const from = start + index * NORM_SLICE
      return kernels.squaredNorm({ memory, values: gradients, start: from, end: Math.min(from + NORM_SLICE, end) })
    })
    this.#limit = start === end ? () => {} : kernels.limitValues({ ...range, values: gradients })
    this.#update =
      start === end ? () => {} : bindUpdate(kernels, settings, { ...range, parameters, gradients }, optimizerState)
  }

  /** Adds the shards' gradients into the total and, when the weights are about to move, takes the squares. */
  reduce(gather: Gathering, update: boolean): void {
    if (gather === 'first') this.#clear()
    this.#sum()
    if (!update) return
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

  /** Clips, first the whole gradient and then every number of it, and moves the weights. @param step optimizer step, from 1 */
  apply(norm: number, step: number, learningRate: number): void {
    const scale = this.clipScale(norm)
    if (this.#clipValue === 0) {
      this.#update(learningRate, scale, step)
      return
    }
    this.#limit(scale, this.#clipValue)
    this.#update(learningRate, 1, step)
  }
}
