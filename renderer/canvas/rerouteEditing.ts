import { levelOf, nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import { nodeDefinitions } from '../../engine/nodes/index'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { addNodeAct } from './acts/addNode'
import { dotAround } from './acts/reroute'
import { wireEndsOf } from './dropTargets'
import { currentContext, keptInside, positions } from './editing'
import { pointsAlong } from './geometry'
import { currentGroups } from './groups/currentGroups'
import { joinEdits } from './groups/groupUnder'
import { toFrame } from './places'
import { carriedKind } from './wiring'

/** Bends a wire at a point of the sheet, else in its middle. */
export function addReroute(wire: string, point?: Position): void {
  const context = currentContext()
  const { model, summary } = context
  const ends = model.wires[wire]
  const definition = Object.values(nodeDefinitions).find(({ passes }) => passes === true)
  const way = wireEndsOf(context)[wire]
  const at = point ?? (way && pointsAlong(way, 2)[1])
  if (!ends || !definition || !at) return
  const frame = levelOf(nestingOf(model), ends.from.node, ends.to.node)
  const position = keptInside(frame, toFrame(model, positions(), frame, dotAround(at)))
  const joint = { kind: 'into' as const, wire, carries: carriedKind(context, ends.from) }
  const { act, node } = addNodeAct(model, { definition, position, summary, joint })
  const sheet = { model, layout: positions(), groups: currentGroups() }
  useDocument.getState().apply({ ...act, edits: [...act.edits, ...joinEdits(sheet, node, frame, at)] })
  useSelection.getState().show([node])
}
