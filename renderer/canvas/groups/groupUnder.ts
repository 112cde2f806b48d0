import { nestingOf } from '../../../engine/compile/frames'
import type { Edit } from '../../../engine/document/edits'
import type { Position } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import type { Rectangle } from '../geometry'
import { type Layout, rectangleIn } from '../places'
import { type Groups, groupOf } from './blocks'
import { membershipEdits } from './groupActs'
import { isInside, rectangleAround, stillHeld } from './groupPlaces'

/** Where groups lie on the sheet, from what was settled last. */
export interface Sheet {
  model: Model
  layout: Layout
  groups: Groups
}

/** The tinted rectangle of a group on the sheet; nodes `without` do not count. */
export function rectangleOfGroup(
  { model, layout, groups }: Sheet,
  group: string,
  without: readonly string[] = [],
): Rectangle | null {
  const nodes = (groups[group]?.nodes ?? []).filter((node) => !without.includes(node))
  return rectangleAround(nodes.map((node) => rectangleIn(model, layout, node)))
}

/** The open group of a frame at a point of the sheet; null: none. */
export function groupAt(
  sheet: Sheet,
  frame: string | null,
  point: Position,
  without: readonly string[] = [],
): string | null {
  const nesting = nestingOf(sheet.model)
  for (const [id, { nodes, closed }] of Object.entries(sheet.groups)) {
    if (closed === true || (nesting.get(nodes[0] ?? '') ?? null) !== frame) continue
    const box = rectangleOfGroup(sheet, id, without)
    if (box && isInside(box, point)) return id
  }
  return null
}

/** Puts a new node into the open group that lies at its place; none where there is none. */
export function joinEdits(sheet: Sheet, node: string, frame: string | null, point: Position): readonly Edit[] {
  const group = groupAt(sheet, frame, point)
  return group === null ? [] : membershipEdits(sheet.model, sheet.groups, new Map([[node, group]]))
}

/** From the top of a card to where it counts as lying. */
const HEAD = 28

/**
 * Which nodes would change their group if these cards were let go here, and to which (null: none). Groups that are dragged whole, or are
 * closed, stay as they are. `cards`: all that is dragged, on the sheet; `frameOf`: where each would then lie.
 */
export function membershipAfter(
  sheet: Sheet,
  cards: ReadonlyMap<string, Rectangle>,
  frameOf: (node: string) => string | null,
): Map<string, string | null> {
  const changes = new Map<string, string | null>()
  const { groups, model } = sheet
  if (Object.keys(groups).length === 0) return changes
  const nesting = nestingOf(model)
  const dragged = [...cards.keys()]
  for (const [node, card] of cards) {
    const own = groupOf(groups, node)
    const group = own === null ? undefined : groups[own]
    if (group && (group.closed === true || group.nodes.every((one) => dragged.includes(one)))) continue
    const frame = frameOf(node)
    const point = { x: card.x + card.width / 2, y: card.y + Math.min(card.height / 2, HEAD) }
    const under = groupAt(sheet, frame, point, dragged)
    if (under !== null) {
      if (under !== own) changes.set(node, under)
      continue
    }
    // What goes into another frame leaves its group without being told.
    if (own === null || frame !== (nesting.get(node) ?? null)) continue
    const before = rectangleOfGroup(sheet, own)
    if (before && !stillHeld(before, card)) changes.set(node, null)
  }
  return changes
}
