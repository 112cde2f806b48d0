import type { Baseline, Metric, Split } from '../data/prepared'

/** "231 000" */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** Four digits that count: "1.624", "0.01250". */
export function number(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(4) : String(value)
}

/** "2.41 °C" or "53.2 %". */
export function metricValue(metric: Metric, value: number): string {
  if (metric.kind === 'accuracy') return `${(value * 100).toFixed(1)} %`
  return `${value.toPrecision(3)}${metric.unit ? ` ${metric.unit}` : ''}`
}

/** "1 h 02 min", "3 min 05 s", "4.1 s" */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** Columns padded to the widest cell; the first column to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    })
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** The metric as a JSON object under its stable name: {"accuracy": 0.53}; of sequences also the share that is right as a whole. */
export function metricsObject(metric: Metric, value: number, whole?: number): Record<string, number> {
  return { [metric.kind]: value, ...(whole === undefined ? {} : { wholeSequences: whole }) }
}

/** The metric of a measurement in words, and of sequences how many are right as a whole: "71.3 %, whole 40.2 %". */
export function measuredValue(metric: Metric, measured: { metric: number; whole?: number }): string {
  const value = metricValue(metric, measured.metric)
  return measured.whole === undefined ? value : `${value}, whole ${(measured.whole * 100).toFixed(1)} %`
}

export function baselineObject(baseline: Baseline, metric: Metric, split: Split) {
  return { name: baseline.name, loss: baseline.loss[split], metrics: metricsObject(metric, baseline.metric[split]) }
}
