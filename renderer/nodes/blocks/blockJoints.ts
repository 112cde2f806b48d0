import type { DataSummary } from '../../../engine/data/prepared'
import type { Group } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import type { PortKind } from '../../../engine/nodes/defineNode'
import { frameOf, type Joint } from '../../canvas/acts/addNode'
import { type Clip, readClip } from '../../canvas/acts/clipboard'
import { connectAct } from '../../canvas/acts/connect'
import type { End } from '../../canvas/acts/ends'
import { mayLieInside } from '../../canvas/acts/frames'
import { currentContext, positions } from '../../canvas/editing'
import { blockEnds } from '../../canvas/groups/blocks'
import { currentGroups } from '../../canvas/groups/currentGroups'
import { judge, takenKinds } from '../../canvas/wiring'
import { useDocument } from '../../state/document'
import { nodeFacts } from '../nodeFacts'

/** Joining a whole block to what is there: the counterpart of acts/addNode.ts for blocks of the user's own. */

/** The block as a model of its own, in one group: what its sockets are follows from that. */
function alone(clip: Clip): { model: Model; group: Group } {
  const inside = (id: string): boolean => Object.hasOwn(clip.nodes, id)
  const nodes = Object.entries(clip.nodes).map(([id, { at: _, ...node }]) => [id, node])
  const wires = clip.wires.filter(({ from }) => inside(from.node)).map((wire, index) => [`wire-${index}`, wire])
  const tops = Object.keys(clip.nodes).filter((id) => !inside(clip.nodes[id]?.parent ?? ''))
  return {
    model: { id: 'block', name: 'Block', nodes: Object.fromEntries(nodes), wires: Object.fromEntries(wires) },
    group: { name: 'Block', nodes: tops },
  }
}

/** Has the block sockets for this joint, told from their kinds alone, and may it lie where the joint is? */
export function blockFits(text: string, joint: Joint, summary: DataSummary | null): boolean {
  const clip = readClip(text)
  if (!clip) return false
  const { model, group } = alone(clip)
  const context = currentContext()
  if (frameOf(context.model, joint) !== null && !group.nodes.every((id) => mayLieInside(model, id))) return false
  const layout = Object.fromEntries(Object.entries(clip.nodes).map(([id, { at }]) => [id, at]))
  const ends = blockEnds(model, group, layout, summary)
  const kinds = (end: End, side: 'inputs' | 'outputs'): readonly PortKind[] =>
    nodeFacts(model, end.node, summary)?.[side].find(({ name }) => name === end.port)?.kinds ?? []
  const takes = (carries: PortKind | null): boolean =>
    ends.inputs.some((end) => carries === null || kinds(end, 'inputs').includes(carries))
  const gives = (wanted: readonly PortKind[]): boolean =>
    ends.outputs.some((end) => kinds(end, 'outputs').some((kind) => wanted.includes(kind)))
  switch (joint.kind) {
    case 'after':
      return takes(joint.carries)
    case 'before':
      return gives(joint.takes)
    case 'into': {
      const to = context.model.wires[joint.wire]?.to
      return to !== undefined && takes(joint.carries) && gives(takenKinds(context, to))
    }
  }
}

/** Lays the wires that join an inserted block, as far as they fit; they belong to the act of the same `merge`. */
export function joinBlock(group: string, joint: Joint, merge: string): void {
  const old = joint.kind === 'into' ? currentContext().model.wires[joint.wire] : undefined
  const from = joint.kind === 'after' ? joint.from : old?.from
  const to = joint.kind === 'before' ? joint.to : old?.to
  if (from) joinInput(group, from, merge)
  if (to) joinOutput(group, to, merge)
}

/** True when a socket of the block took the wire. */
export function joinInput(group: string, from: End, merge: string): boolean {
  const { inputs } = endsOf(group)
  const to = inputs.find((end) => judge(currentContext(), from, 'output', end).ok)
  if (to) useDocument.getState().apply(connectAct(currentContext().model, from, to), { merge })
  return to !== undefined
}

function joinOutput(group: string, to: End, merge: string): void {
  const { outputs } = endsOf(group)
  const from = outputs.find((end) => judge(currentContext(), end, 'output', to).ok)
  if (from) useDocument.getState().apply(connectAct(currentContext().model, from, to), { merge })
}

function endsOf(group: string): ReturnType<typeof blockEnds> {
  const { model, summary } = currentContext()
  const one = currentGroups()[group]
  return one ? blockEnds(model, one, positions(), summary) : { inputs: [], outputs: [] }
}
