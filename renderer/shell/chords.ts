/** What of a keyboard event decides about a chord. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/**
 * True when the pressed keys are the chord, such as "Mod+Shift+Z". Mod is Cmd on macOS and Ctrl elsewhere. A sign that needs Shift
 * on some keyboards ("?", "+") is matched as a sign, whatever Shift is.
 */
export function matchesChord(chord: string, press: KeyPress, mac: boolean): boolean {
  const parts = chord.split('+')
  const key = parts.at(-1) || '+'
  const has = (name: string) => parts.slice(0, -1).includes(name)
  const mod = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  if (mod !== has('Mod') || other || press.altKey !== has('Alt')) return false
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!sign && press.shiftKey !== has('Shift')) return false
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  // Alt changes the letter on macOS, and other alphabets have other letters: the place on the keyboard counts then.
  const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^[0-9]$/.test(key) ? `Digit${key}` : null
  return letter !== null && press.code === letter && (press.altKey || !/^[a-z0-9]$/i.test(press.key))
}

const WORDS: Readonly<Record<string, string>> = {
  Enter: 'Enter',
  Delete: 'Del',
  Backspace: 'Backspace',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** The chord's keys as they are written on the keyboard, in order: ["Ctrl", "Shift", "Z"]. */
export function chordKeys(chord: string, mac: boolean): string[] {
  const parts = chord.split('+')
  const key = parts.at(-1) || '+'
  const modifiers = parts.slice(0, -1).filter((part) => part !== '')
  const named = modifiers.map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
    if (part === 'Alt') return mac ? '⌥' : 'Alt'
    return mac && part === 'Shift' ? '⇧' : part
  })
  return [...named, WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key)]
}

/** "Ctrl+Shift+Z", for tooltips. */
export function chordWords(chord: string, mac: boolean): string {
  return chordKeys(chord, mac).join(mac ? '' : '+')
}
