import { assertNever, InternalError, invariant } from '../base/invariant'
import { idSchema } from './ids'
import { type Group, groupSchema, MAX_MARKS, type Note, noteSchema } from './layoutSchema'
import type { Model, UnrollDocument } from './schema'

/**
 * Edits of what lies on the canvas for people only. `value` null takes the group (its nodes stay) or the note away. A node is in one
 * group at most: put into another it leaves the first.
 */
export type GroupEdit =
  | { kind: 'setGroup'; model: string; group: string; value: Group | null }
  | { kind: 'setNote'; model: string; note: string; value: Note | null }

type Layout = UnrollDocument['layout'][string]

const none: Readonly<Record<string, never>> = {}

export function groupsOf(document: UnrollDocument, model: string): Readonly<Record<string, Group>> {
  return document.layout[model]?.groups ?? none
}

export function notesOf(document: UnrollDocument, model: string): Readonly<Record<string, Note>> {
  return document.layout[model]?.notes ?? none
}

/** Changes `document` in place; it may be a draft. */
export function applyGroupEdit(document: UnrollDocument, model: Model, edit: GroupEdit): void {
  const layout = document.layout[model.id] ?? { nodes: {} }
  document.layout[model.id] = layout
  switch (edit.kind) {
    case 'setGroup':
      setGroup(layout, model, edit.group, edit.value)
      return
    case 'setNote': {
      const notes = { ...layout.notes }
      if (edit.value === null) delete notes[edit.note]
      else notes[checkedId(edit.note)] = checkedNote(edit.value)
      keepNotes(layout, notes)
      return
    }
    default:
      assertNever(edit)
  }
}

function setGroup(layout: Layout, model: Model, id: string, value: Group | null): void {
  const { [id]: _, ...others } = layout.groups ?? {}
  if (value === null) {
    keepGroups(layout, others)
    return
  }
  const group = checkedGroup(value)
  invariant(new Set(group.nodes).size === group.nodes.length, `group ${id} names a node twice`)
  for (const node of group.nodes) {
    invariant(Object.hasOwn(model.nodes, node), `group ${id} names ${node}, which is not there`)
    invariant(model.nodes[node]?.parent === model.nodes[group.nodes[0] ?? '']?.parent, `group ${id} spans frames`)
  }
  const taken = new Set(group.nodes)
  const rest = without(others, (node) => taken.has(node))
  keepGroups(layout, group.nodes.length === 0 ? rest : { ...rest, [checkedId(id)]: group })
}

/** Takes nodes that are gone, or were moved (`moved`) away from the others of their group, out of it. One that was moved whole stays whole. */
export function keepGroupsSound(document: UnrollDocument, model: Model, moved: readonly string[] = []): void {
  const layout = document.layout[model.id]
  if (!layout?.groups) return
  const kept: Record<string, Group> = {}
  for (const [id, group] of Object.entries(layout.groups)) {
    const there = group.nodes.filter((node) => Object.hasOwn(model.nodes, node))
    const left = there.filter((node) => !moved.includes(node))
    const parent = model.nodes[left[0] ?? there[0] ?? '']?.parent
    const nodes = there.filter((node) => model.nodes[node]?.parent === parent)
    if (nodes.length === group.nodes.length) kept[id] = group
    else if (nodes.length > 0) kept[id] = { ...group, nodes }
  }
  keepGroups(layout, kept)
}

/** Those of the nodes that lie in the frame that most of them lie in; the first of equals. */
export function mostBeside(model: Model, nodes: readonly string[]): string[] {
  const frames = new Map<string | undefined, string[]>()
  for (const node of nodes) {
    const parent = model.nodes[node]?.parent
    const list = frames.get(parent)
    if (list) list.push(node)
    else frames.set(parent, [node])
  }
  let best: string[] = []
  for (const list of frames.values()) if (list.length > best.length) best = list
  return best
}

function without(groups: Readonly<Record<string, Group>>, leaves: (node: string) => boolean): Record<string, Group> {
  const kept: Record<string, Group> = {}
  for (const [id, group] of Object.entries(groups)) {
    const nodes = group.nodes.filter((node) => !leaves(node))
    if (nodes.length > 0) kept[id] = nodes.length === group.nodes.length ? group : { ...group, nodes }
  }
  return kept
}

/** A model whose last group is gone is the same as one that never had any; so with notes. */
function keepGroups(layout: Layout, groups: Record<string, Group>): void {
  invariant(Object.keys(groups).length <= MAX_MARKS, `a model holds at most ${MAX_MARKS} groups`)
  if (Object.keys(groups).length === 0) delete layout.groups
  else layout.groups = groups
}

function keepNotes(layout: Layout, notes: Record<string, Note>): void {
  invariant(Object.keys(notes).length <= MAX_MARKS, `a model holds at most ${MAX_MARKS} notes`)
  if (Object.keys(notes).length === 0) delete layout.notes
  else layout.notes = notes
}

function checkedId(id: string): string {
  const result = idSchema.safeParse(id)
  if (result.success) return result.data
  throw broken('id', result.error)
}

function checkedGroup(value: Group): Group {
  const result = groupSchema.safeParse(value)
  if (result.success) return result.data
  throw broken('group', result.error)
}

function checkedNote(value: Note): Note {
  const result = noteSchema.safeParse(value)
  if (result.success) return result.data
  throw broken('note', result.error)
}

function broken(what: string, error: { issues: readonly { message: string }[] }): InternalError {
  return new InternalError(`an edit would break the document: ${what}: ${error.issues[0]?.message ?? ''}`)
}
