import type { Baseline } from '../../engine/data/prepared'
import type { RunTrace } from '../run/telemetry'
import type { ChartGuide, ChartLine, ChartMark, ChartView, ChartWords } from './chartView'
import { type EpochScale, epochTicks, epochWords, shownScale } from './epochAxis'
import { learningVerdict } from './learningVerdict'
import { shortNumber } from './numbers'
import { quantile, smooth } from './smoothing'
import { logTicks, niceTicks, tickLabels } from './ticks'

export interface LossOptions {
  log: boolean
  /** All ticks and every baseline; otherwise only the outer ticks and the best baseline, for a small chart. */
  large: boolean
}

export type LossTrace = Pick<
  RunTrace,
  'training' | 'validation' | 'best' | 'baselines' | 'totalSteps' | 'stepsPerEpoch' | 'finished'
>

/** The strongest forecast without learning on the validation part; null when the data have none. */
export function bestBaseline(baselines: readonly Baseline[]): Baseline | null {
  return baselines.reduce<Baseline | null>(
    (best, one) => (best === null || one.loss.validation < best.loss.validation ? one : best),
    null,
  )
}

const scaleOf = (trace: LossTrace): EpochScale => shownScale(trace, trace.training.x.at(-1) ?? 0)

/** Line of the training loss, smoothed over about a thirtieth of what the chart shows. */
export function smoothedTraining(trace: LossTrace): number[] {
  const [losses = []] = trace.training.lines
  return smooth(trace.training.x, losses, Math.max(scaleOf(trace).totalSteps / 120, 2))
}

/** The loss chart, or null before the first point. */
export function lossView(trace: LossTrace | null, options: LossOptions): ChartView | null {
  if (!trace || trace.training.length === 0) return null
  const scale = scaleOf(trace)
  const [raw = []] = trace.training.lines
  const smoothed = smoothedTraining(trace)
  const validationY = trace.validation.map((point) => point.loss)
  const lines: ChartLine[] = [
    { key: 'raw', ink: 'blue', width: 1, opacity: 0.2, x: trace.training.x, y: raw },
    {
      key: 'training',
      ink: 'blue',
      width: 2,
      x: trace.training.x,
      y: smoothed,
      label: `training ${shortNumber(smoothed.at(-1) ?? Number.NaN)}`,
      readout: 'training',
    },
  ]
  const lastValidation = validationY.at(-1)
  if (lastValidation !== undefined) {
    lines.push({
      key: 'validation',
      ink: 'orange',
      width: 2,
      dash: [6, 4],
      x: trace.validation.map((point) => point.step),
      y: validationY,
      label: `validation ${shortNumber(lastValidation)}`,
      readout: 'validation',
    })
  }
  const guides = guidesOf(trace, options)
  const range = lossRange(raw, smoothed, validationY, guides, options.log)
  const decades = options.log ? logTicks(range.low, range.high) : []
  // Within less than a decade even steps tell more than 1, 2, 5.
  const ticks = decades.length > 2 ? decades : niceTicks(range.low, range.high, options.large ? 6 : 3)
  const labels = decades.length > 2 ? ticks.map(plainNumber) : tickLabels(ticks)
  return {
    lines,
    bands: [],
    guides,
    marks: marksOf(trace, options),
    x: { low: 0, high: scale.totalSteps, ticks: epochTicks(scale, trace.training.x.at(-1) ?? 0) },
    y: { ...range, log: options.log, ticks: ticks.map((at, index) => ({ at, label: labels[index] ?? '' })) },
    describeX: (step) => epochWords(scale, step),
  }
}

/** A round number without trailing zeros: "0.05", "2", "10". */
function plainNumber(value: number): string {
  return value >= 0.001 ? String(value) : value.toExponential(0)
}

function guidesOf(trace: LossTrace, options: LossOptions): ChartGuide[] {
  const best = bestBaseline(trace.baselines)
  const shown = options.large ? trace.baselines : trace.baselines.filter((one) => one === best)
  return shown.map((one) => ({
    value: one.loss.validation,
    label: `${one.name} ${shortNumber(one.loss.validation)}`,
    ink: 'guide',
    inside: !options.large,
  }))
}

function marksOf(trace: LossTrace, options: LossOptions): ChartMark[] {
  const { best } = trace
  if (!best) return []
  const mark: ChartMark = { x: best.step, y: best.loss, ink: 'orange' }
  return [options.large ? { ...mark, label: `best ${shortNumber(best.loss)}, epoch ${best.epoch}` } : mark]
}

/**
 * Heights to show: all of the smoothed lines and of the reference lines, and of the raw trace all but its wildest points. A peak
 * in the first steps may be cut off at the top, so that what follows can be read.
 */
export function lossRange(
  raw: readonly number[],
  smoothed: readonly number[],
  validation: readonly number[],
  guides: readonly ChartGuide[],
  log: boolean,
): { low: number; high: number } {
  const heights = [
    quantile(raw, 0.02),
    quantile(raw, 0.97),
    ...smoothed.slice(Math.floor(smoothed.length * 0.02)),
    ...validation,
    ...guides.map((guide) => guide.value),
  ].filter((value) => Number.isFinite(value) && (!log || value > 0))
  if (heights.length === 0) return { low: log ? 0.1 : 0, high: 1 }
  const low = heights.reduce((a, b) => Math.min(a, b))
  const high = heights.reduce((a, b) => Math.max(a, b))
  if (log) return { low: low / 1.15, high: Math.max(high * 1.15, low * 2) }
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 1e-6)
  return { low: low >= 0 ? Math.max(0, low - room) : low - room, high: high + room }
}

/** What the loss chart says. */
export function lossWords(trace: LossTrace | null): ChartWords {
  if (!trace || trace.training.length === 0) {
    return { verdict: '', tone: 'calm', reading: 'Loss: nothing trained yet' }
  }
  const { text, tone } = learningVerdict(trace.validation, trace.finished)
  const training = shortNumber(smoothedTraining(trace).at(-1) ?? Number.NaN)
  const validation = trace.validation.at(-1)
  const baseline = bestBaseline(trace.baselines)
  const parts = [`training ${training}`]
  if (validation) parts.push(`validation ${shortNumber(validation.loss)}`)
  if (baseline) parts.push(`${baseline.name} ${shortNumber(baseline.loss.validation)}`)
  return { verdict: text, tone, reading: `Loss: ${parts.join(', ')}` }
}
