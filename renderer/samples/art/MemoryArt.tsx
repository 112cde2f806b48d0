const STEPS = [0, 1, 2, 3, 4, 5, 6]

/** The same first step seen from further and further: an LSTM still knows it at the end, a plain RNN has let it fade. */
export function MemoryArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" fontFamily="var(--font)" fontSize="10.5" fontWeight="500">
      <Row y={22} hue="var(--hue-green)" label="LSTM" strength={() => 1} />
      <Row y={70} hue="var(--hue-vermilion)" label="RNN" strength={(step) => 0.46 ** step} />
    </svg>
  )
}

function Row({
  y,
  hue,
  label,
  strength,
}: {
  y: number
  hue: string
  label: string
  strength: (step: number) => number
}) {
  return (
    <g transform={`translate(16 ${y})`}>
      <text x="0" y="18" fill="var(--text-dim)">
        {label}
      </text>
      <g transform="translate(38 0)">
        <path d="M12 14H158" stroke="var(--border-strong)" strokeWidth="1.5" opacity="0.6" />
        {STEPS.map((step) => (
          <g key={step} transform={`translate(${step * 25} 3)`}>
            <rect width="21" height="22" rx="6" fill="var(--surface-raised)" stroke="var(--border)" />
            <rect width="21" height="22" rx="6" fill={hue} opacity={Math.max(0.04, strength(step))} />
          </g>
        ))}
      </g>
    </g>
  )
}
