import type { Scaling } from './prepared'

/**
 * How each column is brought near 0 and 1: `standard` to mean 0 and deviation 1, `range` to 0 … 1. Fitted on rows 0 … end-1
 * only, NaN left out. A column that never changes there keeps its size.
 */
export function fitScaling(
  columns: readonly Float64Array[],
  end: number,
  kind: 'standard' | 'range' | 'none',
): Scaling {
  const fitted = columns.map((column) => fitColumn(column.subarray(0, end), kind))
  return { offset: fitted.map(([offset]) => offset), scale: fitted.map(([, scale]) => scale) }
}

function fitColumn(column: Float64Array, kind: 'standard' | 'range' | 'none'): [offset: number, scale: number] {
  const values = column.filter((value) => !Number.isNaN(value))
  if (kind === 'none' || values.length === 0) return [0, 1]
  if (kind === 'range') {
    const least = values.reduce((low, value) => Math.min(low, value))
    const width = values.reduce((high, value) => Math.max(high, value)) - least
    return [least, isSpread(width, least) ? width : 1]
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const deviation = Math.sqrt(variance)
  return [mean, isSpread(deviation, mean) ? deviation : 1]
}

/** False for what is only the rounding of equal values, or so small that dividing by it could leave float32. */
function isSpread(spread: number, around: number): boolean {
  return spread > 1e-9 * Math.abs(around) && spread > 1e-18
}

/** (value - offset) / scale of column `index`. */
export function scaled(scaling: Scaling, index: number, value: number): number {
  return (value - (scaling.offset[index] ?? 0)) / (scaling.scale[index] ?? 1)
}
