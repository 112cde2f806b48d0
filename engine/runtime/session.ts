import { invariant, present } from '../base/invariant'
import { rng } from '../base/rng'
import { BatchPlan } from '../data/batches'
import type { PreparedData, Split } from '../data/prepared'
import { gatheredBatches } from '../document/training'
import type { TrainingSettings } from '../document/trainingSchema'
import type { ValueId } from '../ir/program'
import type { KernelMemory } from '../ops/kernel'
import { attentionMapOf } from '../telemetry/attentionMap'
import type { AttentionMap, GateStatistics } from '../telemetry/frame'
import { mergeGateStatistics } from '../telemetry/gateStatistics'
import { type BoundFeeds, bindFeeds } from './boundFeeds'
import { CarriedStates } from './carriedStates'
import { initialiseParameters } from './initialise'
import { emptyJob, type Job, type RunSpec } from './job'
import { copyFloats } from './memory'
import { MetricSum } from './metric'
import type { ShardPool } from './shardPool'

export interface SessionOptions {
  spec: RunSpec
  pool: ShardPool
  data: PreparedData
  training: Pick<TrainingSettings, 'seed' | 'batchSize' | 'gather'>
}

export interface StepResult {
  /** Mean loss of the batch. */
  loss: number
  /** Of the whole gradient, before clipping. */
  gradientNorm: number
}

/** What training remembers from step to step beside the weights. */
export interface SessionMemory {
  /** The optimizer's blocks, as the plan lays out the trained weights. */
  optimizer: readonly (Float32Array | Float64Array)[]
  /** What layers carry from batch to batch, [rows, width] each; empty when they do not. */
  carried: readonly Float64Array[]
}

export interface Evaluation {
  loss: number
  metric: number
  /** Of sequences: the share of those that are right as a whole. */
  whole?: number
}

/**
 * One model with its weights in memory, its data and a pool that computes. `step` is one optimizer step, `evaluate` measures a
 * part of the data. Everything follows from document, data and seed; neither clock nor thread count changes a digit.
 */
export class Session {
  readonly stepsPerEpoch: number
  /** Steps of the run that this session is part of, for what changes as it goes on; 0: it is at its beginning. */
  totalSteps = 0
  readonly pool: ShardPool
  readonly data: PreparedData
  readonly #spec: RunSpec
  readonly #memory: KernelMemory
  readonly #seed: number
  readonly #batches: BatchPlan
  /** Batches of one optimizer step. */
  readonly #gather: number
  /** What layers remember from batch to batch, of each program. */
  readonly #carried: Record<Job['program'], CarriedStates | null>
  readonly #trainFeeds: BoundFeeds[]
  readonly #predictFeeds: BoundFeeds[]
  readonly #job: Job
  readonly #result: StepResult = { loss: Number.NaN, gradientNorm: Number.NaN }
  #epoch = -1

  /** Draws the starting weights. */
  constructor(options: SessionOptions) {
    const { spec, pool, data, training } = options
    const shards = spec.layout.shards.length
    this.pool = pool
    this.data = data
    this.#spec = spec
    this.#memory = pool.local.memory
    this.#seed = training.seed
    this.#carried = { train: this.#carriedStates('train'), predict: this.#carriedStates('predict') }
    const streams = this.#carried.predict !== null
    const countings = spec.predict.program.heads.map(({ counting }) => counting)
    const { training: examples } = data.splits
    this.#batches = new BatchPlan(examples, data.summary, training.batchSize, shards, countings, streams)
    this.#gather = gatheredBatches(training)
    this.stepsPerEpoch = Math.ceil(this.#batches.batchCount / this.#gather)
    this.#trainFeeds = spec.layout.shards.map((_, shard) => bindFeeds(spec, this.#memory, 'train', shard))
    this.#predictFeeds = spec.layout.shards.map((_, shard) => bindFeeds(spec, this.#memory, 'predict', shard))
    this.#job = emptyJob(shards)
    initialiseParameters(spec.predict, training.seed, this.#parameterBlock())
  }

  /**
   * One optimizer step on the batch (or the batches that are gathered) due at `step` (from 1). When loss or gradient are not finite, no weight has moved.
   * @returns the same object for every step
   */
  step(step: number, learningRate: number, probes: boolean): Readonly<StepResult> {
    const last = this.batchesOf(step) - 1
    this.#result.loss = 0
    for (let index = 0; index <= last; index++) {
      const job = this.loadBatch(step, index)
      job.probes = probes && index === last
      job.update = index === last
      job.learningRate = learningRate
      this.#result.gradientNorm = this.pool.run(job)
      this.#result.loss += this.#loss(job)
      // Not after a step that failed: it can then be looked at once more as it was.
      if (Number.isFinite(this.#result.loss)) this.#carried.train?.keep(this.#batches)
    }
    return this.#result
  }

  /** How many batches a step gathers; the last step of an epoch may have fewer. */
  batchesOf(step: number): number {
    return Math.min(this.#gather, this.#batches.batchCount - this.#firstBatch(step))
  }

  /**
   * Puts a batch of a step into the feeds and describes it; `update` and `probes` are off. The job is the session's own.
   * @param index 0 … batchesOf(step)-1
   */
  loadBatch(step: number, index = 0): Job {
    invariant(this.#spec.train !== null, 'this session was opened without a training plan')
    const epoch = Math.floor((step - 1) / this.stepsPerEpoch)
    if (epoch !== this.#epoch) {
      this.#batches.startEpoch(rng(this.#seed), epoch)
      this.#epoch = epoch
    }
    const first = this.#firstBatch(step)
    this.#batches.startBatch(first + index, first, this.batchesOf(step))
    if (first + index === 0) this.#carried.train?.clear()
    const pass = this.#gather === 1 ? step : step * this.#gather + index
    const job = this.#load('train', this.#batches, this.#trainFeeds, step, pass)
    if (this.#gather > 1) job.gather = index === 0 ? 'first' : 'more'
    return job
  }

  #firstBatch(step: number): number {
    return ((step - 1) % this.stepsPerEpoch) * this.#gather
  }

  /** The batch that `loadBatch` put into the feeds: which examples, and how they are cut into shards. */
  get batch(): Readonly<BatchPlan> {
    return this.#batches
  }

  /** Loss and headline metric of a whole part with the present weights; null when the part has no examples. */
  evaluate(split: Split): Evaluation | null {
    const examples = this.data.splits[split]
    if (examples.count === 0) return null
    const shards = this.#spec.layout.shards.length
    const { heads } = this.#spec.predict.program
    const countings = heads.map(({ counting }) => counting)
    const carried = this.#carried.predict
    const rows = this.#spec.predict.maximumRows * shards
    const batches = new BatchPlan(examples, this.data.summary, rows, shards, countings, carried !== null)
    carried?.clear()
    batches.startEpoch(null)
    const metric = new MetricSum(this.data, examples, present(heads[0], 'a program has a head'))
    const sums = heads.map(() => ({ loss: 0, counted: 0 }))
    for (let index = 0; index < batches.batchCount; index++) {
      batches.startBatch(index)
      const job = this.#load('predict', batches, this.#predictFeeds, 0, 0)
      this.pool.run(job)
      carried?.keep(batches)
      for (const [index, sum] of sums.entries()) {
        const counted = batches.counted[index] ?? 0
        sum.loss += this.#loss(job, heads[index]?.loss) * counted
        sum.counted += counted
      }
      for (let shard = 0; shard < shards; shard++) this.#addMetric(metric, batches, job, shard)
    }
    const whole = metric.whole()
    const loss = sums.reduce((total, sum) => total + (sum.counted === 0 ? 0 : sum.loss / sum.counted), 0)
    const measured = { loss, metric: metric.value() }
    return whole === null ? measured : { ...measured, whole }
  }

  /** Statistics of every gate in the last step, which must have run its probes. */
  gates(): GateStatistics[] {
    const { train } = this.#spec
    const job = this.#job
    if (train === null) return []
    return train.program.probes.flatMap((probe) => {
      if (probe.kind !== 'gates') return []
      const shards = this.#spec.layout.shards.flatMap((_, shard) => {
        const rows = job.rows[shard] ?? 0
        if (rows === 0) return []
        const span = this.pool.local.binding('train', shard, rows, job.steps).span(probe.value)
        return [this.#memory.f.subarray(span.offset, span.offset + span.size)]
      })
      return mergeGateStatistics(probe, shards)
    })
  }

  /** Where the steps of the first example looked in the last step, which must have run its probes. */
  attention(): AttentionMap[] {
    const { train } = this.#spec
    const job = this.#job
    const shard = job.rows.findIndex((rows) => rows > 0)
    if (train === null || shard < 0) return []
    const binding = this.pool.local.binding('train', shard, job.rows[shard] ?? 0, job.steps)
    return train.program.probes.flatMap((probe) => {
      if (probe.kind !== 'attention') return []
      const { offset, size } = binding.span(probe.value)
      return attentionMapOf(probe, this.#memory.f.subarray(offset, offset + size)) ?? []
    })
  }

  /** A copy of the parameter block. */
  weights(): Float32Array | Float64Array {
    const { parameters, parameterCount } = this.#spec.layout
    return copyFloats(this.#memory, parameters, parameterCount)
  }

  setWeights(block: Float32Array | Float64Array): void {
    this.#parameterBlock().set(block)
  }

  /** Copies of what training remembers beside the weights. */
  memory(): SessionMemory {
    const { optimizerState, trainedCount } = this.#spec.layout
    return {
      optimizer: optimizerState.map((offset) => copyFloats(this.#memory, offset, trainedCount)),
      carried: this.#carried.train?.snapshot() ?? [],
    }
  }

  setMemory({ optimizer, carried }: SessionMemory): void {
    const { optimizerState, trainedCount } = this.#spec.layout
    const isSame =
      optimizer.length === optimizerState.length && optimizer.every(({ length }) => length === trainedCount)
    invariant(isSame, 'the state is of another optimizer or model')
    for (const [index, offset] of optimizerState.entries()) this.#memory.f.set(optimizer[index] ?? [], offset)
    const fits = this.#carried.train?.restore(carried) ?? carried.length === 0
    invariant(fits, 'the carried memory is of another model or batch')
  }

  #parameterBlock(): Float32Array | Float64Array {
    const { parameters, parameterCount } = this.#spec.layout
    return this.#memory.f.subarray(parameters, parameters + parameterCount)
  }

  /** @param pass another number for every pass that draws chances of its own */
  #load(program: Job['program'], batches: BatchPlan, feeds: readonly BoundFeeds[], step: number, pass: number): Job {
    const job = this.#job
    job.program = program
    job.probes = false
    job.gather = 'off'
    job.update = false
    job.step = step
    job.steps = batches.steps
    this.#carried[program]?.load(batches)
    for (let shard = 0; shard < feeds.length; shard++) {
      job.rows[shard] = batches.shardRows(shard)
      const bound = feeds[shard]
      if (!bound) continue
      batches.fill(shard, bound.data)
      if (bound.randomSeed) {
        // Another mask in every pass and shard, the same for the same seed.
        bound.randomSeed[0] = this.#seed
        bound.randomSeed[1] = pass * feeds.length + shard
      }
      if (bound.progress) bound.progress[0] = this.totalSteps > 0 ? (step - 1) / this.totalSteps : 0
    }
    return job
  }

  /** Sum of the shards' losses in shard order, of one head or of all: the batch's mean. */
  #loss(job: Job, head?: ValueId): number {
    const plan = present(this.#spec[job.program], 'this session has no such plan')
    const place = present(plan.locations[head ?? plan.program.loss], 'the loss has no place')
    let loss = 0
    for (let shard = 0; shard < job.rows.length; shard++) {
      if ((job.rows[shard] ?? 0) === 0) continue
      const places = this.#spec.layout.shards[shard]
      loss += this.#memory.f[(places?.[place.region] ?? 0) + place.offset] ?? Number.NaN
    }
    return loss
  }

  #addMetric(metric: MetricSum, batches: BatchPlan, job: Job, shard: number): void {
    const rows = batches.shardRows(shard)
    const head = this.#spec.predict.program.heads[0]
    if (rows === 0 || !head) return
    const span = this.pool.local.binding('predict', shard, rows, job.steps).span(head.prediction)
    const prediction = this.#memory.f.subarray(span.offset, span.offset + span.size)
    const first = batches.shardStart(shard)
    metric.add(prediction, { rows, steps: job.steps, first, exampleOf: (row) => batches.exampleOf(row) })
  }

  /** null: nothing is carried. */
  #carriedStates(program: Job['program']): CarriedStates | null {
    const plan = this.#spec[program]
    if (plan === null) return null
    const { layout } = this.#spec
    const states = new CarriedStates(plan, layout, this.#memory, plan.maximumRows * layout.shards.length)
    return states.isEmpty ? null : states
  }
}
