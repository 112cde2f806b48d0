import type { UnrollDocument } from '../../engine/document/schema'

/** One act: what undo goes back to and what redo returns to. Snapshots share every part that did not change. */
export interface HistoryEntry {
  /** The act's name, for the menu and the announcement: "Move LSTM". */
  label: string
  before: UnrollDocument
  after: UnrollDocument
  /** The model the act happened in, so that undo shows it; null for the document as a whole. */
  model: string | null
  /** Acts with the same key that follow each other are one entry: typing in one field, one press of an arrow key after another. */
  merge: string | null
}

export interface History {
  past: readonly HistoryEntry[]
  future: readonly HistoryEntry[]
  /** False after undo, redo, leaving a field or saving: the next act begins an entry of its own. */
  mergeable: boolean
}

/** Acts kept; the oldest are forgotten. */
export const MAX_ENTRIES = 1000

export const emptyHistory: History = { past: [], future: [], mergeable: false }

/** The history after an act. What was undone before is gone. */
export function record(history: History, entry: HistoryEntry): History {
  const last = history.past.at(-1)
  if (last && history.mergeable && entry.merge !== null && last.merge === entry.merge) {
    return { past: [...history.past.slice(0, -1), { ...last, after: entry.after }], future: [], mergeable: true }
  }
  return { past: [...history.past, entry].slice(-MAX_ENTRIES), future: [], mergeable: true }
}

/** Moves the last act to the future; null when there is none. `entry.before` is the document to show. */
export function stepBack(history: History): { history: History; entry: HistoryEntry } | null {
  const entry = history.past.at(-1)
  if (!entry) return null
  return {
    entry,
    history: { past: history.past.slice(0, -1), future: [entry, ...history.future], mergeable: false },
  }
}

/** Moves the first undone act back to the past; null when there is none. `entry.after` is the document to show. */
export function stepForward(history: History): { history: History; entry: HistoryEntry } | null {
  const entry = history.future[0]
  if (!entry) return null
  return {
    entry,
    history: { past: [...history.past, entry], future: history.future.slice(1), mergeable: false },
  }
}

/** Closes the last entry: the next act does not merge into it. */
export function closeEntry(history: History): History {
  return history.mergeable ? { ...history, mergeable: false } : history
}
