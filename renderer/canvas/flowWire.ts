import { carriedShape } from '../../engine/compile/canConnect'
import { shapeSentence } from '../../engine/nodes/words'
import { endTitle, nodeFacts, sourcePorts, targetPorts } from '../nodes/nodeFacts'
import { flowingKind } from './flowJoints'
import type { FlowInput, WireView } from './flowViews'

/** Null for a wire to a node or socket that is not there: it cannot be drawn; the problems list tells of it. */
export function makeWire(
  input: FlowInput,
  id: string,
  { problem, selected }: { problem: string | null; selected: boolean },
): WireView | null {
  const { model, analysis, summary, batchSize } = input
  const wire = model.wires[id]
  if (!wire) return null
  const from = { node: wire.from.node, port: wire.from.port }
  const to = { node: wire.to.node, port: wire.to.port }
  const source = nodeFacts(model, from.node, summary)
  const target = nodeFacts(model, to.node, summary)
  if (!source || !sourcePorts(source).some(({ name }) => name === from.port)) return null
  if (!target || !targetPorts(target).some(({ name }) => name === to.port)) return null
  const shape = carriedShape(analysis, from)
  const sentence = shape && summary && shapeSentence(shape, summary, batchSize)
  const label = `Wire from ${endTitle(source, from.port)} to ${endTitle(target, to.port)}${sentence ? `: ${sentence}` : ''}`
  return { id, from, to, selected, label, kind: flowingKind(input, from, to), sentence, problem }
}
