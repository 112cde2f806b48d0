import { nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import { plural } from '../../engine/nodes/words'
import { nodeFacts } from '../nodes/nodeFacts'
import { useDocument } from '../state/document'
import { frameOf } from './acts/addNode'
import { insertExistingAct } from './acts/connect'
import { mayLieInside, reparentAct } from './acts/frames'
import { headHeight, wireForExisting } from './dropTargets'
import { currentContext, keptInside, move, positions } from './editing'
import { type Rectangle, snap } from './geometry'
import { hiddenNodes } from './groups/blocks'
import { currentGroups } from './groups/currentGroups'
import { apart, changesUnder } from './groups/dragGroups'
import { membershipAct, nameOf } from './groups/groupActs'
import { chosenGroups } from './groups/groupSelection'
import { noteCount } from './notes/noteActs'
import { cornerOf, frameAt, isFrame, sizeOf, toFrame } from './places'
import { canvasView } from './view'

/** Where a card that is dragged is on the sheet; its position is from the corner of its frame. */
export function draggedRectangle(node: string, position: Position): Rectangle {
  const { model } = currentContext()
  const layout = positions()
  const parent = nestingOf(model).get(node) ?? null
  const corner = parent === null ? { x: 0, y: 0 } : cornerOf(model, layout, parent)
  return { x: corner.x + position.x, y: corner.y + position.y, ...sizeOf(model, layout, node) }
}

/** The frame that a card would be put into (its own again, or none: null) if it were let go here. `all` is what is dragged. */
export function frameUnder(node: string, card: Rectangle, all: Iterable<string>): string | null {
  const { model } = currentContext()
  if (!mayLieInside(model, node)) return nestingOf(model).get(node) ?? null
  // A card is where its head is; a frame where its corner is, as it may be larger than what it is put into.
  const point = { x: isFrame(model, node) ? card.x : card.x + card.width / 2, y: card.y + headHeight(model, node) }
  return frameAt(model, positions(), point, [...all, ...hiddenNodes(model, currentGroups()).keys()])
}

/** One drag is one act, however long it took: moved, put into a wire, put into a frame or taken out. */
export function settleDrag(dragged: ReadonlyMap<string, Position>): void {
  canvasView.set({ dropTarget: null, dropFrame: null, dropGroup: null, leaving: new Set() })
  const context = currentContext()
  const { document, model } = context
  const layout = positions()
  const { cards, notes } = apart(dragged)
  const moved = [...cards].filter(([id, { x, y }]) => layout[id]?.x !== x || layout[id]?.y !== y)
  const [only] = moved
  if (!only) {
    if (notes.length > 0) useDocument.getState().apply({ label: `Move ${noteCount(notes.length)}`, edits: notes })
    return
  }
  const [id, position] = only
  const card = draggedRectangle(id, position)
  const target = moved.length === 1 ? wireForExisting(context, id, card) : null
  if (target) {
    const act = insertExistingAct(model, layout, target.wire, target, { x: card.x, y: card.y })
    const inWire = frameOf(model, { kind: 'into', wire: target.wire, carries: null })
    const joined = membershipAct(model, currentGroups(), changesUnder(new Map([[id, card]]), inWire))
    useDocument.getState().apply({ ...act, edits: [...act.edits, ...(joined?.edits ?? []), ...notes] })
    return
  }
  const ids = moved.map(([node]) => node)
  const frame = frameUnder(id, card, ids)
  const nesting = nestingOf(model)
  const changing = moved.filter(([node]) => (nesting.get(node) ?? null) !== frame && mayLieInside(model, node))
  if (changing.length === 0) {
    const kept = moved.map(([node, place]) => [node, keptInside(nesting.get(node) ?? null, place)])
    const lie = new Map(moved.map(([node, place]) => [node, draggedRectangle(node, place)]))
    const changed = membershipAct(model, currentGroups(), changesUnder(lie, frame))
    const [whole, another] = chosenGroups({ nodes: ids, groups: [] }, currentGroups())
    move(Object.fromEntries(kept), {
      with: [...(changed?.edits ?? []), ...notes],
      ...(changed ? { label: changed.label } : {}),
      ...(whole !== undefined && another === undefined ? { label: `Move ${nameOf(currentGroups()[whole])}` } : {}),
    })
    return
  }
  const places = changing.map(([node, place]) => {
    const { x, y } = draggedRectangle(node, place)
    return [node, keptInside(frame, snap(toFrame(model, layout, frame, { x, y })))]
  })
  const nodes = changing.map(([node]) => node)
  const { act, lost } = reparentAct(document, model, nodes, frame, Object.fromEntries(places))
  const others = moved.filter(([node]) => !nodes.includes(node))
  const along = Object.fromEntries(others.map(([node, place]) => [node, place]))
  useDocument.getState().apply({
    label: act.label,
    edits: [
      ...(others.length > 0 ? [{ kind: 'moveNodes' as const, model: model.id, positions: along }] : []),
      ...act.edits,
      ...notes,
    ],
  })
  if (lost.length > 0) {
    useDocument
      .getState()
      .announce(`${act.label}. ${plural(lost.length, 'wire')} had no way through the frame and went away.`)
  }
}

/** A frame was made larger or smaller by its corner. It never becomes too small for what it holds. */
export function resizeFrame(frame: string, size: { width: number; height: number }): void {
  const { model } = currentContext()
  const { x, y } = positions()[frame] ?? { x: 0, y: 0 }
  const wanted = snap({ x: size.width, y: size.height })
  const title = nodeFacts(model, frame, null)?.title ?? 'frame'
  useDocument.getState().apply({
    label: `Resize ${title}`,
    edits: [
      { kind: 'moveNodes', model: model.id, positions: { [frame]: { x, y, width: wanted.x, height: wanted.y } } },
    ],
  })
}
