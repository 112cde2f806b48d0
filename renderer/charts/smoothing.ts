/**
 * Exponentially smoothed line with the start-up bias removed (as Adam's moments are, Kingma & Ba 2015): a value `halfLife` further
 * back counts half. `x` rises and is in the unit of `halfLife`, so that uneven spacing does not change the look.
 */
export function smooth(x: readonly number[], y: readonly number[], halfLife: number): number[] {
  const smoothed: number[] = []
  let sum = 0
  let weight = 0
  let before = x[0] ?? 0
  for (let index = 0; index < y.length; index += 1) {
    const at = x[index] ?? before
    const keep = halfLife > 0 ? 0.5 ** ((at - before) / halfLife) : 0
    sum = sum * keep + (y[index] ?? 0)
    weight = weight * keep + 1
    smoothed.push(sum / weight)
    before = at
  }
  return smoothed
}

/** The value below which the share `q` of the values lies, linear between neighbours; NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  const position = q * (sorted.length - 1)
  const low = sorted[Math.floor(position)] ?? Number.NaN
  const high = sorted[Math.ceil(position)] ?? low
  return low + (high - low) * (position - Math.floor(position))
}

/** Slope of the straight line through the points by least squares; 0 for fewer than two. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const count = Math.min(x.length, y.length)
  if (count < 2) return 0
  const meanOf = (values: readonly number[]) => values.slice(0, count).reduce((sum, value) => sum + value, 0) / count
  const [meanX, meanY] = [meanOf(x), meanOf(y)]
  let covariance = 0
  let variance = 0
  for (let index = 0; index < count; index += 1) {
    const dx = (x[index] ?? 0) - meanX
    covariance += dx * ((y[index] ?? 0) - meanY)
    variance += dx * dx
  }
  return variance === 0 ? 0 : covariance / variance
}
