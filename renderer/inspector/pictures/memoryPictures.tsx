import { BOTTOM, Box, STEPS, StepRow, TOP, Way, Words } from './drawing'

/** The line of a memory through one time step, with its gates as valves on it. */
export function CellPicture({ gates, mixes }: { gates: readonly string[]; mixes?: string }) {
  const line = 44
  const places = gates.map((_, index) => 120 + (index - (gates.length - 1) / 2) * 46)
  return (
    <>
      <rect x="48" y="20" width="144" height="66" rx="12" fill="var(--hue-soft)" stroke="var(--hue)" />
      <Way from={[10, line]} to={[230, line]} strong />
      <Words x={24} y={line - 8}>
        before
      </Words>
      <Words x={216} y={line - 8}>
        after
      </Words>
      <Way from={[120, 110]} to={[120, 88]} />
      <Way from={[120, 19]} to={[120, 3]} />
      {gates.map((gate, index) => {
        const x = places[index] ?? 120
        return (
          <g key={gate}>
            <Way from={[x, 66]} to={[x, 55]} />
            <circle cx={x} cy={line} r="9.5" fill="var(--surface-raised)" stroke="var(--hue)" strokeWidth="1.75" />
            <path
              d={`M${x - 4.5} ${line + 4}L${x + 4.5} ${line - 4}`}
              stroke="var(--hue)"
              strokeWidth="2"
              strokeLinecap="round"
            />
            <Words x={x} y={77} strong>
              {gate}
            </Words>
          </g>
        )
      })}
      {mixes !== undefined && (
        <>
          <Way from={[120, 84]} to={[120, 60]} />
          <Box x={120} y={line} width={46} height={26} tone="full" radius={13}>
            {mixes}
          </Box>
        </>
      )}
    </>
  )
}

const FADES = [0.95, 0.75, 0.45] as const

/** Several memories; the first step fades from each at a speed of its own. */
export function FadingPicture() {
  return FADES.map((fade, row) => {
    const y = 26 + row * 28
    return (
      <g key={fade}>
        <Way from={[20, y]} to={[228, y]} strength={0.7} />
        {STEPS.map((x, step) => (
          <Box key={x} x={x} y={y} tone="full" strength={fade ** (step * 1.6)} />
        ))}
      </g>
    )
  })
}

/** One reads from the beginning, the other from the end; every step gets both. */
export function BothWaysPicture() {
  const [there, back] = [44, 68]
  return (
    <>
      <StepRow y={BOTTOM + 6} />
      {STEPS.map((x) => (
        <g key={x}>
          <Way from={[x, BOTTOM - 5]} to={[x, 80]} />
          <Way from={[x, 33]} to={[x, 22]} />
          <Box x={x} y={12} width={20} height={16} tone="full" />
        </g>
      ))}
      <rect x="20" y="34" width="200" height="20" rx="10" fill="var(--hue-soft)" stroke="var(--hue)" />
      <rect x="20" y="58" width="200" height="20" rx="10" fill="var(--hue-soft)" stroke="var(--hue)" />
      <Way from={[34, there]} to={[206, there]} strong />
      <Way from={[206, back]} to={[34, back]} strong />
    </>
  )
}

/** The same layer on top of itself. */
export function LayersPicture() {
  return (
    <>
      {[0, 1, 2].map((layer) => {
        const y = 78 - layer * 26
        return (
          <g key={layer}>
            <rect x="56" y={y - 9} width="128" height="18" rx="9" fill="var(--hue-soft)" stroke="var(--hue)" />
            <Way from={[68, y]} to={[172, y]} strong strength={0.5 + layer * 0.25} />
            <Way from={[120, y + 17]} to={[120, y + 11]} />
            <Words x={200} y={y + 3.5} anchor="start">
              {String(layer + 1)}
            </Words>
          </g>
        )
      })}
      <Box x={120} y={104} width={60} height={14} />
      <Way from={[120, 16]} to={[120, 4]} />
    </>
  )
}

/** Two parts one above the other, each with a way around it that adds what came in. */
export function BlockPicture({ parts }: { parts: readonly string[] }) {
  return (
    <>
      <Way from={[120, 110]} to={[120, 2]} strong strength={0.5} />
      {parts.map((part, index) => {
        const y = 80 - index * 48
        return (
          <g key={part}>
            <Way from={[120, y + 20]} to={[120, y - 18]} bend={[256, y + 1]} />
            <Box x={120} y={y} width={84} height={22} tone="soft" radius={11}>
              {part}
            </Box>
            <circle cx="120" cy={y - 21} r="6.5" fill="var(--surface-raised)" stroke="var(--hue)" strokeWidth="1.5" />
            <path
              d={`M116.5 ${y - 21}h7M120 ${y - 24.5}v7`}
              stroke="var(--hue)"
              strokeWidth="1.5"
              strokeLinecap="round"
            />
          </g>
        )
      })}
    </>
  )
}

const WEIGHTS = [0.2, 0.9, 0.35, 1, 0.55] as const

/** One step looks at others, at each as much as it is worth. */
export function AttentionPicture({ looksAt }: { looksAt: 'itself' | 'other' | 'all' }) {
  const asks = looksAt === 'all' ? 120 : 160
  return (
    <>
      {STEPS.map((x, step) => (
        <Way
          key={x}
          from={[x, BOTTOM - 12]}
          to={[asks, TOP + 13]}
          bend={[(x + asks) / 2 + (x - asks) * 0.25, 56]}
          strong
          head={false}
          strength={WEIGHTS[step] ?? 1}
        />
      ))}
      {STEPS.map((x, step) => (
        <Box key={x} x={x} y={BOTTOM} tone="full" strength={WEIGHTS[step] ?? 1} />
      ))}
      {looksAt === 'all' ? (
        <Box x={asks} y={TOP} width={28} height={22} tone="full" />
      ) : (
        STEPS.map((x) => (
          <Box key={x} x={x} y={TOP} tone={x === asks ? 'full' : looksAt === 'itself' ? 'soft' : 'plain'} />
        ))
      )}
    </>
  )
}
