export const NOTE_SUMMARY = 'Words on the canvas, for people only.'

const WORDS = ['note', 'comment', 'text', 'words', 'sticky note', 'remark']

/** Does a search mean a note? */
export function findsNote(search: string): boolean {
  const words = search.trim().toLowerCase()
  return WORDS.some((word) => word.startsWith(words))
}
