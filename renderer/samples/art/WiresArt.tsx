/** Cards and wires: for samples whose goal has no picture of its own. */
export function WiresArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true">
      <path
        d="M76 60C92 60 92 38 108 38M76 60C92 60 92 82 108 82M156 38C172 38 172 60 188 60M156 82C172 82 172 60 188 60"
        fill="none"
        stroke="var(--hue-blue)"
        strokeWidth="1.75"
      />
      {[
        { x: 28, y: 46, hue: 'var(--hue-orange)' },
        { x: 108, y: 24, hue: 'var(--hue-green)' },
        { x: 108, y: 68, hue: 'var(--hue-green)' },
        { x: 188, y: 46, hue: 'var(--hue-vermilion)' },
      ].map(({ x, y, hue }) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          <rect width="48" height="28" rx="7" fill="var(--surface-raised)" stroke="var(--border)" />
          <rect x="7" y="8" width="12" height="12" rx="3.5" fill={hue} />
          <rect x="24" y="11" width="17" height="6" rx="3" fill="var(--border-strong)" opacity="0.6" />
        </g>
      ))}
    </svg>
  )
}
