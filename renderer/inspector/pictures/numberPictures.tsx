import { Box, STEPS, Way, Words } from './drawing'

/** A symbol chooses its row of numbers. */
export function LookUpPicture() {
  const rows = ['a', 'cat', 'sat', 'the']
  return (
    <>
      {rows.map((word, row) => {
        const y = 20 + row * 24
        const chosen = word === 'cat'
        return (
          <g key={word}>
            <Words x={94} y={y + 4} anchor="end" strong={chosen}>
              {word}
            </Words>
            {[0, 1, 2, 3].map((column) => (
              <Box
                key={column}
                x={114 + column * 20}
                y={y}
                width={18}
                height={18}
                radius={4}
                tone={chosen ? 'full' : 'soft'}
                strength={chosen ? 0.35 + (((column * 37) % 5) / 5) * 0.65 : 1}
              />
            ))}
          </g>
        )
      })}
      <Way from={[46, 44]} to={[68, 44]} />
      <Box x={27} y={44} width={34} height={22} tone="soft">
        cat
      </Box>
      <Way from={[188, 44]} to={[226, 44]} strong />
    </>
  )
}

/** Waves of different length: no two places read alike. */
export function WavesPicture() {
  const wave = (length: number, y: number) => {
    const points = Array.from({ length: 61 }, (_, n) => {
      const x = 24 + n * 3.2
      return `${x.toFixed(1)} ${(y - 11 * Math.sin(((x - 24) / length) * 2 * Math.PI)).toFixed(1)}`
    })
    return `M${points.join('L')}`
  }
  const waves = [
    { length: 44, y: 22 },
    { length: 96, y: 56 },
    { length: 210, y: 90 },
  ]
  return (
    <>
      {STEPS.map((x) => (
        <path key={x} d={`M${x} 6V106`} stroke="var(--picture-edge)" strokeDasharray="2 4" />
      ))}
      {waves.map(({ length, y }) => (
        <g key={length}>
          <path d={wave(length, y)} fill="none" stroke="var(--hue)" strokeWidth="1.75" />
          {STEPS.map((x) => (
            <circle
              key={x}
              cx={x}
              cy={y - 11 * Math.sin(((x - 24) / length) * 2 * Math.PI)}
              r="3.5"
              fill="var(--hue)"
              stroke="var(--surface-sunken)"
              strokeWidth="1.5"
            />
          ))}
        </g>
      ))}
    </>
  )
}

/** What comes in along the bottom goes out bent. */
export function CurvePicture() {
  return (
    <>
      <path d="M24 56H216M120 8V104" stroke="var(--picture-edge)" />
      <path d="M24 96L216 16" stroke="var(--picture-line)" strokeDasharray="3 4" />
      <path
        d="M24 94C86 94 96 86 120 56S154 18 216 18"
        fill="none"
        stroke="var(--hue)"
        strokeWidth="2.25"
        strokeLinecap="round"
      />
    </>
  )
}

/** Numbers of any spread come out around 0 with one spread. */
export function EvenPicture() {
  const bars = (x: number, heights: readonly number[], tone: string) =>
    heights.map((height, index) => (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have nothing but their place
        key={index}
        x={x + index * 14}
        y={height > 0 ? 56 - height : 56}
        width="10"
        height={Math.abs(height)}
        rx="2.5"
        fill={tone}
      />
    ))
  return (
    <>
      <path d="M20 56H96M144 56H220" stroke="var(--picture-line)" />
      {bars(24, [44, 12, 36, 50, 24], 'var(--picture-line)')}
      <Way from={[104, 56]} to={[136, 56]} strong />
      {bars(148, [14, -26, 4, 22, -14], 'var(--hue)')}
    </>
  )
}

/** Some numbers are hidden, by chance. */
export function HidePicture() {
  const hidden = new Set([1, 7, 8, 13])
  return Array.from({ length: 15 }, (_, index) => {
    const [x, y] = [STEPS[index % 5] ?? 0, 22 + Math.floor(index / 5) * 34]
    const gone = hidden.has(index)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing but their place
      <g key={index}>
        <Box
          x={x}
          y={y}
          width={24}
          height={24}
          tone={gone ? 'ghost' : 'full'}
          strength={0.4 + ((index * 7) % 6) / 10}
        />
        {gone && (
          <path
            d={`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`}
            stroke="var(--picture-line)"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        )}
      </g>
    )
  })
}

/** Rows of examples, cut into parts. */
export function ExamplesPicture() {
  return (
    <>
      {[0, 1, 2, 3].map((row) => (
        <g key={row}>
          {STEPS.slice(0, 4).map((x) => (
            <Box key={x} x={x} y={20 + row * 24} width={32} height={16} radius={4} />
          ))}
          <Box x={204} y={20 + row * 24} width={32} height={16} radius={4} tone="full" strength={1 - row * 0.18} />
        </g>
      ))}
      <path d="M181 8V104" stroke="var(--picture-line)" strokeDasharray="3 3" />
    </>
  )
}
