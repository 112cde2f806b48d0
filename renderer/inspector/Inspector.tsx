import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import styles from './Inspector.module.css'
import { ModelInspector } from './ModelInspector'
import { NodeInspector } from './NodeInspector'
import { SeveralInspector } from './SeveralInspector'
import { WireInspector } from './WireInspector'

/**
 * The right panel: whatever is selected, its settings and what they mean; with nothing selected, the model and its training. It follows
 * the selection right after the canvas has: making its many fields takes as long as everything that an edit does there.
 */
export function Inspector() {
  const selection = useInspected()
  return (
    <>
      {selection}
      {/* Kept while it is hidden: it must be there at once when an edit takes away what was selected. */}
      <div className={styles.kept} hidden={selection !== null}>
        <ModelInspector />
      </div>
    </>
  )
}

/** What is shown of the selection; null: nothing is selected. */
function useInspected(): ReactNode {
  const selected = useSelection((selection) => selection.nodes)
  const wires = useSelection((selection) => selection.wires)
  const isWished = useSelection((selection) => selection.focus !== null)
  const model = useDocument(activeModelOf)
  const summary = useDocument((state) => state.summary)
  const chosen = useMemo(() => ({ nodes: selected, wires }), [selected, wires])
  const deferred = useDeferredValue(chosen)
  // A field that is to take the focus must be there when it is looked for.
  const shown = isWished ? chosen : deferred
  // Groups can be selected beside nodes; what is set here are nodes.
  const nodes = useMemo(() => shown.nodes.filter((id) => Object.hasOwn(model.nodes, id)), [model, shown])
  const [node] = nodes
  const [wire] = shown.wires
  if (nodes.length > 1) return <SeveralInspector nodes={nodes} />
  const facts = node === undefined ? null : nodeFacts(model, node, summary)
  if (node !== undefined && facts) return <NodeInspector node={node} facts={facts} />
  if (wire !== undefined && shown.wires.length === 1 && Object.hasOwn(model.wires, wire)) {
    return <WireInspector wire={wire} />
  }
  return null
}
