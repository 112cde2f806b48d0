import { isSame } from '../../engine/base/isSame'
import { carriedShape } from '../../engine/compile/canConnect'
import type { PortKind } from '../../engine/nodes/defineNode'
import { nodeFacts, sourcePorts, targetPorts } from '../nodes/nodeFacts'
import type { End, Side } from './acts/ends'
import type { FlowInput } from './flowViews'

/** That a socket is wired, and the kind that flows there; null while nobody knows. */
export interface Joint {
  side: Side
  port: string
  kind: PortKind | null
}

/** By node: the joints of its sockets, in the order of the wires. */
export type Joints = ReadonlyMap<string, readonly Joint[]>

/** Returns a function that finds all joints of a model; a node whose joints are as they were keeps its list. */
export function createJoints(): (input: FlowInput) => Joints {
  let before: { input: FlowInput; joints: Joints } | null = null
  return (input) => {
    if (before && isWiredAlike(before.input, input)) return before.joints
    const found = new Map<string, Joint[]>()
    const note = (end: End, side: Side, kind: PortKind | null): void => {
      const joint = { side, port: end.port, kind }
      const list = found.get(end.node)
      if (list) list.push(joint)
      else found.set(end.node, [joint])
    }
    for (const { from, to } of Object.values(input.model.wires)) {
      const kind = flowingKind(input, from, to)
      note(from, 'output', kind)
      note(to, 'input', kind)
    }
    const joints = new Map<string, readonly Joint[]>()
    for (const [node, list] of found) {
      const old = before?.joints.get(node)
      joints.set(node, old && isSame(old, list) ? old : list)
    }
    before = { input, joints }
    return joints
  }
}

/** The same wires between the same nodes, of which as much is known: a node that was added or taken away has none. */
function isWiredAlike(before: FlowInput, now: FlowInput): boolean {
  if (before.model.wires !== now.model.wires || before.summary !== now.summary) return false
  const [old, known] = [before.model.nodes, before.analysis.nodes]
  return Object.keys(now.model.nodes).every(
    (id) => !(id in old) || (old[id] === now.model.nodes[id] && known[id] === now.analysis.nodes[id]),
  )
}

/** What flows between two sockets: what the compiler says, or while it does not know the only kind that both can carry. */
export function flowingKind({ model, analysis, summary }: FlowInput, from: End, to: End): PortKind | null {
  const shape = carriedShape(analysis, from)
  if (shape) return shape.kind
  const gives = sourcePorts(nodeFacts(model, from.node, summary)).find(({ name }) => name === from.port)?.kinds ?? []
  const takes = targetPorts(nodeFacts(model, to.node, summary)).find(({ name }) => name === to.port)?.kinds ?? []
  const both = gives.filter((kind) => takes.includes(kind))
  return both.length === 1 ? (both[0] ?? null) : null
}
