import type { Edit } from '../../../engine/document/edits'
import { type Group, MAX_MARKS, type Note } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { freshNoteId } from '../notes/noteActs'
import type { Groups } from './blocks'
import { freshGroupId, freshHue } from './groupActs'

type Notes = Readonly<Record<string, Note>>

/** Groups and notes of a model. */
export interface GroupsAndNotes {
  groups: Groups
  notes: Notes
}

export const noGroupsAndNotes: GroupsAndNotes = { groups: {}, notes: {} }

/** Groups all of whose nodes are copied; others stay behind. */
export function copiedGroups(groups: Groups, chosen: ReadonlySet<string>): Record<string, Group> {
  return Object.fromEntries(Object.entries(groups).filter(([, { nodes }]) => nodes.every((node) => chosen.has(node))))
}

/**
 * Makes the groups of pasted nodes anew. `added`: new ids by those in the clip; `parentOf`: the frame that a new node lies in. Of a clip
 * that nobody vouches for only what a document may hold is taken.
 */
export function pasteGroups(
  model: Model,
  here: Groups,
  groups: Groups,
  added: ReadonlyMap<string, string>,
  parentOf: (node: string) => string | null,
): Edit[] {
  const edits: Edit[] = []
  const taken: string[] = []
  const held = new Set<string>()
  for (const group of Object.values(groups)) {
    const there = [...new Set(group.nodes)].flatMap((old) => added.get(old) ?? []).filter((node) => !held.has(node))
    const [first] = there
    if (first === undefined || Object.keys(here).length + taken.length >= MAX_MARKS) continue
    const nodes = there.filter((node) => parentOf(node) === parentOf(first))
    for (const node of nodes) held.add(node)
    const id = freshGroupId(here, taken)
    taken.push(id)
    edits.push({ kind: 'setGroup', model: model.id, group: id, value: { ...group, nodes } })
  }
  return edits
}

/** The group that a saved block becomes: all its nodes, closed, under its own name. */
export function blockGroup(model: Model, here: Groups, name: string, hue: Group['hue'], nodes: string[]): Edit[] {
  if (nodes.length === 0 || Object.keys(here).length >= MAX_MARKS) return []
  const value: Group = { name, hue: hue ?? freshHue(here), nodes, closed: true }
  return [{ kind: 'setGroup', model: model.id, group: freshGroupId(here), value }]
}

/** Makes copies of notes, moved by `offset`; also says their ids. */
export function pasteNotes(
  model: Model,
  here: Notes,
  notes: Notes,
  offset: { x: number; y: number },
): { edits: Edit[]; ids: string[] } {
  const edits: Edit[] = []
  const ids: string[] = []
  for (const note of Object.values(notes)) {
    if (Object.keys(here).length + ids.length >= MAX_MARKS) break
    const id = freshNoteId(here, ids)
    ids.push(id)
    edits.push({
      kind: 'setNote',
      model: model.id,
      note: id,
      value: { ...note, x: note.x + offset.x, y: note.y + offset.y },
    })
  }
  return { edits, ids }
}
