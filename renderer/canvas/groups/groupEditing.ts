import { nestingOf } from '../../../engine/compile/frames'
import type { Act, Edit } from '../../../engine/document/edits'
import type { Hue } from '../../../engine/document/layoutSchema'
import { tell } from '../../shell/notify'
import { useDocument } from '../../state/document'
import { useSelection } from '../../state/selection'
import { currentContext, positions, rectangleOf } from '../editing'
import { GRID, type Rectangle } from '../geometry'
import { contentOf, FRAME } from '../places'
import { blockEnds, groupOf, shownAs } from './blocks'
import { groupCardId, readCanvasId } from './canvasIds'
import { currentGroups, currentNotes } from './currentGroups'
import {
  closeAct,
  groupAct,
  leaveAct,
  membershipAct,
  nameOf,
  renameGroupAct,
  tintGroupAct,
  unpackAct,
} from './groupActs'
import { blockRectangle, GROUP } from './groupPlaces'
import { chosenGroups } from './groupSelection'

/** What groups do with the selection and the model on the canvas; each is one act. */

function apply(act: Act | null): void {
  if (act) useDocument.getState().apply(act)
}

/** Selects a group with all its nodes; `toggle`: adds it to the selection, or takes it out. */
export function chooseGroup(group: string, { toggle }: { toggle: boolean }): void {
  const { nodes, wires, groups, notes, select } = useSelection.getState()
  const own = currentGroups()[group]?.nodes ?? []
  if (!toggle) select({ nodes: own, groups: [group] })
  else if (groups.includes(group)) {
    const rest = { nodes: nodes.filter((id) => !own.includes(id)), groups: groups.filter((id) => id !== group) }
    select({ ...rest, wires, notes })
  } else select({ nodes: [...new Set([...nodes, ...own])], groups: [...groups, group], wires, notes })
}

/** Selects a group and brings it into view. */
export function showGroup(group: string): void {
  const nodes = currentGroups()[group]?.nodes ?? []
  useSelection.getState().show(nodes)
  chooseGroup(group, { toggle: false })
}

/** The groups that an act on the selection is about. */
export function groupsOfSelection(): string[] {
  return chosenGroups(useSelection.getState(), currentGroups())
}

/** The one group that is chosen; null: none, or several. */
export function onlyGroup(): string | null {
  const chosen = groupsOfSelection()
  return chosen.length === 1 ? (chosen[0] ?? null) : null
}

/** Frames that are selected carry what they hold along: that needs no group of its own. */
function groupable(): string[] {
  const nesting = nestingOf(currentContext().model)
  const { nodes } = useSelection.getState()
  const isCarried = (node: string): boolean => {
    for (let up = nesting.get(node) ?? null; up !== null; up = nesting.get(up) ?? null) {
      if (nodes.includes(up)) return true
    }
    return false
  }
  return nodes.filter((node) => !isCarried(node))
}

/** The one group that is selected whole among other nodes: grouping puts those into it. */
function growing(): { group: string; others: string[] } | null {
  const groups = currentGroups()
  const nodes = groupable()
  const whole = Object.entries(groups).filter(([, group]) => group.nodes.every((node) => nodes.includes(node)))
  const [only] = whole
  if (!only || whole.length > 1) return null
  const others = nodes.filter((node) => !only[1].nodes.includes(node))
  const nesting = nestingOf(currentContext().model)
  const beside = others.every((node) => nesting.get(node) === nesting.get(only[1].nodes[0] ?? ''))
  return others.length > 0 && beside ? { group: only[0], others } : null
}

/** "Group", or "Put into Encoder" when that group is selected along with other nodes. */
export function groupWords(): string {
  const grows = growing()
  return grows ? `Put into ${nameOf(currentGroups()[grows.group])}` : 'Group'
}

/** Makes a group of the selected nodes, or puts them into the group among them; or says why that cannot be done. */
export function groupSelection(): void {
  const grows = growing()
  if (grows) {
    const changes = new Map(grows.others.map((node) => [node, grows.group]))
    apply(membershipAct(currentContext().model, currentGroups(), changes))
    chooseGroup(grows.group, { toggle: false })
    return
  }
  const same = onlyGroup()
  const made: ReturnType<typeof groupAct> =
    same === null
      ? groupAct(currentContext().model, currentGroups(), groupable())
      : { ok: false, message: `These nodes are a group already: ${nameOf(currentGroups()[same])}.` }
  if (!made.ok) {
    tell(made.message)
    useDocument.getState().announce(made.message)
    return
  }
  apply({ label: made.act.label, edits: [...made.act.edits, ...roomForHead(groupable())] })
  chooseGroup(made.group, { toggle: false })
  useDocument.getState().announce(`${made.act.label}. F2 gives the group a name.`)
}

/** Moves what a frame holds down when the head of a new group in it would cover the frame's own. */
function roomForHead(nodes: readonly string[]): Edit[] {
  const { model } = currentContext()
  const layout = positions()
  const frame = nestingOf(model).get(nodes[0] ?? '') ?? null
  if (frame === null) return []
  const top = Math.min(...nodes.map((node) => layout[node]?.y ?? 0)) - GROUP.head - GROUP.side / 2
  const down = Math.ceil((FRAME.inset.y - top) / GRID) * GRID
  if (down <= 0) return []
  const held = contentOf(model).get(frame) ?? []
  const moved = held.map((node) => [node, { x: layout[node]?.x ?? 0, y: (layout[node]?.y ?? 0) + down }])
  return [{ kind: 'moveNodes', model: model.id, positions: Object.fromEntries(moved) }]
}

export function unpackSelection(): void {
  unpackGroups(groupsOfSelection())
}

export function unpackGroups(groups: readonly string[]): void {
  const nodes = groups.flatMap((id) => currentGroups()[id]?.nodes ?? [])
  apply(unpackAct(currentContext().model, currentGroups(), groups))
  useSelection.getState().select({ nodes })
}

/** Closes the chosen groups to one card each, or opens them again. */
export function toggleClosed(groups: readonly string[] = groupsOfSelection()): void {
  apply(closeAct(currentContext().model, currentGroups(), groups))
}

export function renameGroup(group: string, name: string): void {
  apply(renameGroupAct(currentContext().model, currentGroups(), group, name))
}

export function tintGroup(group: string, hue: Hue): void {
  apply(tintGroupAct(currentContext().model, currentGroups(), group, hue))
}

/** Turns the group's name into a field. */
export function beginRename(group: string): void {
  useSelection.getState().rename(groupCardId(group))
}

/** Are there selected nodes in a group that is not selected as a whole? */
export function canLeave(): boolean {
  const groups = currentGroups()
  return groupsOfSelection().length === 0 && useSelection.getState().nodes.some((id) => groupOf(groups, id) !== null)
}

export function leaveSelection(): void {
  apply(leaveAct(currentContext().model, currentGroups(), useSelection.getState().nodes))
}

/** What is seen of a node: itself, or what hides it. */
export function shownNow(node: string): string {
  if (readCanvasId(node).kind !== 'node') return node
  return shownAs(currentContext().model, positions(), currentGroups(), node)
}

export const isNoteCard = (card: string): boolean => {
  const { kind, id } = readCanvasId(card)
  return kind === 'note' && id in currentNotes()
}

/** Where a card of a node, a closed group or a note lies on the sheet. */
export function rectangleOfCard(card: string): Rectangle {
  const { kind, id } = readCanvasId(card)
  if (kind === 'note') return currentNotes()[id] ?? { x: 0, y: 0, width: 0, height: 0 }
  if (kind === 'node') return rectangleOf(card)
  const { model, summary } = currentContext()
  const group = currentGroups()[id]
  const ends = group ? blockEnds(model, group, positions(), summary) : { inputs: [], outputs: [] }
  const box = blockRectangle((group?.nodes ?? []).map(rectangleOf), Math.max(ends.inputs.length, ends.outputs.length))
  return box ?? { x: 0, y: 0, width: 0, height: 0 }
}
