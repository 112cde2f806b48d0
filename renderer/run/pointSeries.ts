/** Points kept of one line; with more, neighbours are averaged in pairs, so memory and drawing stay bounded however long a run is. */
export const MAX_KEPT = 4096

/**
 * A growing line of rows that share their x: `x[i]` with one value of each of the `lines`. Rows come in rising x. When full, every two
 * neighbours become their mean, which keeps the mean of the line and halves its number of points.
 */
export class PointSeries {
  x: number[] = []
  readonly lines: number[][]

  constructor(
    lines: number,
    private readonly limit: number = MAX_KEPT,
  ) {
    this.lines = Array.from({ length: lines }, () => [])
  }

  get length(): number {
    return this.x.length
  }

  /** Adds one row; a row at or before the last x is a repetition and is left out. */
  add(x: number, ...values: number[]): void {
    const last = this.x.at(-1)
    if (last !== undefined && x <= last) return
    if (this.x.length >= this.limit) this.halve()
    this.x.push(x)
    this.lines.forEach((line, index) => {
      line.push(values[index] ?? Number.NaN)
    })
  }

  /** The newest value of one line, or null. */
  last(line: number): number | null {
    return this.lines[line]?.at(-1) ?? null
  }

  private halve(): void {
    this.x = pairMeans(this.x)
    this.lines.forEach((line, index) => {
      this.lines[index] = pairMeans(line)
    })
  }
}

/** Means of neighbours two by two; a single last value stays. */
function pairMeans(values: readonly number[]): number[] {
  const halved: number[] = []
  for (let index = 0; index < values.length; index += 2) {
    const first = values[index] ?? Number.NaN
    halved.push((first + (values[index + 1] ?? first)) / 2)
  }
  return halved
}
