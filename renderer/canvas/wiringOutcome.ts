import { nodeFacts } from '../nodes/nodeFacts'
import { type End, sameEnd } from './acts/ends'
import { currentContext } from './editing'
import { canvasView } from './view'
import { judge } from './wiring'

/** What letting go over this socket would do, in a few words; why nothing, if it does not fit. */
export function wiringOutcome(other: End): string | null {
  const { wiring } = canvasView.get()
  if (!wiring || other.node === wiring.start.node) return null
  const context = currentContext()
  const { model } = context
  const judgement = judge(context, wiring.start, wiring.side, other)
  if (!judgement.ok) return judgement.message
  const title = (node: string): string => nodeFacts(model, node, null)?.title ?? node
  const to = wiring.side === 'output' ? other : wiring.start
  const there = Object.entries(model.wires).find(([id, wire]) => id !== wiring.moved && sameEnd(wire.to, to))
  const verb = `Connects ${wiring.side === 'output' ? `to ${title(other.node)}` : `from ${title(other.node)}`}`
  return there ? `${verb}, in place of the wire from ${title(there[1].from.node)}` : verb
}
