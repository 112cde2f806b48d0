import type { AttentionMap, EvaluationPoint, GatePoint, GateStatistics, TelemetryFrame } from './frame'
import { LossTrace, thinned } from './thinning'

/** What does not change during a run. */
export interface RecordedRun {
  run: string
  totalSteps: number
  totalEpochs: number
}

/** Where the run stands when a frame is made. */
export interface RunPosition {
  step: number
  epoch: number
  /** Seconds of training, pauses left out. */
  seconds: number
  stepMilliseconds: number
}

/** Milliseconds between frames: about six a second move a chart calmly; every one takes processor time from the training. */
export const FRAME_INTERVAL = 150

/**
 * Keeps what the charts have not read yet. One frame is on its way at a time: the next is due when the last one was read and
 * FRAME_INTERVAL has passed. Until then points are gathered and thinned, so that a slow reader costs neither memory nor time.
 */
export class Recorder {
  readonly #run: RecordedRun
  readonly #losses = new LossTrace()
  #validation: EvaluationPoint[] = []
  #gates: GatePoint[] = []
  #attention: AttentionMap[] = []
  #best: EvaluationPoint | null = null
  #unread: number | null = null
  #sentAt = Number.NEGATIVE_INFINITY
  #news = false

  constructor(run: RecordedRun) {
    this.#run = run
  }

  recordLoss(step: number, loss: number): void {
    this.#losses.add(step, loss)
    this.#news = true
  }

  recordValidation(point: EvaluationPoint, best: EvaluationPoint | null): void {
    this.#validation = thinned([...this.#validation, point])
    this.#best = best
    this.#news = true
  }

  recordGates(step: number, gates: GateStatistics[]): void {
    if (gates.length === 0) return
    this.#gates = thinned([...this.#gates, { step, gates }])
    this.#news = true
  }

  /** Only the newest maps are kept. */
  recordAttention(maps: AttentionMap[]): void {
    if (maps.length === 0) return
    this.#attention = maps
    this.#news = true
  }

  /** True when the reader is ready for a frame: the step to come should run its probes. `now` in milliseconds. */
  isFrameDue(now: number): boolean {
    return this.#unread === null && now - this.#sentAt >= FRAME_INTERVAL
  }

  /** True when something was recorded that no frame has carried yet. */
  hasNews(): boolean {
    return this.#news
  }

  /** The frame to send now; it counts as unread until `frameRead` names its step. */
  takeFrame(position: RunPosition, now: number): TelemetryFrame {
    const frame: TelemetryFrame = {
      ...this.#run,
      ...position,
      training: this.#losses.take(),
      validation: this.#validation,
      gates: this.#gates,
      ...(this.#attention.length === 0 ? {} : { attention: this.#attention }),
      best: this.#best,
    }
    this.#validation = []
    this.#gates = []
    this.#attention = []
    this.#news = false
    this.#unread = position.step
    this.#sentAt = now
    return frame
  }

  /** The reader has drawn the frame of this step; word of an older frame changes nothing. */
  frameRead(step: number): void {
    if (this.#unread !== null && step >= this.#unread) this.#unread = null
  }
}
