/** Round numbers inside [low, high], about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return []
  const raw = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power
  const ticks: number[] = []
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    // Rounded to the step's own digits: 0.30000000000000004 is 0.3.
    ticks.push(Number((index * step).toPrecision(12)))
  }
  return ticks
}

/** Ticks of a logarithmic axis: 1, 2 and 5 in every decade inside [low, high]; only powers of ten over many decades. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high > low)) return []
  const first = Math.floor(Math.log10(low))
  const last = Math.ceil(Math.log10(high))
  const factors = last - first > 4 ? [1] : [1, 2, 5]
  const ticks: number[] = []
  for (let power = first; power <= last; power += 1) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(6))
      if (value >= low && value <= high) ticks.push(value)
    }
  }
  return ticks
}

/** Tick labels with as many decimals as tell neighbours apart: 1.5, 2.0, 2.5. */
export function tickLabels(ticks: readonly number[]): string[] {
  const step = Math.min(...ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? tick)))
  const decimals = Number.isFinite(step) && step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 1
  return ticks.map((tick) =>
    Math.abs(tick) >= 1e5 || decimals > 5 ? tick.toExponential(0).replace('e+', 'e') : tick.toFixed(decimals),
  )
}
