import { availableParallelism } from 'node:os'
import type { MessagePort } from 'node:worker_threads'
import { present } from '../base/invariant'
import { titleOf } from '../compile/titles'
import type { Checked } from '../document/diagnostic'
import { describeDivergence } from '../runtime/divergence'
import { TrainingRun } from '../runtime/trainingRun'
import { ProbeBudget } from '../telemetry/probeBudget'
import { Recorder } from '../telemetry/recorder'
import { StepTimer } from '../telemetry/stepTimer'
import { RunCheckpoints } from './checkpoints'
import type { KeptRun } from './keptRuns'
import type { KernelChoice } from './kernelVariants'
import { type OpenRun, openRun } from './openRun'
import type { HostEvent, TrainRequest } from './protocol'
import { RunControl } from './runControl'
import { ThreadGovernor } from './threadGovernor'

/** What the trainer thread receives at its start. */
export interface TrainerData {
  role: 'trainer'
  request: TrainRequest
  kernels: KernelChoice
  workerFile: string
  /** Commands for this run, and the word that tells of them. */
  port: MessagePort
  word: SharedArrayBuffer
}

type Post = (event: HostEvent) => void

/** Longest sleep while paused, so that waiting frames go out. */
const PAUSE_WAIT = 50

/** The life of the trainer thread: opens the run, trains until its end, and says so; problems are events, not errors. */
export async function runTrainer(data: TrainerData, post: Post, keep: (run: KeptRun) => void): Promise<void> {
  const { request } = data
  const { run: id, document } = request
  const opened = await openRun({
    document,
    model: request.model,
    folders: request.folders,
    kernels: data.kernels,
    threads: request.threads ?? availableParallelism(),
    workerFile: data.workerFile,
  })
  if (!opened.ok) {
    post({ kind: 'refused', run: id, problems: opened.problems })
    return
  }
  const { session, pool } = opened.value
  try {
    const governor = request.threads === null ? new ThreadGovernor(pool) : null
    governor?.start(session, () => performance.now())
    const training = new Training(data, opened.value, governor, post, keep)
    const resumed = training.resume()
    if (resumed.ok) training.run()
    else post({ kind: 'refused', run: id, problems: resumed.problems })
  } finally {
    await pool.close()
  }
}

/** One run while it trains. Never yields: commands are looked up between steps. */
class Training {
  readonly #id: string
  readonly #request: TrainRequest
  readonly #opened: OpenRun
  readonly #post: Post
  readonly #run: TrainingRun
  readonly #recorder: Recorder
  readonly #timer = new StepTimer()
  readonly #budget = new ProbeBudget()
  readonly #control: RunControl
  /** null: the user said how many threads. */
  readonly #governor: ThreadGovernor | null
  readonly #checkpoints: RunCheckpoints
  readonly #keep: (run: KeptRun) => void
  #saidPaused = false

  constructor(
    data: TrainerData,
    opened: OpenRun,
    governor: ThreadGovernor | null,
    post: Post,
    keep: (run: KeptRun) => void,
  ) {
    const { training } = data.request.document
    this.#id = data.request.run
    this.#request = data.request
    this.#opened = opened
    this.#governor = governor
    this.#post = post
    this.#keep = keep
    this.#run = new TrainingRun({
      session: opened.session,
      totalSteps: training.epochs * opened.session.stepsPerEpoch,
      learningRate: training.learningRate,
      schedule: training.schedule,
      stopAfter: training.stopAfter,
    })
    this.#checkpoints = new RunCheckpoints(data.request, opened, this.#run, data.kernels, performance.now())
    const { totalSteps, totalEpochs } = this.#run
    this.#recorder = new Recorder({ run: this.#id, totalSteps, totalEpochs })
    this.#control = new RunControl(data.port, data.word)
  }

  /** Goes on from a checkpoint, if the request has one. */
  resume(): Checked<null> {
    const resumed = this.#checkpoints.resume()
    if (resumed.ok) for (const point of this.#run.history) this.#recorder.recordValidation(point, this.#run.best)
    return resumed
  }

  run(): void {
    const { session, data, pool } = this.#opened
    this.#post({
      kind: 'started',
      run: this.#id,
      model: this.#request.model,
      totalSteps: this.#run.totalSteps,
      stepsPerEpoch: session.stepsPerEpoch,
      threads: pool.threads,
      baselines: data.baselines,
      metric: data.metric,
    })
    while (!this.#run.isFinished) {
      this.#hear()
      if (this.#control.stopping) break
      if (this.#control.paused && this.#control.singleSteps === 0) this.#rest()
      else if (!this.#step()) return
    }
    this.#end()
  }

  #hear(): void {
    const control = this.#control
    control.poll()
    if (control.learningRate !== null) {
      this.#run.learningRate = control.learningRate
      control.learningRate = null
    }
    if (control.frameRead !== null) {
      this.#recorder.frameRead(control.frameRead)
      control.frameRead = null
    }
    if (this.#saidPaused && !control.paused) {
      this.#saidPaused = false
      this.#post({ kind: 'resumed', run: this.#id })
    }
  }

  #rest(): void {
    if (!this.#saidPaused) {
      this.#saidPaused = true
      this.#post({ kind: 'paused', run: this.#id, step: this.#run.step })
    }
    if (this.#recorder.hasNews() && this.#recorder.isFrameDue(performance.now())) this.#sendFrame()
    this.#control.wait(this.#recorder.hasNews() ? PAUSE_WAIT : 60_000)
  }

  /** False when the run ended by divergence. */
  #step(): boolean {
    const start = performance.now()
    const single = this.#control.paused
    const due = this.#recorder.isFrameDue(start)
    const probes = single || (due && this.#budget.allows(start))
    if (!this.#run.advance(probes)) {
      this.#diverged()
      return false
    }
    const { step, progress, best } = this.#run
    const now = performance.now()
    const milliseconds = now - start
    this.#timer.add(milliseconds)
    if (!progress.evaluation) {
      this.#governor?.stepped(milliseconds)
      this.#budget.stepped(milliseconds, probes, now)
    }
    this.#recorder.recordLoss(step, progress.loss)
    if (progress.evaluation) {
      this.#recorder.recordValidation(progress.evaluation, best)
      const trouble = this.#checkpoints.writeIfDue(now)
      if (trouble !== null) console.error(`no checkpoint was written: ${trouble}`)
    }
    if (probes) {
      this.#recorder.recordGates(step, this.#opened.session.gates())
      this.#recorder.recordAttention(this.#opened.session.attention())
    }
    if (single) {
      this.#control.singleSteps--
      this.#saidPaused = false
    } else if (due) {
      this.#sendFrame()
    }
    return true
  }

  #sendFrame(): void {
    const { step, epoch } = this.#run
    const position = { step, epoch, seconds: this.#timer.seconds(), stepMilliseconds: this.#timer.median() }
    this.#post({ kind: 'frame', frame: this.#recorder.takeFrame(position, performance.now()) })
  }

  #diverged(): void {
    const origin = this.#run.findDivergence()
    const { step, best } = this.#run
    const { training } = this.#request.document
    const node = origin?.node ?? null
    const message = describeDivergence({
      step: step + 1,
      nodeTitle: node === null ? null : titleOf(this.#opened.model, node),
      phase: origin?.phase ?? null,
      learningRate: this.#run.learningRate,
      clipNorm: training.clipNorm,
      keptStep: best?.step ?? null,
    })
    if (this.#recorder.hasNews()) this.#sendFrame()
    // No weight has moved in the step that failed: with a smaller learning rate the run can go on from here.
    const last = this.#checkpoints.last()
    this.#run.finish()
    this.#keep(this.#checkpoints.kept(last))
    this.#post({ kind: 'diverged', run: this.#id, step: step + 1, node, message })
  }

  #end(): void {
    const reason = this.#run.endedEarly ? 'early' : this.#run.isFinished ? 'finished' : 'stopped'
    const last = this.#checkpoints.last()
    const { best, late, test } = this.#run.finish()
    this.#keep(this.#checkpoints.kept(last))
    if (late) this.#recorder.recordValidation(late, best)
    this.#sendFrame()
    const { baselines, metric } = this.#opened.data
    this.#post({
      kind: 'ended',
      run: this.#id,
      result: {
        reason,
        steps: this.#run.step,
        seconds: this.#timer.seconds(),
        best,
        test: present(test, 'data without a test part are refused'),
        baselines,
        metric,
      },
    })
  }
}
