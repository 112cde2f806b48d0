import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { plural } from '../../engine/nodes/words'
import { useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { dissolveAct, type FrameAct, mayLieInside, reparentAct, wrapAct } from './acts/frames'
import { currentContext, keptInside, positions, rectangleOf } from './editing'
import { bounds, freePlace, GRID, type Rectangle, snap } from './geometry'
import { contentOf, FRAME, isFrame, toFrame, withContent } from './places'

/** What frames do with the selection; each is one act. */

/** The selected nodes that may lie in a frame, without those whose frame is selected too. */
function movable(): string[] {
  const { model } = currentContext()
  const { nodes } = useSelection.getState()
  const nesting = nestingOf(model)
  return nodes.filter(
    (node) =>
      node in model.nodes &&
      mayLieInside(model, node) &&
      !framesAround(nesting, node).some((frame) => nodes.includes(frame)),
  )
}

function perform({ act, lost }: FrameAct): void {
  useDocument.getState().apply(act)
  if (lost.length > 0) {
    const wires = plural(lost.length, 'wire')
    useDocument.getState().announce(`${act.label}. ${wires} had no way through the frame and went away.`)
  }
}

export function canWrap(): boolean {
  const nesting = nestingOf(currentContext().model)
  return new Set(movable().map((node) => nesting.get(node))).size === 1
}

/** Puts the selected nodes into a new frame of this type, around the place where they are. */
export function wrapSelection(definition: AnyNodeDefinition): void {
  const { document, model } = currentContext()
  const nodes = movable()
  const around = bounds(nodes.map(rectangleOf))
  if (!around || !canWrap()) return
  const layout = positions()
  const parent = nestingOf(model).get(nodes[0] ?? '') ?? null
  // The first row stays where it is, level with the ways in and out.
  const sheet = snap({ x: around.x - FRAME.inset.x - 4 * GRID, y: around.y - FRAME.inset.y - GRID })
  const inside = Object.fromEntries(
    nodes.map((node) => {
      const { x, y } = rectangleOf(node)
      return [node, snap({ x: x - sheet.x, y: y - sheet.y })]
    }),
  )
  const corner = keptInside(parent, snap(toFrame(model, layout, parent, sheet)))
  const made = wrapAct(document, model, definition, nodes, { corner, inside })
  perform(made)
  useSelection.getState().show([made.frame])
}

/** Frames that the selection may be put into: not those that hold it already, nor those in it. */
export function framesForSelection(): string[] {
  const { model } = currentContext()
  const nodes = movable()
  if (nodes.length === 0) return []
  const nesting = nestingOf(model)
  const own = withContent(model, nodes)
  return Object.keys(model.nodes).filter(
    (id) => isFrame(model, id) && !own.has(id) && !nodes.every((node) => nesting.get(node) === id),
  )
}

/** Puts the selected nodes into a frame, below what it holds already. */
export function putSelectionInto(frame: string): void {
  const { document, model } = currentContext()
  const nodes = movable()
  const held = (contentOf(model).get(frame) ?? []).filter((id) => !nodes.includes(id)).map(rectangleOf)
  const wall = rectangleOf(frame)
  const start = { x: wall.x + FRAME.inset.x + 4 * GRID, y: wall.y + FRAME.way - 28 }
  perform(reparentAct(document, model, nodes, frame, arranged(nodes, start, held, frame)))
  useSelection.getState().show(nodes)
}

/** Takes the selected nodes out of their frame, to below it. */
export function takeSelectionOut(): void {
  const { document, model } = currentContext()
  const nesting = nestingOf(model)
  const nodes = movable()
  const frame = nesting.get(nodes[0] ?? '') ?? null
  if (frame === null) return
  const target = nesting.get(frame) ?? null
  const together = nodes.filter((node) => nesting.get(node) === frame)
  const wall = rectangleOf(frame)
  const beside = (contentOf(model).get(target) ?? []).map(rectangleOf)
  const places = arranged(together, { x: wall.x, y: wall.y + wall.height + 5 * GRID }, beside, target)
  perform(reparentAct(document, model, together, target, places))
  useSelection.getState().show(together)
}

export function canTakeOut(): boolean {
  const nesting = nestingOf(currentContext().model)
  return movable().some((node) => (nesting.get(node) ?? null) !== null)
}

/** Places for nodes in `frame`, in their order to each other, the first at `start` or below what is in the way. */
function arranged(
  nodes: readonly string[],
  start: Position,
  taken: readonly Rectangle[],
  frame: string | null,
): Record<string, Position> {
  const { model } = currentContext()
  const around = bounds(nodes.map(rectangleOf))
  if (!around) return {}
  const corner = freePlace(start, around, taken)
  const places = nodes.map((node) => {
    const { x, y } = rectangleOf(node)
    const place = { x: corner.x + x - around.x, y: corner.y + y - around.y }
    return [node, keptInside(frame, snap(toFrame(model, positions(), frame, place)))]
  })
  return Object.fromEntries(places)
}

/** The one frame that is selected; null: none, or more. */
export function selectedFrame(): string | null {
  const { nodes } = useSelection.getState()
  const [only] = nodes
  return nodes.length === 1 && only !== undefined && isFrame(currentContext().model, only) ? only : null
}

export function dissolveSelected(): void {
  const frame = selectedFrame()
  const { document, model } = currentContext()
  const act = frame === null ? null : dissolveAct(document, model, frame)
  if (!act || frame === null) return
  const held = contentOf(model).get(frame) ?? []
  useDocument.getState().apply(act)
  useSelection.getState().show(held)
}
