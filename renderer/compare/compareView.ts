import type { Metric } from '../../engine/data/prepared'
import type { EvaluationPoint } from '../../engine/telemetry/frame'
import type { ChartGuide, ChartLine, ChartMark, ChartView, ChartWords } from '../charts/chartView'
import { epochTicks, epochWords } from '../charts/epochAxis'
import { shortNumber } from '../charts/numbers'
import { niceTicks, tickLabels } from '../charts/ticks'
import { formatMetric, isBetter } from '../run/resultWords'
import { curveStyle } from './compareStyle'
import { bestEntries, bestPoint, type Comparison, namesOf } from './comparison'

/** What the curves show: the headline number of the task, or the loss that training makes smaller. */
export type CompareHeight = 'score' | 'loss'

/** Forecasts without learning that are drawn, the strongest first: more would fill the chart. */
const MOST_BASELINES = 2
const LONGEST_NAME = 24

/** The validation of all models over each other, or null before the first. */
export function compareView(
  comparison: Comparison | null,
  height: CompareHeight,
  highlight: string | null,
): ChartView | null {
  if (!comparison?.metric) return null
  const { metric, entries, stepsPerEpoch } = comparison
  const heightOf = (point: EvaluationPoint): number => (height === 'score' ? point.metric : point.loss)
  const say = (value: number): string => (height === 'score' ? formatMetric(metric, value) : shortNumber(value))
  const lines: ChartLine[] = []
  const marks: ChartMark[] = []
  for (const [index, entry] of entries.entries()) {
    const { model, name, points } = entry
    const last = points.at(-1)
    if (!last) continue
    const stands = highlight === null ? 'plain' : highlight === model ? 'out' : 'back'
    const style = curveStyle(index)
    const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
    lines.push({
      // The look is part of the key: a line that stands out is another one to the painter.
      key: `${model} ${stands}`,
      ink: style.ink,
      dash: style.dash,
      width: stands === 'out' ? 3.5 : 2,
      ...(stands === 'back' ? { opacity: 0.3 } : {}),
      x: points.map(({ step }) => step),
      y: points.map(heightOf),
      label: `${short} ${say(heightOf(last))}`,
      readout: short,
    })
    const lowest = points.reduce((a, b) => (b.loss < a.loss ? b : a), last)
    const best = height === 'loss' ? lowest : (bestPoint(metric, entry)?.point ?? last)
    marks.push({ x: best.step, y: heightOf(best), ink: style.ink })
  }
  if (lines.length === 0) return null
  const guides = guidesOf(comparison, metric, height, say)
  const totalSteps = Math.max(1, ...entries.map((entry) => entry.totalSteps))
  const newest = Math.max(...lines.map((line) => line.x.at(-1) ?? 0))
  const scale = { totalSteps, stepsPerEpoch }
  const range = heights(lines, guides, height === 'score' && metric.kind === 'accuracy')
  const ticks = niceTicks(range.low, range.high, 5)
  const labels =
    height === 'score' && metric.kind === 'accuracy'
      ? ticks.map((tick) => `${Number((tick * 100).toFixed(1))}%`)
      : tickLabels(ticks)
  return {
    lines,
    bands: [],
    guides,
    marks,
    x: { low: 0, high: totalSteps, ticks: epochTicks(scale, newest) },
    y: { ...range, log: false, ticks: ticks.map((at, index) => ({ at, label: labels[index] ?? '' })) },
    describeX: (step) => epochWords(scale, step),
  }
}

function guidesOf(
  { baselines }: Comparison,
  metric: Metric,
  height: CompareHeight,
  say: (value: number) => string,
): ChartGuide[] {
  const value = (baseline: Comparison['baselines'][number]): number =>
    height === 'score' ? baseline.metric.validation : baseline.loss.validation
  return [...baselines]
    .sort((a, b) => (isBetter(metric, a.metric.validation, b.metric.validation) ? -1 : 1))
    .slice(0, MOST_BASELINES)
    .map((one) => ({ value: value(one), label: `${one.name} ${say(value(one))}`, ink: 'guide', inside: false }))
}

/** A little room above and below; shares stay between 0 and 1. */
function heights(lines: readonly ChartLine[], guides: readonly ChartGuide[], isShare: boolean) {
  const all = [...lines.flatMap(({ y }) => y), ...guides.map(({ value }) => value)].filter(Number.isFinite)
  if (all.length === 0) return { low: 0, high: 1 }
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 1e-6)
  return {
    low: low >= 0 ? Math.max(0, low - room) : low - room,
    high: isShare ? Math.min(1.02, high + room) : high + room,
  }
}

/** What the chart says. */
export function compareWords(comparison: Comparison | null): ChartWords {
  const metric = comparison?.metric
  const trained = comparison?.entries.flatMap((entry) => {
    const best = metric ? bestPoint(metric, entry) : null
    return metric && best ? [`${entry.name} ${formatMetric(metric, best.point.metric)}`] : []
  })
  if (!comparison || !metric || !trained?.length) {
    return { verdict: '', tone: 'calm', reading: 'Comparison: nothing trained yet' }
  }
  const names = namesOf(bestEntries(comparison))
  const verdict = names !== '' && comparison.running ? `${names}, so far` : names
  return { verdict, tone: 'calm', reading: `Best ${metric.label} on validation: ${trained.join(', ')}` }
}
