import { describe, expect, it } from 'vitest'
import { chordKeys, chordWords, type KeyPress, matchesChord } from './chords'

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }
}

describe('chords', () => {
  it('match exactly their keys', () => {
    expect(matchesChord('Mod+Z', press('z', { ctrlKey: true }), false)).toBe(true)
    expect(matchesChord('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(matchesChord('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(matchesChord('Mod+Z', press('z'), false)).toBe(false)
    expect(matchesChord('Mod+Alt+Enter', press('Enter', { ctrlKey: true, altKey: true }), false)).toBe(true)
    expect(matchesChord('Delete', press('Delete'), false)).toBe(true)
    expect(matchesChord('Delete', press('Delete', { ctrlKey: true }), false)).toBe(false)
  })

  it('take Cmd for Mod on macOS, and nothing else with it', () => {
    expect(matchesChord('Mod+S', press('s', { metaKey: true }), true)).toBe(true)
    expect(matchesChord('Mod+S', press('s', { ctrlKey: true }), true)).toBe(false)
    expect(matchesChord('Mod+S', press('s', { ctrlKey: true, metaKey: true }), false)).toBe(false)
  })

  it('take signs as signs', () => {
    expect(matchesChord('?', press('?', { shiftKey: true }), false)).toBe(true)
    expect(matchesChord('?', press('?'), false)).toBe(true)
    expect(matchesChord('Mod++', press('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
    expect(matchesChord('Mod+,', press(',', { ctrlKey: true }), false)).toBe(true)
  })

  it('go by the place of the key where the letter is another one', () => {
    expect(matchesChord('Mod+Z', press('я', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(true)
    expect(matchesChord('Alt+C', press('ç', { altKey: true, code: 'KeyC' }), true)).toBe(true)
    // A Latin layout with other places: the letter counts.
    expect(matchesChord('Mod+Z', press('y', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(false)
  })

  it('are written as on the keyboard', () => {
    expect(chordKeys('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(chordWords('Mod+Shift+Z', true)).toBe('⌘⇧Z')
    expect(chordWords('Mod+Alt+Enter', false)).toBe('Ctrl+Alt+Enter')
    expect(chordKeys('Mod++', false)).toEqual(['Ctrl', '+'])
    expect(chordKeys('Delete', false)).toEqual(['Del'])
  })
})
