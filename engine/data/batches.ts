import { invariant, present } from '../base/invariant'
import type { Rng } from '../base/rng'
import { countOfTarget, EVERY_TARGET, type TargetCounting } from '../base/targetCounting'
import type { DataSummary, ExampleSet } from './prepared'
import { START_TOKEN } from './sequences'

type Floats = Float32Array | Float64Array

/**
 * Where the feeds of one shard lie; null: the program has no such feed. Each must hold its tensor at the largest batch:
 * `input` [T, B, F] numbers or [T, B] tokens; `lengths` [B]; `target` [B, O] numbers, [B] class, [T, B] symbol or tag, or symbols of a
 * sequence; `targetInput` [T, B] the same one step later behind the start symbol; `targetLengths` [B]; `lossScale` [outputs].
 * `randomSeed` is not data: who trains writes it.
 */
export interface ShardFeeds {
  input: Floats | Int32Array | null
  lengths: Int32Array | null
  target: Floats | Int32Array | null
  /** Of sequences only. */
  targetInput?: Int32Array | null
  targetLengths?: Int32Array | null
  lossScale: Floats | null
}

/**
 * Cuts the examples of one part into batches and writes them, time-major, into the feeds of the shards. Every example is
 * used once an epoch: the last batch is smaller when the batch size does not divide them. `startEpoch` allocates, `startBatch`
 * and `fill` never do.
 *
 * As streams, for examples that follow each other: the part is cut into as many stretches as a batch has rows, row b of every batch goes
 * on where row b of the batch before stopped, and the order of examples is never another one.
 */
export class BatchPlan {
  /** Batches of one epoch; 0 when the part has no examples. */
  readonly batchCount: number
  /** Rows of the current batch, in all shards together. */
  rows = 0
  /** Time steps of the current batch: its longest example. The same for all its shards. */
  steps = 0
  /** What the targets of the whole current batch count, for each output. */
  readonly counted: Float64Array
  /** `lossScale` is weight / this: `counted`, or that of several batches whose gradients are added up. */
  readonly lossDivisors: Float64Array

  readonly #examples: ExampleSet
  readonly #maximumSteps: number
  /** Numbers of one time step; 1 for tokens. */
  readonly #features: number
  readonly #target: DataSummary['target']
  readonly #batchSize: number
  readonly #shards: number
  readonly #streams: boolean
  readonly #countings: readonly TargetCounting[]
  #order: Uint32Array | null = null
  #start = 0
  #index = 0

  /**
   * @param shards how many shards every batch is cut into, whatever the number of threads
   * @param countings how targets count, for each output of the model
   * @param streams row b goes on from batch to batch
   */
  constructor(
    examples: ExampleSet,
    summary: DataSummary,
    batchSize: number,
    shards: number,
    countings: readonly TargetCounting[] = [EVERY_TARGET],
    streams = false,
  ) {
    invariant(batchSize >= 1 && shards >= 1, 'a batch has at least one row and one shard')
    this.#examples = examples
    this.#maximumSteps = summary.maximumSteps
    this.#features = summary.input.kind === 'numbers' ? summary.input.features.length : 1
    this.#target = summary.target
    this.#batchSize = batchSize
    this.#shards = shards
    this.#streams = streams
    this.#countings = countings
    this.counted = new Float64Array(countings.length)
    this.lossDivisors = new Float64Array(countings.length)
    this.batchCount = Math.ceil(examples.count / batchSize)
  }

  /** Rows that the largest shard can hold. */
  get maximumShardRows(): number {
    return Math.ceil(Math.min(this.#batchSize, this.#examples.count) / this.#shards)
  }

  /**
   * A new order for training: a function of the run's generator and the number of the epoch alone, so that a resumed run goes on
   * in the same order. null: the examples' own order, for evaluation.
   */
  startEpoch(random: Rng | null, epoch = 0): void {
    this.#order =
      random === null || this.#streams ? null : random.split('order').split(epoch).permutation(this.#examples.count)
  }

  /**
   * Chooses batch `index`, 0 … batchCount-1, and sets `rows`, `steps`, `counted` and `lossDivisors`. With `count` batches from `first` on,
   * `index` among them, whose gradients are added up, its loss becomes its share in the mean over all of them.
   */
  startBatch(index: number, first = index, count = 1): void {
    this.lossDivisors.fill(0)
    for (let batch = first; batch < first + count; batch++) {
      this.#choose(batch)
      for (let output = 0; output < this.counted.length; output++) {
        this.lossDivisors[output] = (this.lossDivisors[output] ?? 0) + (this.counted[output] ?? 0)
      }
    }
    if (index !== first + count - 1) this.#choose(index)
  }

  /** Number in the part of the example in this row of the current batch. */
  exampleOf(row: number): number {
    if (this.#streams) return this.#streamStart(row) + this.#index
    const place = this.#start + row
    return this.#order === null ? place : (this.#order[place] ?? 0)
  }

  /** First example of a row's stretch; the first stretches are one longer when they cannot all be alike. */
  #streamStart(row: number): number {
    const { count } = this.#examples
    const streams = Math.min(this.#batchSize, count)
    return row * Math.floor(count / streams) + Math.min(row, count % streams)
  }

  /** First row of the batch that shard `shard` holds; shard `shards` gives the end. A small batch can leave shards empty. */
  shardStart(shard: number): number {
    return Math.floor((shard * this.rows) / this.#shards)
  }

  /** Rows of shard `shard` in the current batch. */
  shardRows(shard: number): number {
    return this.shardStart(shard + 1) - this.shardStart(shard)
  }

  /** Writes the current batch's rows of shard `shard`, packed for B = shardRows(shard) and T = steps. */
  fill(shard: number, feeds: ShardFeeds): void {
    const first = this.shardStart(shard)
    const rows = this.shardRows(shard)
    if (rows === 0) return
    if (feeds.input !== null) this.#fillInput(feeds.input, first, rows)
    if (feeds.lengths !== null) {
      for (let b = 0; b < rows; b++) feeds.lengths[b] = this.#examples.lengths[this.exampleOf(first + b)] ?? 0
    }
    if (feeds.target !== null) this.#fillTarget(feeds.target, first, rows)
    if (feeds.targetInput) this.#fillTargetInput(feeds.targetInput, first, rows)
    if (feeds.targetLengths) {
      for (let b = 0; b < rows; b++) feeds.targetLengths[b] = this.#targetLength(this.exampleOf(first + b))
    }
    if (feeds.lossScale !== null) this.#fillLossScale(feeds.lossScale)
  }

  #choose(index: number): void {
    invariant(index >= 0 && index < this.batchCount, `batch ${index} of ${this.batchCount}`)
    this.#index = index
    this.#start = index * this.#batchSize
    this.rows = Math.min(this.#batchSize, this.#examples.count - this.#start)
    this.steps = 1
    this.counted.fill(0)
    for (let row = 0; row < this.rows; row++) {
      const example = this.exampleOf(row)
      const length = this.#targetLength(example)
      const longer = Math.max(length, this.#examples.lengths[example] ?? 0)
      if (longer > this.steps) this.steps = longer
      this.#count(example, length)
    }
  }

  #fillInput(to: Floats | Int32Array, first: number, rows: number): void {
    const from = present(this.#examples.numbers ?? this.#examples.tokens, 'examples without input')
    const features = this.#features
    for (let b = 0; b < rows; b++) {
      const example = this.exampleOf(first + b) * this.#maximumSteps * features
      for (let t = 0; t < this.steps; t++) {
        const source = example + t * features
        const goal = (t * rows + b) * features
        for (let f = 0; f < features; f++) to[goal + f] = from[source + f] ?? 0
      }
    }
  }

  #fillTarget(to: Floats | Int32Array, first: number, rows: number): void {
    const from = present(this.#examples.targetNumbers ?? this.#examples.targetTokens, 'examples without target')
    if (this.#hasTargetPerStep) {
      for (let b = 0; b < rows; b++) {
        const example = this.exampleOf(first + b)
        const length = this.#targetLength(example)
        const source = example * this.#maximumSteps
        for (let t = 0; t < this.steps; t++) to[t * rows + b] = t < length ? (from[source + t] ?? -1) : -1
      }
      return
    }
    const width = this.#target.kind === 'numbers' ? this.#target.names.length : 1
    for (let b = 0; b < rows; b++) {
      const source = this.exampleOf(first + b) * width
      for (let o = 0; o < width; o++) to[b * width + o] = from[source + o] ?? 0
    }
  }

  /** What a decoder that is shown the right answers reads: the start symbol, then the answer up to the symbol before; START past it. */
  #fillTargetInput(to: Int32Array, first: number, rows: number): void {
    const from = present(this.#examples.targetTokens, 'sequences without symbols')
    for (let b = 0; b < rows; b++) {
      const example = this.exampleOf(first + b)
      const length = this.#targetLength(example)
      const source = example * this.#maximumSteps - 1
      for (let t = 0; t < this.steps; t++) {
        to[t * rows + b] = t > 0 && t < length ? (from[source + t] ?? START_TOKEN) : START_TOKEN
      }
    }
  }

  get #hasTargetPerStep(): boolean {
    return this.#target.kind === 'symbol' || this.#target.kind === 'tag' || this.#target.kind === 'sequence'
  }

  /** Time steps of an example that its targets take. */
  #targetLength(example: number): number {
    return (this.#examples.targetLengths ?? this.#examples.lengths)[example] ?? 0
  }

  #fillLossScale(to: Floats): void {
    for (let output = 0; output < this.#countings.length; output++) {
      const divisor = this.lossDivisors[output] ?? 0
      to[output] = divisor > 0 ? (this.#countings[output]?.weight ?? 1) / divisor : 0
    }
  }

  /** Adds what the targets of one example count. */
  #count(example: number, length: number): void {
    const targets = this.#examples.targetTokens
    const steps = this.#hasTargetPerStep ? length : 1
    const first = this.#hasTargetPerStep ? example * this.#maximumSteps : example
    for (let output = 0; output < this.#countings.length; output++) {
      const counting = this.#countings[output] ?? EVERY_TARGET
      let counted = targets === null ? 1 : 0
      if (targets !== null) {
        for (let t = 0; t < steps; t++) counted += countOfTarget(counting, targets[first + t] ?? -1)
      }
      this.counted[output] = (this.counted[output] ?? 0) + counted
    }
  }
}
