import { parameterCount, programFlops } from '../compile/cost'
import type { Diagnostic } from '../document/diagnostic'
import type { Model, UnrollDocument } from '../document/schema'
import type { KernelSelection } from '../host/kernelVariants'
import type { OpenRun } from '../host/openRun'
import type { RunEnd } from '../host/protocol'
import type { FinalFigures, TrainingRun } from '../runtime/trainingRun'
import type { EvaluationPoint } from '../telemetry/frame'
import type { StepTimer } from '../telemetry/stepTimer'
import type { Terminal } from './command'
import { baselineObject, count, duration, measuredValue, metricsObject, metricValue, number, table } from './format'

const END_WORDS: Readonly<Record<RunEnd, string>> = {
  finished: 'Finished',
  early: 'Ended early, because the validation loss no longer got better,',
  stopped: 'Stopped',
}

interface ReportOptions {
  document: UnrollDocument
  model: Model
  run: OpenRun
  kernels: KernelSelection
  training: TrainingRun
  terminal: Terminal
  json: boolean
}

/** What `unroll train` says: one JSON object a line, or a line for every look at the validation part. */
export class TrainingReport {
  readonly #options: ReportOptions
  #lossSum = 0
  #lossCount = 0
  #drawnAt = Number.NEGATIVE_INFINITY

  constructor(options: ReportOptions) {
    this.#options = options
  }

  begin(): void {
    const { model, run, training, kernels, terminal, json, document } = this.#options
    if (json) return
    const { summary } = run.data
    const flops = this.#flops()
    terminal.out(`${document.name} · ${model.name} · ${summary.sentence}`)
    terminal.out(
      `${count(this.#weights())} weights, ${count(training.totalSteps)} steps of ${(flops / 1e6).toFixed(1)} MFLOP, ${run.pool.threads} thread${run.pool.threads === 1 ? '' : 's'}, ${kernels.report.chosen}`,
    )
  }

  /** After every step. */
  stepped(timer: StepTimer): void {
    const { training, terminal, json } = this.#options
    const { step, epoch, progress } = training
    this.#lossSum += progress.loss
    this.#lossCount++
    if (json) this.#line({ step, epoch, split: 'training', loss: progress.loss, metrics: {}, seconds: timer.seconds() })
    if (progress.evaluation) this.#evaluated(progress.evaluation, timer)
    const now = terminal.now()
    if (!json && now - this.#drawnAt > 100) {
      this.#drawnAt = now
      const left = ((training.totalSteps - step) * timer.seconds()) / step
      terminal.progress(
        `step ${count(step)} of ${count(training.totalSteps)} · loss ${number(progress.loss)} · ${duration(left)} left`,
      )
    }
  }

  diverged(problem: Diagnostic, timer: StepTimer): void {
    const { training, json } = this.#options
    if (!json) return
    const { step, epoch } = training
    this.#line({
      step: step + 1,
      epoch,
      split: 'training',
      loss: null,
      metrics: {},
      seconds: timer.seconds(),
      diverged: problem,
    })
  }

  ended(figures: FinalFigures, timer: StepTimer, reason: RunEnd): void {
    if (figures.late) this.#evaluated(figures.late, timer)
    if (this.#options.json) this.#endJson(figures, timer, reason)
    else this.#endText(figures, timer, reason)
  }

  #evaluated(point: EvaluationPoint, timer: StepTimer): void {
    const { run, terminal, json } = this.#options
    const { metric } = run.data
    const { step, epoch, loss } = point
    if (json) {
      const metrics = metricsObject(metric, point.metric, point.whole)
      this.#line({ step, epoch, split: 'validation', loss, metrics, seconds: timer.seconds() })
    } else {
      const training = number(this.#lossCount === 0 ? Number.NaN : this.#lossSum / this.#lossCount)
      terminal.out(
        `epoch ${epoch} · step ${count(step)} · training ${training} · validation ${number(loss)} · ${metric.label} ${measuredValue(metric, point)} · ${duration(timer.seconds())}`,
      )
    }
    this.#lossSum = 0
    this.#lossCount = 0
  }

  #endJson({ best, test }: FinalFigures, timer: StepTimer, reason: string): void {
    const { run, training, kernels } = this.#options
    const { metric, baselines } = run.data
    this.#line({
      step: best?.step ?? training.step,
      epoch: best?.epoch ?? training.epoch,
      split: 'test',
      loss: test?.loss ?? null,
      metrics: test ? metricsObject(metric, test.metric, test.whole) : {},
      seconds: timer.seconds(),
      reason,
      steps: training.step,
      parameters: this.#weights(),
      baselines: baselines.map((baseline) => baselineObject(baseline, metric, 'test')),
      millisecondsPerStep: timer.median(),
      gflops: this.#speed(timer),
      threads: run.pool.threads,
      kernels: kernels.report.chosen,
    })
  }

  #endText({ best, test }: FinalFigures, timer: StepTimer, reason: RunEnd): void {
    const { run, training, terminal } = this.#options
    const { metric, baselines } = run.data
    const rows = [['on the test part', 'loss', metric.label]]
    if (test)
      rows.push([
        `this model, step ${count(best?.step ?? training.step)}`,
        number(test.loss),
        measuredValue(metric, test),
      ])
    for (const baseline of baselines) {
      rows.push([baseline.name, number(baseline.loss.test), metricValue(metric, baseline.metric.test)])
    }
    const speed = this.#speed(timer)
    terminal.out(
      [
        `${END_WORDS[reason]} after ${count(training.step)} steps in ${duration(timer.seconds())}: ${number(timer.median())} ms a step${speed === null ? '' : `, ${speed.toFixed(1)} GFLOP/s`}`,
        ...table(rows),
      ].join('\n'),
    )
  }

  /** GFLOP/s; null where shorter batches make a step's work unknown. */
  #speed(timer: StepTimer): number | null {
    return this.#options.run.data.summary.variableLength ? null : this.#flops() / (timer.median() * 1e6)
  }

  #line(object: Record<string, unknown>): void {
    this.#options.terminal.out(JSON.stringify(object))
  }

  #weights(): number {
    return parameterCount(this.#options.run.plans.train.program)
  }

  /** Of a step with a full batch. */
  #flops(): number {
    const { plans, data } = this.#options.run
    return programFlops(plans.train.program, { rows: plans.batchRows, steps: data.summary.maximumSteps })
  }
}
