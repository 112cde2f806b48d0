/** Lines with their own x, as uPlot wants them: one rising x, and for each line a value or null at every one of them. */
export function alignLines(
  lines: readonly { x: readonly number[]; y: readonly number[] }[],
): [number[], ...(number | null)[][]] {
  const union = [...new Set(lines.flatMap((line) => line.x))].sort((a, b) => a - b)
  const columns = lines.map((line) => {
    const column: (number | null)[] = []
    let next = 0
    for (const x of union) {
      if (line.x[next] === x) {
        column.push(line.y[next] ?? null)
        next += 1
      } else {
        column.push(null)
      }
    }
    return column
  })
  return [union, ...columns]
}
