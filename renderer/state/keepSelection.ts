import { groupsOf, notesOf } from '../../engine/document/groups'
import { readCanvasId } from '../canvas/groups/canvasIds'
import { activeModelOf, useDocument } from './document'
import { useSelection } from './selection'

/**
 * Drops from the selection what undo, or another model on the canvas, took away; of another document nothing is selected. Returns what
 * ends it.
 */
export function keepSelectionValid(): () => void {
  return useDocument.subscribe((state, before) => {
    if (state.loads !== before.loads) useSelection.getState().clear()
    if (state.document === before.document && state.activeModel === before.activeModel) return
    const model = activeModelOf(state)
    const groups = groupsOf(state.document, model.id)
    const notes = notesOf(state.document, model.id)
    const isGroup = (id: string): boolean => readCanvasId(id).kind === 'group' && readCanvasId(id).id in groups
    useSelection.getState().keepOnly({
      node: (id) => id in model.nodes || isGroup(id),
      wire: (id) => id in model.wires,
      group: (id) => id in groups,
      note: (id) => id in notes,
    })
  })
}
