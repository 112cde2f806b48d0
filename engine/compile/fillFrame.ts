import { freshNodeId, freshWireId } from '../document/create'
import type { Fix } from '../document/diagnostic'
import type { Model } from '../document/schema'
import { definitionOf } from '../nodes/index'
import { IN, OUT } from '../nodes/lowering'
import { newSettings } from './adapters'
import { ownNode } from './titles'

/** What is put into an empty frame: the safe first choice. */
const FIRST_CONTENT = 'lstm'
/** Where its card stands, from the frame's corner. */
const FIRST_PLACE = { x: 88, y: 56 }

/** Puts a first layer into a frame, wired to its ways in and out; null for what is no frame. */
export function fillFrame(model: Model, id: string): Fix | null {
  const frame = definitionOf(ownNode(model, id)?.type ?? '')?.frame
  const first = definitionOf(FIRST_CONTENT)
  if (!frame || !first) return null
  const node = freshNodeId(model, first.type)
  const into = freshWireId(model)
  const out = freshWireId(model, [into])
  const settings = newSettings(first, false)
  const inModel = { model: model.id }
  return {
    label: `Put an ${first.title} into it`,
    edits: [
      { kind: 'addNode', ...inModel, node, type: first.type, settings, position: { ...FIRST_PLACE }, parent: id },
      { kind: 'connect', ...inModel, wire: into, from: { node: id, port: frame.enter.name }, to: { node, port: IN } },
      { kind: 'connect', ...inModel, wire: out, from: { node, port: OUT }, to: { node: id, port: frame.leave.name } },
    ],
  }
}
