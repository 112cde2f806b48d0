import { chordKeys } from './chords'
import { isMac } from './platform'

/** The keys of a chord, each in its own frame. */
export function Keys({ chord }: { chord: string }) {
  return (
    <span>
      {chordKeys(chord, isMac()).map((key, index) => (
        <span key={key}>
          {index > 0 ? ' ' : null}
          <kbd>{key}</kbd>
        </span>
      ))}
    </span>
  )
}
