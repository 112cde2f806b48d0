import { freshId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import { type Hue, MAX_MARKS, type Note } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'

export type Notes = Readonly<Record<string, Note>>

/** What notes do, as acts: each is one undo entry. */

/** A new note, and the smallest that one may be made, in canvas pixels. */
export const NOTE = { width: 208, height: 112, least: { width: 96, height: 56 }, mostLetters: 5000 } as const

export function freshNoteId(notes: Notes, more: Iterable<string> = []): string {
  return freshId('note', new Set([...Object.keys(notes), ...more]))
}

/** The first words of a note, for those who do not see it; an empty one says so. */
export function noteTitle(note: Note | undefined): string {
  const line = (note?.text ?? '').trim().split('\n')[0] ?? ''
  if (line === '') return 'Empty note'
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

/** Null when the model holds as many as it may. */
export function addNoteAct(
  model: Model,
  notes: Notes,
  place: { x: number; y: number },
): { act: Act; note: string } | null {
  if (Object.keys(notes).length >= MAX_MARKS) return null
  const note = freshNoteId(notes)
  const value: Note = { text: '', hue: 'yellow', ...place, width: NOTE.width, height: NOTE.height }
  return { note, act: { label: 'Add a note', edits: [setNote(model, note, value)] } }
}

export function writeNoteAct(model: Model, notes: Notes, note: string, text: string): Act | null {
  const old = notes[note]
  const clean = text.slice(0, NOTE.mostLetters)
  if (!old || clean === old.text) return null
  return { label: 'Write a note', edits: [setNote(model, note, { ...old, text: clean })] }
}

export function tintNoteAct(model: Model, notes: Notes, note: string, hue: Hue): Act | null {
  const old = notes[note]
  return old ? { label: `Colour the note ${hue}`, edits: [setNote(model, note, { ...old, hue })] } : null
}

export function resizeNoteAct(
  model: Model,
  notes: Notes,
  note: string,
  size: { width: number; height: number },
): Act | null {
  const old = notes[note]
  return old ? { label: 'Resize a note', edits: [setNote(model, note, { ...old, ...size })] } : null
}

export function moveNoteEdits(
  model: Model,
  notes: Notes,
  places: ReadonlyMap<string, { x: number; y: number }>,
): Edit[] {
  return [...places].flatMap(([id, { x, y }]) => {
    const old = notes[id]
    return old && (old.x !== x || old.y !== y) ? [setNote(model, id, { ...old, x, y })] : []
  })
}

export function deleteNoteEdits(model: Model, notes: Notes, ids: readonly string[]): Edit[] {
  return ids.filter((id) => id in notes).map((id) => setNote(model, id, null))
}

/** "note", "3 notes". */
export const noteCount = (count: number): string => (count === 1 ? 'note' : plural(count, 'note'))

function setNote(model: Model, note: string, value: Note | null): Edit {
  return { kind: 'setNote', model: model.id, note, value }
}
