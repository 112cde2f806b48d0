/** Words of three lines; one of them gives the era away. */
const WORDS = [
  { x: 28, y: 38, width: 34 },
  { x: 68, y: 38, width: 22 },
  { x: 96, y: 38, width: 40 },
  { x: 28, y: 56, width: 20 },
  { x: 54, y: 56, width: 40, telling: true },
  { x: 100, y: 56, width: 28 },
  { x: 28, y: 74, width: 44 },
  { x: 78, y: 74, width: 26 },
  { x: 110, y: 74, width: 20 },
]

/** A few lines of a speech, and the era it is put into. */
export function LabelArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" fontFamily="var(--font)" fontSize="11" fontWeight="600">
      <rect x="16" y="22" width="132" height="76" rx="10" fill="var(--surface-raised)" stroke="var(--border)" />
      {WORDS.map(({ x, y, width, telling }) => (
        <rect
          key={`${x} ${y}`}
          x={x}
          y={y}
          width={width}
          height="7"
          rx="3.5"
          fill={telling ? 'var(--hue-pink)' : 'var(--border-strong)'}
          opacity={telling ? 1 : 0.5}
        />
      ))}
      <path d="M148 60C158 60 158 43 168 43M148 60C158 60 158 77 168 77" fill="none" stroke="var(--border-strong)" />
      <rect x="168" y="32" width="56" height="22" rx="11" fill="var(--hue-pink)" />
      <text x="196" y="47" textAnchor="middle" fill="var(--on-hue-pink)">
        1846
      </text>
      <rect x="168.5" y="66.5" width="55" height="21" rx="10.5" fill="none" stroke="var(--border-strong)" />
      <text x="196" y="81" textAnchor="middle" fill="var(--text-dim)" fontWeight="500">
        1966
      </text>
    </svg>
  )
}
