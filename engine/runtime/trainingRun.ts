import type { LearningRateSchedule } from '../document/trainingSchema'
import type { EvaluationPoint } from '../telemetry/frame'
import { type DivergenceOrigin, findDivergence } from './divergence'
import { Plateau, type PlateauState } from './plateau'
import { scheduleFactor } from './schedule'
import type { Evaluation, Session, SessionMemory } from './session'

/** Steps between two looks at the validation part at most; shorter epochs are looked at when they end. */
const MAX_EVALUATION_INTERVAL = 400

export interface TrainingRunOptions {
  session: Session
  totalSteps: number
  learningRate: number
  /** Absent: constant. */
  schedule?: LearningRateSchedule | undefined
  /** Epochs without a better validation loss after which the run ends; absent or 0: it goes to its last step. */
  stopAfter?: number | undefined
}

/** What the last call of `advance` did. */
export interface Progress {
  loss: number
  gradientNorm: number
  /** Set when this step ended with a look at the validation part. */
  evaluation: EvaluationPoint | null
}

/**
 * A run between two steps. The order of examples and all chances follow from seed and step alone, so the step is the place of the
 * random numbers too.
 */
export interface RunSnapshot extends SessionMemory {
  /** Steps done. */
  step: number
  learningRate: number
  history: readonly EvaluationPoint[]
  best: EvaluationPoint | null
  plateau: PlateauState | null
  evaluatedStep: number
  /** As the plan lays them out. */
  weights: Float32Array | Float64Array
  bestWeights: Float32Array | Float64Array | null
}

/** How a run ended, measured with its best weights. */
export interface FinalFigures {
  best: EvaluationPoint | null
  /** A last look at the validation part, when steps were made since the one before. */
  late: EvaluationPoint | null
  /** null when the part has no examples. */
  test: Evaluation | null
}

/**
 * A training run from its first step to its last: steps, looks at the validation part, and the weights that did best there.
 * Whoever calls `advance` decides when to pause or stop; between two calls the learning rate may be changed; the schedule then
 * goes on from it.
 */
export class TrainingRun {
  readonly session: Session
  readonly totalSteps: number
  readonly totalEpochs: number
  /** Before the schedule, which makes it `scheduledRate`. */
  learningRate: number
  /** Steps done. */
  step = 0
  best: EvaluationPoint | null = null
  /** Every look at the validation part so far. */
  history: readonly EvaluationPoint[] = []
  readonly progress: Progress = { loss: Number.NaN, gradientNorm: Number.NaN, evaluation: null }
  #bestWeights: Float32Array | Float64Array | null = null
  readonly #schedule: LearningRateSchedule
  readonly #plateau: Plateau | null
  readonly #stopAfter: number
  #evaluatedStep = 0
  #endedEarly = false

  constructor(options: TrainingRunOptions) {
    this.session = options.session
    this.totalSteps = options.totalSteps
    this.session.totalSteps = options.totalSteps
    this.totalEpochs = Math.max(1, Math.ceil(options.totalSteps / options.session.stepsPerEpoch))
    this.learningRate = options.learningRate
    this.#schedule = options.schedule ?? { kind: 'constant' }
    this.#plateau = this.#schedule.kind === 'plateau' ? new Plateau(this.#schedule) : null
    this.#stopAfter = options.stopAfter ?? 0
  }

  /** Epoch of the last step done, from 1. */
  get epoch(): number {
    return Math.max(1, Math.ceil(this.step / this.session.stepsPerEpoch))
  }

  /** Learning rate of the next step. */
  get scheduledRate(): number {
    const { totalSteps, session } = this
    const length = { totalSteps, stepsPerEpoch: session.stepsPerEpoch }
    const factor = this.#plateau?.state.factor ?? scheduleFactor(this.#schedule, this.step, length)
    return this.learningRate * factor
  }

  get isFinished(): boolean {
    return this.#endedEarly || this.step >= this.totalSteps
  }

  /** Did the run end because the validation loss no longer got better? */
  get endedEarly(): boolean {
    return this.#endedEarly
  }

  /**
   * One optimizer step, and a look at the validation part when it is due; fills `progress`.
   * @returns false when loss or gradient are not finite: the weights are then still those before the step
   */
  advance(probes: boolean): boolean {
    const result = this.session.step(this.step + 1, this.scheduledRate, probes)
    this.progress.loss = result.loss
    this.progress.gradientNorm = result.gradientNorm
    this.progress.evaluation = null
    if (!Number.isFinite(result.loss) || !Number.isFinite(result.gradientNorm)) return false
    this.step++
    if (this.#isEvaluationDue()) this.progress.evaluation = this.evaluate()
    if (this.progress.evaluation && this.step % this.session.stepsPerEpoch === 0) {
      this.#epochEnded(this.progress.evaluation)
    }
    return true
  }

  /** Where the step that failed went wrong; see `findDivergence`. */
  findDivergence(): DivergenceOrigin | null {
    return findDivergence(this.session, this.step + 1)
  }

  /** Looks at the validation part now and keeps the weights if they are the best so far; null when there is no such part. */
  evaluate(): EvaluationPoint | null {
    const evaluation = this.session.evaluate('validation')
    this.#evaluatedStep = this.step
    if (evaluation === null || !Number.isFinite(evaluation.loss)) return null
    const point: EvaluationPoint = { step: this.step, epoch: this.epoch, ...evaluation }
    this.history = [...this.history, point]
    if (this.best === null || point.loss < this.best.loss) {
      this.best = point
      this.#bestWeights = this.session.weights()
    }
    return point
  }

  /** Goes back to the best weights (looking once more if steps were made since) and measures the test part with them. */
  finish(): FinalFigures {
    const late = this.step > this.#evaluatedStep ? this.evaluate() : null
    if (this.#bestWeights) this.session.setWeights(this.#bestWeights)
    return { best: this.best, late, test: this.session.evaluate('test') }
  }

  /** Everything that a run which goes on from here must know; taken between two steps. Arrays are copies. */
  snapshot(): RunSnapshot {
    const { session, step, learningRate, history, best } = this
    return {
      step,
      learningRate,
      history,
      best,
      plateau: this.#plateau?.state ?? null,
      evaluatedStep: this.#evaluatedStep,
      weights: session.weights(),
      bestWeights: this.#bestWeights?.slice() ?? null,
      ...session.memory(),
    }
  }

  /** Goes on from a snapshot of a run of the same model, data and settings, of which it becomes the continuation to the last digit. */
  restore(snapshot: RunSnapshot): void {
    this.step = snapshot.step
    this.learningRate = snapshot.learningRate
    this.history = snapshot.history
    this.best = snapshot.best
    this.#bestWeights = snapshot.bestWeights
    this.#evaluatedStep = snapshot.evaluatedStep
    if (this.#plateau && snapshot.plateau) this.#plateau.state = snapshot.plateau
    this.session.setWeights(snapshot.weights)
    this.session.setMemory(snapshot)
    this.#endedEarly = false
    if (this.step > 0 && this.step % this.session.stepsPerEpoch === 0) this.#endIfIdle(this.epoch)
  }

  #epochEnded({ loss, epoch }: EvaluationPoint): void {
    this.#plateau?.observe(loss, this.learningRate)
    this.#endIfIdle(epoch)
  }

  #endIfIdle(epoch: number): void {
    const since = epoch - (this.best?.epoch ?? epoch)
    if (this.#stopAfter > 0 && since >= this.#stopAfter) this.#endedEarly = true
  }

  /** Epochs end with a look; long ones are cut into equal parts with a look after each. */
  #isEvaluationDue(): boolean {
    const { stepsPerEpoch } = this.session
    const parts = Math.ceil(stepsPerEpoch / MAX_EVALUATION_INTERVAL)
    const within = this.step % stepsPerEpoch
    if (within === 0 || this.isFinished) return true
    return Math.floor((within * parts) / stepsPerEpoch) > Math.floor(((within - 1) * parts) / stepsPerEpoch)
  }
}
