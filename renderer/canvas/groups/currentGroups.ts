import { groupsOf, notesOf } from '../../../engine/document/groups'
import { useDocument } from '../../state/document'
import type { Notes } from '../notes/noteActs'
import type { Groups } from './blocks'

/** Groups and notes of the model on the canvas. */
export function currentGroups(): Groups {
  const { document, activeModel } = useDocument.getState()
  return groupsOf(document, activeModel)
}

export function currentNotes(): Notes {
  const { document, activeModel } = useDocument.getState()
  return notesOf(document, activeModel)
}
