/**
 * Line smoothed without lag: the mean of all values, each counting half as much for every `halfLife` that it is further away, on
 * either side. `x` rises and is in the unit of `halfLife`, so that uneven spacing does not change the look.
 */
export function smooth(x: readonly number[], y: readonly number[], halfLife: number): number[] {
  if (!(halfLife > 0)) return [...y]
  const before = leaning(x, y, halfLife)
  const after = leaning(x.map((value) => -value).reverse(), [...y].reverse(), halfLife)
  return y.map((value, index) => {
    const left = before[index]
    const right = after[y.length - 1 - index]
    if (!left || !right) return value
    // The value itself is in both sums.
    return (left.sum + right.sum - value) / (left.weight + right.weight - 1)
  })
}

/** For each place the weighted sum of the values up to it, and the sum of their weights. */
function leaning(x: readonly number[], y: readonly number[], halfLife: number): { sum: number; weight: number }[] {
  let sum = 0
  let weight = 0
  let before = x[0] ?? 0
  return y.map((value, index) => {
    const at = x[index] ?? before
    const keep = 0.5 ** ((at - before) / halfLife)
    sum = sum * keep + value
    weight = weight * keep + 1
    before = at
    return { sum, weight }
  })
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
