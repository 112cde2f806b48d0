/** A small line without axes; decoration beside numbers that say the same. */
export function Sparkline({
  values,
  width = 72,
  height = 22,
}: {
  values: readonly number[]
  width?: number
  height?: number
}) {
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path
        d={sparkPath(values, width, height)}
        fill="none"
        stroke="var(--hue-orange)"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** An SVG path through the values, the smallest at the bottom; empty for fewer than two. Sizes in pixels. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite)
  if (finite.length < 2) return ''
  const low = Math.min(...finite)
  const room = Math.max(...finite) - low || 1
  const edge = 2
  return finite
    .map((value, index) => {
      const x = edge + (index / (finite.length - 1)) * (width - 2 * edge)
      const y = height - edge - ((value - low) / room) * (height - 2 * edge)
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}
