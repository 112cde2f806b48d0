import type { Baseline, Metric, Split } from '../../engine/data/prepared'
import { formatMetric, isBetter } from '../run/resultWords'

export interface ResultRow {
  name: string
  text: string
  /** Length of the bar, 0 … 1. */
  share: number
  mine: boolean
}

/** As many baselines as fit beside the model. */
const MOST = 5

/** The model first, then the forecasts without learning, the strongest first. Bars share one scale that starts at 0. */
export function resultRows(
  metric: Metric,
  value: number | null,
  baselines: readonly Baseline[],
  split: Split,
): ResultRow[] {
  const others = [...baselines]
    .sort((a, b) => (isBetter(metric, a.metric[split], b.metric[split]) ? -1 : 1))
    .slice(0, MOST)
  const values = [...(value === null ? [] : [value]), ...others.map((one) => one.metric[split])].filter(Number.isFinite)
  const most = metric.kind === 'accuracy' ? 1 : Math.max(...values, 1e-9)
  const row = (name: string, height: number, mine: boolean): ResultRow => ({
    name,
    text: formatMetric(metric, height),
    share: Number.isFinite(height) ? Math.max(0, Math.min(1, height / most)) : 0,
    mine,
  })
  return [
    ...(value === null ? [] : [row('this model', value, true)]),
    ...others.map((one) => row(one.name, one.metric[split], false)),
  ]
}
