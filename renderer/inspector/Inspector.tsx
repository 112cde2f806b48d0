import { useMemo } from 'react'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { ModelInspector } from './ModelInspector'
import { NodeInspector } from './NodeInspector'
import { SeveralInspector } from './SeveralInspector'
import { WireInspector } from './WireInspector'

/** The right panel: whatever is selected, its settings and what they mean; with nothing selected, the model and its training. */
export function Inspector() {
  const selected = useSelection((selection) => selection.nodes)
  const wires = useSelection((selection) => selection.wires)
  const model = useDocument(activeModelOf)
  const summary = useDocument((state) => state.summary)
  // Groups can be selected beside nodes; what is set here are nodes.
  const nodes = useMemo(() => selected.filter((id) => Object.hasOwn(model.nodes, id)), [model, selected])
  const [node] = nodes
  const [wire] = wires
  if (nodes.length > 1) return <SeveralInspector nodes={nodes} />
  const facts = node === undefined ? null : nodeFacts(model, node, summary)
  if (node !== undefined && facts) return <NodeInspector node={node} facts={facts} />
  if (wire !== undefined && wires.length === 1) return <WireInspector wire={wire} />
  return <ModelInspector />
}
