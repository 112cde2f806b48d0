import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import { definitionOf } from '../../engine/nodes/index'
import { cardSizes } from './cardSizes'
import { CARD, DOT, GRID, type Rectangle } from './geometry'

type Size = { width: number; height: number }
export type Layout = Readonly<Record<string, Position>>

/** How a frame is laid out, in canvas pixels from its top left corner. */
export const FRAME = {
  /** Height of the middle of its ways in and out, level with the first socket of a card that is put into it. */
  way: 84,
  /** From its walls to the middle of a way. */
  wall: 33,
  /** Free room kept right of and below what it holds. */
  room: { right: 64, bottom: 64 },
  /** An empty one. */
  least: { width: 328, height: 176 },
  /** Where content may begin. */
  inset: { x: 56, y: 48 },
} as const

export function isFrame(model: Model, node: string): boolean {
  return definitionOf(model.nodes[node]?.type ?? '')?.frame !== undefined
}

/** Is a node shown as nothing but its name? A frame then hides what it holds. */
export function isCollapsed(layout: Layout, node: string): boolean {
  return layout[node]?.collapsed === true
}

/** Does a node compute nothing, because it or a frame around it is bypassed? */
export function isBypassed(model: Model, node: string): boolean {
  return [node, ...framesAround(nestingOf(model), node)].some((id) => model.nodes[id]?.bypassed === true)
}

/** Is a node a piece of wire, drawn as a dot? */
export function isDot(model: Model, node: string): boolean {
  return definitionOf(model.nodes[node]?.type ?? '')?.passes === true
}

/** What is seen of a node: itself, or the outermost collapsed frame that hides it. */
export function seenOf(model: Model, layout: Layout, node: string): string {
  const hiding = framesAround(nestingOf(model), node).filter((frame) => isCollapsed(layout, frame))
  return hiding.at(-1) ?? node
}

type Content = ReadonlyMap<string | null, readonly string[]>

/** Models are never changed in place, so what was found out about one stays true. */
const contents = new WeakMap<Model, Content>()

/** Every frame with what lies in it directly. */
export function contentOf(model: Model): Content {
  const known = contents.get(model)
  if (known) return known
  const content = new Map<string | null, string[]>()
  for (const [id, frame] of nestingOf(model)) {
    const list = content.get(frame)
    if (list) list.push(id)
    else content.set(frame, [id])
  }
  contents.set(model, content)
  return content
}

/** The nodes and everything that the frames among them hold. */
export function withContent(model: Model, nodes: Iterable<string>): Set<string> {
  const content = contentOf(model)
  const all = new Set([...nodes].filter((id) => id in model.nodes))
  // A set that grows while it is walked: what lies deeper is found too.
  for (const id of all) for (const held of content.get(id) ?? []) all.add(held)
  return all
}

/** As large as it was last drawn; a frame as large as it was made, but never smaller than what it holds needs. */
export function sizeOf(model: Model, layout: Layout, node: string): Size {
  if (!isFrame(model, node) || isCollapsed(layout, node))
    return cardSizes.get(node) ?? (isDot(model, node) ? DOT : CARD)
  const content = contentOf(model)
  const need = (id: string): Size => {
    if (!isFrame(model, id) || isCollapsed(layout, id)) return cardSizes.get(id) ?? (isDot(model, id) ? DOT : CARD)
    const { width = 0, height = 0 } = layout[id] ?? {}
    const size = { width: Math.max(FRAME.least.width, width), height: Math.max(FRAME.least.height, height) }
    for (const held of content.get(id) ?? []) {
      const { x, y } = layout[held] ?? { x: 0, y: 0 }
      const inner = need(held)
      size.width = Math.max(size.width, x + inner.width + FRAME.room.right)
      size.height = Math.max(size.height, y + inner.height + FRAME.room.bottom)
    }
    return { width: Math.ceil(size.width / GRID) * GRID, height: Math.ceil(size.height / GRID) * GRID }
  }
  return need(node)
}

/** Top left corner of a node on the sheet, whatever frames it lies in. */
export function cornerOf(model: Model, layout: Layout, node: string): Position {
  const place = layout[node] ?? { x: 0, y: 0 }
  const corner = { x: place.x, y: place.y }
  for (const frame of framesAround(nestingOf(model), node)) {
    corner.x += layout[frame]?.x ?? 0
    corner.y += layout[frame]?.y ?? 0
  }
  return corner
}

export function rectangleIn(model: Model, layout: Layout, node: string): Rectangle {
  return { ...cornerOf(model, layout, node), ...sizeOf(model, layout, node) }
}

/** Turns a place on the sheet into one inside `frame` (null: outside all frames). */
export function toFrame(model: Model, layout: Layout, frame: string | null, place: Position): { x: number; y: number } {
  if (frame === null) return { x: place.x, y: place.y }
  const corner = cornerOf(model, layout, frame)
  return { x: place.x - corner.x, y: place.y - corner.y }
}

/** The innermost frame at a point of the sheet, other than `except` and what those hold; null: none. */
export function frameAt(model: Model, layout: Layout, point: Position, except: Iterable<string> = []): string | null {
  const own = withContent(model, except)
  const nesting = nestingOf(model)
  let found: string | null = null
  let depth = -1
  for (const id of Object.keys(model.nodes)) {
    if (own.has(id) || !isFrame(model, id) || isCollapsed(layout, seenOf(model, layout, id))) continue
    const box = rectangleIn(model, layout, id)
    const inside = point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
    const deep = framesAround(nesting, id).length
    if (inside && deep > depth) {
      found = id
      depth = deep
    }
  }
  return found
}
