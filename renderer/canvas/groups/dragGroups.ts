import { nestingOf } from '../../../engine/compile/frames'
import type { Edit } from '../../../engine/document/edits'
import type { Position } from '../../../engine/document/layoutSchema'
import { mayLieInside } from '../acts/frames'
import { currentContext, positions } from '../editing'
import type { Rectangle } from '../geometry'
import { moveNoteEdits } from '../notes/noteActs'
import { canvasView } from '../view'
import { readCanvasId } from './canvasIds'
import type { CanvasNode } from './canvasNodes'
import { currentGroups, currentNotes } from './currentGroups'
import { membershipAfter } from './groupUnder'

/** Where the groups that are being dragged were when the drag began, by the ids of their cards. */
let bases: ReadonlyMap<string, Position> = new Map()

export function beginDrag(nodes: readonly Pick<CanvasNode, 'id' | 'position'>[]): void {
  const groups = nodes.filter(({ id }) => readCanvasId(id).kind === 'group')
  bases = new Map(groups.map(({ id, position }) => [id, { ...position }]))
}

/** What is dragged, with the nodes of dragged groups in place of these: as far as the group's head was moved. */
export function spread(moved: ReadonlyMap<string, Position>): Map<string, Position> {
  const all = new Map(moved)
  const groups = currentGroups()
  const layout = positions()
  for (const [card, place] of moved) {
    const { kind, id } = readCanvasId(card)
    if (kind !== 'group') continue
    all.delete(card)
    const base = bases.get(card)
    if (!base) continue
    for (const node of groups[id]?.nodes ?? []) {
      const { x, y } = layout[node] ?? { x: 0, y: 0 }
      all.set(node, { x: x + place.x - base.x, y: y + place.y - base.y })
    }
  }
  return all
}

/** The nodes among what is dragged, and what moves the notes among it. */
export function apart(dragged: ReadonlyMap<string, Position>): { cards: Map<string, Position>; notes: Edit[] } {
  const cards = new Map<string, Position>()
  const notes = new Map<string, Position>()
  for (const [card, place] of dragged) {
    const { kind, id } = readCanvasId(card)
    if (kind === 'note') notes.set(id, place)
    else if (kind === 'node') cards.set(id, place)
  }
  return { cards, notes: moveNoteEdits(currentContext().model, currentNotes(), notes) }
}

/** Which nodes would change their group if these cards were let go here; `under`: the frame that they would lie in. */
export function changesUnder(cards: ReadonlyMap<string, Rectangle>, under: string | null): Map<string, string | null> {
  const { model } = currentContext()
  const nesting = nestingOf(model)
  return membershipAfter({ model, layout: positions(), groups: currentGroups() }, cards, (node) =>
    mayLieInside(model, node) ? under : (nesting.get(node) ?? null),
  )
}

/** While cards are dragged: the group that they would join lights up, the one that they would leave lets them go. */
export function showChanges(changes: ReadonlyMap<string, string | null>): void {
  const dropGroup = [...changes.values()].find((group) => group !== null) ?? null
  const shown = canvasView.get()
  const same = shown.leaving.size === changes.size && [...changes.keys()].every((node) => shown.leaving.has(node))
  if (same && shown.dropGroup === dropGroup) return
  canvasView.set({ dropGroup, leaving: new Set(changes.keys()) })
}
