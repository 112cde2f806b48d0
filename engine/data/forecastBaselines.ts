import { huberOf } from '../base/huber'
import type { ForecastData } from '../document/dataSchema'
import { type Baseline, type Scaling, SPLITS, type Split } from './prepared'

/** For each part the row numbers t of the last seen rows of its examples, in time order. */
export type LastSeenRows = Record<Split, number[]>

interface ForecastRows {
  definition: ForecastData
  inputs: readonly string[]
  targets: readonly string[]
  /** Target columns in the user's unit, one entry a row. */
  targetColumns: readonly Float64Array[]
  targetScaling: Scaling
  last: LastSeenRows
  /** First row after the training part. */
  trainingEnd: number
}

/**
 * What a model must beat: the last seen value (when the model sees the targets, too) and the mean of the training part.
 * Loss: squared error on scaled targets; metric: absolute error in the user's unit; both averaged over targets, then examples.
 */
export function forecastBaselines(rows: ForecastRows): Baseline[] {
  const means = rows.targetColumns.map((column) => {
    const known = column.subarray(0, rows.trainingEnd).filter((value) => !Number.isNaN(value))
    return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  })
  const mean = measure(rows, 'always the average', (target) => means[target] ?? 0)
  if (!rows.targets.every((name) => rows.inputs.includes(name))) return [mean]
  const name = rows.definition.stepWord === 'day' ? 'same as today' : `same as the last ${rows.definition.stepWord}`
  return [measure(rows, name, (target, t) => rows.targetColumns[target]?.[t] ?? 0), mean]
}

function measure(rows: ForecastRows, name: string, say: (target: number, lastRow: number) => number): Baseline {
  const loss: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const metric: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const absolute: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const huber: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const width = rows.targetColumns.length
  for (const split of SPLITS) {
    for (const t of rows.last[split]) {
      rows.targetColumns.forEach((column, target) => {
        const error = say(target, t) - (column[t + rows.definition.horizon] ?? 0)
        const scaled = error / (rows.targetScaling.scale[target] ?? 1)
        loss[split] += scaled ** 2
        absolute[split] += Math.abs(scaled)
        huber[split] += huberOf(scaled)
        metric[split] += Math.abs(error)
      })
    }
    const count = Math.max(1, rows.last[split].length * width)
    loss[split] /= count
    metric[split] /= count
    absolute[split] /= count
    huber[split] /= count
  }
  return { name, loss, otherLosses: { meanAbsoluteError: absolute, huber }, metric }
}
