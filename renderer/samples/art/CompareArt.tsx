const CURVES = [
  { hue: 'var(--hue-orange)', dash: '', path: 'M18 92C40 90 52 24 88 21C130 18 170 18 206 18', end: 18 },
  { hue: 'var(--hue-blue)', dash: '7 5', path: 'M18 96C70 96 96 92 118 58C134 34 158 31 206 30', end: 30 },
  { hue: 'var(--hue-vermilion)', dash: '2 4', path: 'M18 98C80 97 130 86 206 78', end: 78 },
] as const

/** Three models learn the same: one soon, one later, one hardly. */
export function CompareArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true">
      {[18, 44, 70, 96].map((y) => (
        <path key={y} d={`M18 ${y}H222`} stroke="var(--border)" />
      ))}
      <path d="M18 12V102H222" fill="none" stroke="var(--border-strong)" strokeWidth="1.5" opacity="0.6" />
      {CURVES.map(({ hue, dash, path, end }) => (
        <g key={hue} fill="none" stroke={hue} strokeWidth="2.5" strokeLinecap="round">
          <path d={path} strokeDasharray={dash} />
          <circle cx="206" cy={end} r="4" fill="var(--surface-panel)" />
        </g>
      ))}
    </svg>
  )
}
