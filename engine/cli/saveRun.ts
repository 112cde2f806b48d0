import { version } from '../../package.json'
import type { Model, UnrollDocument } from '../document/schema'
import { weightTensors } from '../export/weights'
import type { KernelSelection } from '../host/kernelVariants'
import type { OpenRun } from '../host/openRun'
import type { FinalFigures, TrainingRun } from '../runtime/trainingRun'
import type { EvaluationPoint } from '../telemetry/frame'
import { baselineObject, metricsObject } from './format'
import { writeRunFolder } from './runFolder'

interface FinishedRun {
  document: UnrollDocument
  model: Model
  run: OpenRun
  kernels: KernelSelection
  training: TrainingRun
  figures: FinalFigures
  seconds: number
}

/** Writes the weights in memory (the best ones, after `finish`) and what the run was and came to. */
export function saveRun(folder: string, finished: FinishedRun): void {
  const { document, model, run, kernels, training, figures } = finished
  const { metric, baselines, summary } = run.data
  const plan = run.plans.predict
  const weights = {
    tensors: weightTensors(plan, run.session.weights()),
    metadata: { format: 'unroll weights', engine: version, model: model.id, data: summary.fingerprint },
  }
  const point = ({ step, epoch, loss, metric: value, whole }: EvaluationPoint) => ({
    step,
    epoch,
    loss,
    metrics: metricsObject(metric, value, whole),
  })
  writeRunFolder(folder, weights, {
    format: 'unroll run',
    version: 1,
    engine: version,
    kernels: kernels.report.chosen,
    document: document.name,
    model: { id: model.id, name: model.name },
    training: document.training,
    data: { title: summary.title, fingerprint: summary.fingerprint },
    steps: training.step,
    seconds: finished.seconds,
    best: figures.best && point(figures.best),
    test: figures.test && {
      loss: figures.test.loss,
      metrics: metricsObject(metric, figures.test.metric, figures.test.whole),
    },
    baselines: baselines.map((baseline) => baselineObject(baseline, metric, 'test')),
    validation: training.history.map(point),
  })
}
