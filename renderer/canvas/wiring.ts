import type { ModelAnalysis } from '../../engine/compile/analyse'
import { canConnect, carriedShape } from '../../engine/compile/canConnect'
import { nestingOf } from '../../engine/compile/frames'
import type { DataSummary } from '../../engine/data/prepared'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import type { PortKind } from '../../engine/nodes/defineNode'
import { nodeFacts, sourcePorts, targetPorts } from '../nodes/nodeFacts'
import { type End, endKey, type Side, sameEnd } from './acts/ends'

/** Everything that decides whether a wire may be laid. */
export interface WiringContext {
  document: UnrollDocument
  model: Model
  analysis: ModelAnalysis
  summary: DataSummary | null
}

export type Judgement = ReturnType<typeof canConnect>

/** May a wire join `start` (an output or an input) and `other` on the opposite side? */
export function judge(context: WiringContext, start: End, side: Side, other: End): Judgement {
  const [from, to] = side === 'output' ? [start, other] : [other, start]
  return canConnect(context.document, context.model.id, from, to, context.analysis)
}

/** Every socket on the side opposite to `side`, except those of the same node. */
export function oppositeEnds({ model, summary }: WiringContext, start: End, side: Side): End[] {
  const ends: End[] = []
  for (const node of Object.keys(model.nodes)) {
    if (node === start.node) continue
    const facts = nodeFacts(model, node, summary)
    const ports = side === 'output' ? targetPorts(facts) : sourcePorts(facts)
    for (const port of ports) ends.push({ node, port: port.name })
  }
  return ends
}

/** Keys of the sockets that a wire from `start` may go to: they light up, the others dim. */
export function fittingEnds(context: WiringContext, start: End, side: Side): Set<string> {
  const fitting = oppositeEnds(context, start, side).filter((end) => judge(context, start, side, end).ok)
  return new Set(fitting.map(endKey))
}

/** The socket of `node` that a wire dropped anywhere on its card goes to: the first that fits, else the first at all. */
export function endOnCard(context: WiringContext, start: End, side: Side, node: string, fits: ReadonlySet<string>) {
  const ends = oppositeEnds(context, start, side).filter((end) => end.node === node)
  return ends.find((end) => fits.has(endKey(end))) ?? ends[0] ?? null
}

/** What flows out of a port; null while nobody knows. */
export function carriedKind({ model, analysis, summary }: WiringContext, from: End): PortKind | null {
  const shape = carriedShape(analysis, from)
  if (shape) return shape.kind
  const spec = sourcePorts(nodeFacts(model, from.node, summary)).find((port) => port.name === from.port)
  return spec?.kinds.length === 1 ? (spec.kinds[0] ?? null) : null
}

/** Kinds that an input takes. */
export function takenKinds({ model, summary }: WiringContext, to: End): readonly PortKind[] {
  return targetPorts(nodeFacts(model, to.node, summary)).find((port) => port.name === to.port)?.kinds ?? []
}

export function wireBetween(model: Model, from: End, to: End): string | null {
  for (const [id, wire] of Object.entries(model.wires)) {
    if (sameEnd(wire.from, from) && sameEnd(wire.to, to)) return id
  }
  return null
}

/** The node and everything that its data reach in the same frame, each once. */
export function downstream(model: Model, start: string): string[] {
  const nesting = nestingOf(model)
  const reached = new Set([start])
  // A set that grows while it is walked: each node is visited once, also in a circle.
  for (const node of reached) {
    for (const { from, to } of Object.values(model.wires)) {
      if (from.node === node && nesting.get(to.node) === nesting.get(node)) reached.add(to.node)
    }
  }
  return [...reached].filter((node) => node in model.nodes)
}
