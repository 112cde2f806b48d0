/** φ(x), the density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/** Φ(x), its distribution function, to the last few bits of a double: what float64 gradient checks need. */
export function normalDistribution(x: number): number {
  if (Number.isNaN(x)) return x
  const tail = Math.abs(x) < SERIES_END ? 0.5 - centre(Math.abs(x)) : farTail(Math.abs(x))
  return x < 0 ? tail : 1 - tail
}

/** Below, the series is fast and loses nothing; above, the continued fraction. */
const SERIES_END = 3

/** Φ(x) − ½ = φ(x) (x + x³/3 + x⁵/15 + …), all terms positive (Abramowitz & Stegun 26.2.11). */
function centre(x: number): number {
  let term = x
  let sum = x
  for (let n = 3; term > sum * 1e-17; n += 2) {
    term *= (x * x) / n
    sum += term
  }
  return normalDensity(x) * sum
}

/** 1 − Φ(x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))) (26.2.14), from the inside out. */
function farTail(x: number): number {
  let fraction = x
  for (let n = 120; n > 0; n--) fraction = x + n / fraction
  return normalDensity(x) / fraction
}
