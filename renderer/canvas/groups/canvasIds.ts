import type { End } from '../acts/ends'

/** What an element of the canvas stands for. React Flow knows one list of ids; those of the document hold no colon. */
export interface CanvasId {
  kind: 'node' | 'group' | 'note'
  id: string
}

const GROUP = 'group:'
const NOTE = 'note:'

export const groupCardId = (group: string): string => GROUP + group
export const noteCardId = (note: string): string => NOTE + note

export function readCanvasId(id: string): CanvasId {
  if (id.startsWith(GROUP)) return { kind: 'group', id: id.slice(GROUP.length) }
  if (id.startsWith(NOTE)) return { kind: 'note', id: id.slice(NOTE.length) }
  return { kind: 'node', id }
}

/** The end of a wire that a handle stands for: a closed group's handles are named after the ends they lead to. */
export function endOfHandle(card: string, handle: string): End {
  const colon = handle.indexOf(':')
  if (readCanvasId(card).kind === 'node' || colon < 0) return { node: card, port: handle }
  return { node: handle.slice(0, colon), port: handle.slice(colon + 1) }
}
