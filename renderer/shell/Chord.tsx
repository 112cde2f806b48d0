import { chordKeys } from './chords'
import { isMac } from './platform'

/** The keys of a chord ("Mod+Shift+G") in one frame, as menus show them at the right: "Ctrl Shift G", on macOS "⌘ ⇧ G". */
export function Chord({ keys }: { keys: string }) {
  return <kbd>{chordKeys(keys, isMac()).join(' ')}</kbd>
}
