import { plural } from '../../engine/data/describeData'
import type { Baseline, DataSummary, Metric, Split } from '../../engine/data/prepared'
import { groupedNumber } from '../charts/numbers'

/** A model's metric against forecasts without learning. */
export interface Comparison {
  /** "Off by 1.9 °C on unseen days." */
  headline: string
  /** "“same as today” is off by 2.6 °C. Better by 27 %." Empty when the data have no baseline. */
  comparison: string
  /** "better by 27 %", "worse by 7.0 points"; empty when level or unknown. */
  difference: string
  tone: 'good' | 'level' | 'bad' | 'unknown'
}

/** A name in quotation marks, unless it has some of its own: “same as today”, Always “modern”. */
function quoted(name: string): string {
  return name.includes('“') ? name.charAt(0).toUpperCase() + name.slice(1) : `“${name}”`
}

/** Difference, relative or in accuracy, that counts as none. */
const LEVEL = 0.005

/** Relative worsening from which per cent say less than "three times". */
const MANY_TIMES = 2

/** "1.9 °C", "54 %": as many digits as the number deserves. */
export function formatMetric(metric: Metric, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (metric.kind === 'accuracy') {
    const share = value * 100
    return `${share > 0 && share < 10 ? share.toFixed(1) : Math.round(share)} %`
  }
  const size = Math.abs(value)
  const text = size >= 100 ? value.toFixed(0) : size >= 1 ? value.toFixed(1) : value.toPrecision(3)
  return metric.unit === '' ? text : `${text} ${metric.unit}`
}

/** True when `a` is the better value of the metric. */
export function isBetter(metric: Metric, a: number, b: number): boolean {
  return metric.kind === 'accuracy' ? a > b : a < b
}

/** The strongest forecast without learning on one part of the data; null when the data have none. */
export function strongest(metric: Metric, baselines: readonly Baseline[], split: Split): Baseline | null {
  return baselines.reduce<Baseline | null>(
    (best, one) => (best === null || isBetter(metric, one.metric[split], best.metric[split]) ? one : best),
    null,
  )
}

/** What an example of the data is called, many of them: "days", "letters", "texts". */
export function examplesWord(summary: DataSummary | null): string {
  if (!summary) return 'examples'
  if (summary.target.kind === 'symbol') return plural(summary.target.unit)
  if (summary.target.kind === 'class') return 'texts'
  if (summary.target.kind === 'sequence') return 'pairs'
  if (summary.target.kind === 'tag') return plural(summary.stepWord)
  const word = summary.stepWord
  return word === 'step' || word === 'row' || word === '' ? 'examples' : plural(word)
}

/** The result in words, compared with the strongest baseline. */
export function compare(
  metric: Metric,
  value: number,
  baselines: readonly Baseline[],
  split: Split,
  examples: string,
): Comparison {
  const mine = formatMetric(metric, value)
  const headline =
    metric.kind === 'accuracy' ? `Right for ${mine} of unseen ${examples}.` : `Off by ${mine} on unseen ${examples}.`
  const rival = strongest(metric, baselines, split)
  if (!rival) return { headline, comparison: '', difference: '', tone: 'unknown' }
  const other = rival.metric[split]
  const name = quoted(rival.name)
  const theirs =
    metric.kind === 'accuracy'
      ? `${name} is right for ${formatMetric(metric, other)}.`
      : `${name} is off by ${formatMetric(metric, other)}.`
  const { tone, words } = differenceOf(metric, value, other)
  const last = words === '' ? 'No better than that yet.' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  return { headline, comparison: `${theirs} ${last}`, difference: words, tone }
}

function differenceOf(metric: Metric, value: number, other: number): { words: string; tone: Comparison['tone'] } {
  const gain = metric.kind === 'accuracy' ? value - other : other === 0 ? 0 : 1 - value / other
  if (Math.abs(gain) < LEVEL) return { words: '', tone: 'level' }
  if (metric.kind === 'absoluteError' && gain <= -MANY_TIMES) {
    const times = value / other
    return { words: `${times < 10 ? times.toFixed(1) : groupedNumber(times)} times as far off`, tone: 'bad' }
  }
  const size = Math.abs(gain) * 100
  const amount =
    metric.kind === 'accuracy'
      ? `${size < 10 ? size.toFixed(1) : Math.round(size)} points`
      : `${Math.max(1, Math.round(size))} %`
  return gain > 0 ? { words: `better by ${amount}`, tone: 'good' } : { words: `worse by ${amount}`, tone: 'bad' }
}
