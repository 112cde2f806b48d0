import type { Act } from '../../../engine/document/edits'
import { type Hue, MAX_MARKS, type Position } from '../../../engine/document/layoutSchema'
import { tell } from '../../shell/notify'
import { useDocument } from '../../state/document'
import { useSelection } from '../../state/selection'
import { currentContext, takenOnSheet } from '../editing'
import { freePlace, snap } from '../geometry'
import { noteCardId } from '../groups/canvasIds'
import { currentNotes } from '../groups/currentGroups'
import { canvasView } from '../view'
import { addNoteAct, deleteNoteEdits, NOTE, noteCount, resizeNoteAct, tintNoteAct, writeNoteAct } from './noteActs'

/** What notes do on the canvas; each is one act. */

function apply(act: Act | null, merge?: string): void {
  if (act) useDocument.getState().apply(act, merge === undefined ? {} : { merge })
}

/** Adds a note with its middle at `place`, else where nothing is in the way in the middle of the view, and lets it be written at once. */
export function addNote(place?: Position): void {
  const middle = place ?? canvasView.get().port?.middle() ?? { x: 0, y: 0 }
  const wanted = { x: middle.x - NOTE.width / 2, y: middle.y - NOTE.height / 2 }
  const corner = place ? snap(wanted) : freePlace(wanted, NOTE, takenOnSheet())
  const made = addNoteAct(currentContext().model, currentNotes(), corner)
  if (!made) {
    tell(`A model holds at most ${MAX_MARKS} notes: delete one first.`)
    return
  }
  apply(made.act)
  showNote(made.note)
  useSelection.getState().write(made.note)
}

/** Words typed one after the other are one entry of the history, until the note is left. */
export function writeNote(note: string, text: string): void {
  apply(writeNoteAct(currentContext().model, currentNotes(), note, text), `note:${note}`)
}

export function endWriting(note: string): void {
  useDocument.getState().endMerge()
  if (useSelection.getState().writing === note) useSelection.getState().write(null)
}

export function tintNote(note: string, hue: Hue): void {
  apply(tintNoteAct(currentContext().model, currentNotes(), note, hue))
}

export function resizeNote(note: string, size: { width: number; height: number }): void {
  const { x: width, y: height } = snap({ x: size.width, y: size.height })
  apply(
    resizeNoteAct(currentContext().model, currentNotes(), note, {
      width: Math.max(NOTE.least.width, width),
      height: Math.max(NOTE.least.height, height),
    }),
  )
}

export function deleteNotes(notes: readonly string[]): void {
  const edits = deleteNoteEdits(currentContext().model, currentNotes(), notes)
  if (edits.length > 0) apply({ label: `Delete ${noteCount(edits.length)}`, edits })
}

/** Selects a note and brings it into view. */
export function showNote(note: string): void {
  useSelection.getState().select({ notes: [note] })
  useSelection.getState().bring([noteCardId(note)])
}
