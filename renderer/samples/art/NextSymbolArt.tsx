const LETTERS = ['w', 'h', 'a', 'l']
const GUESSES = [
  { letter: 'e', share: 0.82 },
  { letter: 'l', share: 0.3 },
  { letter: 'y', share: 0.14 },
]

/** Letters already read, an open place, and how likely each next one is. */
export function NextSymbolArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" fontFamily="var(--font)" fontSize="15" fontWeight="600">
      {LETTERS.map((letter, index) => (
        <g key={letter} transform={`translate(${16 + index * 32} 20)`}>
          <rect width="27" height="30" rx="6" fill="var(--surface-raised)" stroke="var(--border)" />
          <text x="13.5" y="20.5" textAnchor="middle" fill="var(--text)">
            {letter}
          </text>
        </g>
      ))}
      <g transform="translate(144 20)">
        <rect
          width="27"
          height="30"
          rx="6"
          fill="var(--accent-soft)"
          stroke="var(--accent)"
          strokeWidth="1.5"
          strokeDasharray="4 3"
        />
        <text x="13.5" y="20.5" textAnchor="middle" fill="var(--accent)">
          ?
        </text>
      </g>
      {GUESSES.map(({ letter, share }, index) => (
        <g key={letter} transform={`translate(16 ${68 + index * 16})`}>
          <text x="4" y="9" fontSize="11" fontWeight="500" fill="var(--text-dim)">
            {letter}
          </text>
          <rect x="20" y="2" width="188" height="7" rx="3.5" fill="var(--meter-track)" />
          <rect
            x="20"
            y="2"
            width={188 * share}
            height="7"
            rx="3.5"
            fill={index === 0 ? 'var(--hue-orange)' : 'var(--border-strong)'}
          />
        </g>
      ))}
    </svg>
  )
}
