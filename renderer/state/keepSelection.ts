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
    useSelection.getState().keepOnly({ node: (id) => id in model.nodes, wire: (id) => id in model.wires })
  })
}
