interface Curve {
  hue: string
  dash: string
  path: string
  /** Height of its end, where a ring stands. */
  end: number
}

/** A small chart with a few curves. */
export function Curves({ curves }: { curves: readonly Curve[] }) {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true">
      {[18, 44, 70, 96].map((y) => (
        <path key={y} d={`M18 ${y}H222`} stroke="var(--border)" />
      ))}
      <path d="M18 12V102H222" fill="none" stroke="var(--border-strong)" strokeWidth="1.5" opacity="0.6" />
      {curves.map(({ hue, dash, path, end }) => (
        <g key={hue} fill="none" stroke={hue} strokeWidth="2.5" strokeLinecap="round">
          <path d={path} strokeDasharray={dash} />
          <circle cx="206" cy={end} r="4" fill="var(--surface-panel)" />
        </g>
      ))}
    </svg>
  )
}
