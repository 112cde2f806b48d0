import { assertNever, invariant, present } from '../base/invariant'
import { countOfTarget } from '../base/targetCounting'
import type { ExampleSet, Metric, PreparedData } from '../data/prepared'
import type { Head } from '../ir/program'

type Floats = Float32Array | Float64Array

/** Where the rows of one shard come from: row r of the shard is example `exampleOf(first + r)` of the part. */
export interface ShardRows {
  rows: number
  steps: number
  first: number
  exampleOf(row: number): number
}

/**
 * Adds up the headline metric of a part, shard after shard: mean absolute error in the target's unit, or the share of right
 * answers among those that count.
 */
export class MetricSum {
  readonly #kind: Metric['kind']
  readonly #examples: ExampleSet
  readonly #data: PreparedData
  readonly #head: Pick<Head, 'counting' | 'quantiles'>
  #sum = 0
  #count = 0
  #sequences = 0
  #wholeSequences = 0

  /** @param head the output that is measured */
  constructor(data: PreparedData, examples: ExampleSet, head: Pick<Head, 'counting' | 'quantiles'>) {
    this.#kind = data.metric.kind
    this.#examples = examples
    this.#data = data
    this.#head = head
  }

  /** @param prediction of the head: numbers [B, O], or logits [B, C] or [T, B, V] */
  add(prediction: Floats, shard: ShardRows): void {
    const { target } = this.#data.summary
    switch (target.kind) {
      case 'numbers':
        this.#addErrors(prediction, shard, target.names.length)
        return
      case 'class':
        this.#addClasses(prediction, shard)
        return
      case 'symbol':
        this.#addSteps(prediction, shard, target.vocabulary)
        return
      case 'tag':
        this.#addSteps(prediction, shard, target.tags.length)
        return
      case 'sequence':
        this.#addSteps(prediction, shard, target.vocabulary)
        return
      default:
        assertNever(target)
    }
  }

  /** The metric so far; 0 before anything counted. */
  value(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  /** Of sequences: the share of those that are right from the first symbol to the end symbol; null for other targets. */
  whole(): number | null {
    if (this.#data.summary.target.kind !== 'sequence') return null
    return this.#sequences === 0 ? 0 : this.#wholeSequences / this.#sequences
  }

  #addErrors(prediction: Floats, shard: ShardRows, width: number): void {
    invariant(this.#kind === 'absoluteError', 'numbers are measured by their error')
    const targets = present(this.#examples.targetNumbers, 'examples without target numbers')
    // Of quantiles the middle one is the forecast.
    const quantiles = this.#head.quantiles?.length ?? 1
    const middle = Math.floor(quantiles / 2)
    for (let row = 0; row < shard.rows; row++) {
      const example = shard.exampleOf(shard.first + row)
      for (let column = 0; column < width; column++) {
        const scale = this.#data.targetScaling?.scale[column] ?? 1
        const forecast = prediction[(row * width + column) * quantiles + middle] ?? Number.NaN
        const error = forecast - (targets[example * width + column] ?? 0)
        this.#sum += Math.abs(error) * scale
        this.#count++
      }
    }
  }

  #addClasses(logits: Floats, shard: ShardRows): void {
    const classes = logits.length / shard.rows
    const targets = present(this.#examples.targetTokens, 'examples without target classes')
    for (let row = 0; row < shard.rows; row++) {
      this.#judge(logits, row * classes, classes, targets[shard.exampleOf(shard.first + row)] ?? -1)
    }
  }

  #addSteps(logits: Floats, shard: ShardRows, width: number): void {
    const targets = present(this.#examples.targetTokens, 'examples without a target for every step')
    const { maximumSteps } = this.#data.summary
    for (let row = 0; row < shard.rows; row++) {
      const example = shard.exampleOf(shard.first + row)
      const length = (this.#examples.targetLengths ?? this.#examples.lengths)[example] ?? 0
      const before = this.#sum
      const countedBefore = this.#count
      for (let step = 0; step < length; step++) {
        const at = (step * shard.rows + row) * width
        this.#judge(logits, at, width, targets[example * maximumSteps + step] ?? -1)
      }
      this.#sequences++
      if (this.#sum - before === this.#count - countedBefore) this.#wholeSequences++
    }
  }

  /** Right when the largest logit is the target's; the first of equals counts as the largest. */
  #judge(logits: Floats, start: number, width: number, target: number): void {
    if (countOfTarget(this.#head.counting, target) === 0) return
    // One score alone is that of the second of two classes.
    let best = width === 1 && (logits[start] ?? Number.NaN) > 0 ? 1 : 0
    for (let index = 1; index < width; index++) {
      if ((logits[start + index] ?? Number.NaN) > (logits[start + best] ?? Number.NaN)) best = index
    }
    if (best === target) this.#sum++
    this.#count++
  }
}
