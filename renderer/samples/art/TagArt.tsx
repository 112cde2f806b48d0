const WORDS = [
  { word: 'the', tag: 'DET', x: 16, width: 44 },
  { word: 'whale', tag: 'NOUN', x: 70, width: 64, telling: true },
  { word: 'turns', tag: 'VERB', x: 144, width: 60 },
]

/** Words of a sentence, each with its tag below it. */
export function TagArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" fontFamily="var(--font)" fontWeight="600" textAnchor="middle">
      {WORDS.map(({ word, tag, x, width, telling }) => (
        <g key={word} transform={`translate(${x} 22)`}>
          <rect width={width} height="30" rx="6" fill="var(--surface-raised)" stroke="var(--border)" />
          <text x={width / 2} y="20" fontSize="14" fill="var(--text)">
            {word}
          </text>
          <path d={`M${width / 2} 30V48`} stroke="var(--border-strong)" />
          <rect
            y="48"
            width={width}
            height="22"
            rx="11"
            fill={telling ? 'var(--hue-pink)' : 'none'}
            stroke={telling ? 'none' : 'var(--border-strong)'}
          />
          <text x={width / 2} y="63" fontSize="11" fill={telling ? 'var(--on-hue-pink)' : 'var(--text-dim)'}>
            {tag}
          </text>
        </g>
      ))}
    </svg>
  )
}
