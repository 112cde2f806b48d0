import { useEffect } from 'react'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { type FocusWish, useSelection } from '../state/selection'
import { ModelInspector } from './ModelInspector'
import { NodeInspector } from './NodeInspector'
import { SeveralInspector } from './SeveralInspector'
import { fieldId } from './settingsEditing'
import { WireInspector } from './WireInspector'

/** The right panel: whatever is selected, its settings and what they mean; with nothing selected, the model and its training. */
export function Inspector() {
  const nodes = useSelection((selection) => selection.nodes)
  const wires = useSelection((selection) => selection.wires)
  const model = useDocument(activeModelOf)
  const summary = useDocument((state) => state.summary)
  useFocusWishes()
  const [node] = nodes
  const [wire] = wires
  if (nodes.length > 1) return <SeveralInspector nodes={nodes} />
  const facts = node === undefined ? null : nodeFacts(model, node, summary)
  if (node !== undefined && facts) return <NodeInspector node={node} facts={facts} />
  if (wire !== undefined && wires.length === 1) return <WireInspector wire={wire} />
  return <ModelInspector />
}

/** Puts the keyboard's focus on the field that a jump from the problems list asked for, once it is there. */
function useFocusWishes(): void {
  const wish = useSelection((selection) => selection.focus)
  useEffect(() => {
    if (!wish) return
    const frame = requestAnimationFrame(() => {
      const field = document.getElementById(idOf(wish))
      field?.focus()
      field?.scrollIntoView({ block: 'nearest' })
      useSelection.getState().wishFocus(null)
    })
    return () => cancelAnimationFrame(frame)
  }, [wish])
}

function idOf(wish: FocusWish): string {
  switch (wish.kind) {
    case 'setting':
      return fieldId.setting(wish.setting)
    case 'training':
      return fieldId.training(wish.field)
    case 'data':
      return `data-${wish.field ?? ''}`
    case 'field':
      return wish.id
  }
}
