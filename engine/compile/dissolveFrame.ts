import { freshWireId } from '../document/create'
import type { Edit } from '../document/edits'
import type { Model, UnrollDocument } from '../document/schema'
import { definitionOf } from '../nodes/index'
import { IN, OUT } from '../nodes/lowering'
import { positionOf } from './adapters'
import { nestingOf } from './frames'
import { ownNode } from './titles'

/**
 * Takes a frame away and leaves what it holds in its place: wires that led to its inner ports lead to where the frame was wired.
 */
export function dissolveFrame(document: UnrollDocument, model: Model, frame: string): Edit[] {
  const inside = definitionOf(ownNode(model, frame)?.type ?? '')?.frame
  if (!inside) return []
  const { enter, leave } = inside
  const nesting = nestingOf(model)
  const content = Object.keys(model.nodes).filter((id) => nesting.get(id) === frame)
  const corner = positionOf(document, model, frame)
  const positions = Object.fromEntries(
    content.map((id) => {
      const place = positionOf(document, model, id)
      return [id, { x: corner.x + place.x, y: corner.y + place.y }]
    }),
  )
  const wires = Object.values(model.wires)
  const outerSource = wires.find(({ to }) => to.node === frame && to.port === IN)?.from
  const innerSource = wires.find(({ to }) => to.node === frame && to.port === leave.name)?.from
  const readers = (port: string) => wires.filter(({ from }) => from.node === frame && from.port === port)
  const ids: string[] = []
  const joined = (source: typeof outerSource, port: string): Edit[] =>
    readers(port)
      .filter(({ to }) => to.node !== frame)
      .flatMap(({ to }): Edit[] => {
        if (!source || source.node === frame) return []
        const wire = freshWireId(model, ids)
        ids.push(wire)
        return [{ kind: 'connect', model: model.id, wire, from: { ...source }, to: { ...to } }]
      })
  return [
    { kind: 'setParent', model: model.id, nodes: content, parent: nesting.get(frame) ?? null, positions },
    ...joined(outerSource, enter.name),
    ...joined(innerSource, OUT),
    { kind: 'deleteNodes', model: model.id, nodes: [frame] },
  ]
}
