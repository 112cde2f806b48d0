const LETTERS = ['k', 'n', 'i', 'g', 'h', 't']
const SOUNDS = ['N', 'AY', 'T']
/** Which letters each sound looks at. */
const LOOKS: readonly (readonly number[])[] = [[0, 1], [2, 3], [5]]

const letterX = (index: number) => 30 + index * 36
const soundX = (index: number) => 66 + index * 54

/** Letters of a word, the sounds that they become, and where each sound looks. */
export function TranslateArt() {
  return (
    <svg viewBox="0 0 240 120" aria-hidden="true" fontFamily="var(--font)" fontWeight="600" textAnchor="middle">
      {SOUNDS.map((sound, index) =>
        LOOKS[index]?.map((letter) => (
          <path
            key={`${sound} ${LETTERS[letter]}`}
            d={`M${letterX(letter)} 44C${letterX(letter)} 62 ${soundX(index)} 58 ${soundX(index)} 76`}
            fill="none"
            stroke="var(--hue-blue)"
            strokeWidth="2"
          />
        )),
      )}
      {LETTERS.map((letter, index) => (
        <g key={letter} transform={`translate(${letterX(index) - 14} 16)`}>
          <rect width="28" height="28" rx="6" fill="var(--surface-raised)" stroke="var(--border)" />
          <text x="14" y="19" fontSize="14" fill="var(--text)">
            {letter}
          </text>
        </g>
      ))}
      {SOUNDS.map((sound, index) => (
        <g key={sound} transform={`translate(${soundX(index) - 21} 76)`}>
          <rect width="42" height="26" rx="13" fill="var(--hue-vermilion)" />
          <text x="21" y="18" fontSize="13" fill="var(--on-hue-vermilion)">
            {sound}
          </text>
        </g>
      ))}
    </svg>
  )
}
