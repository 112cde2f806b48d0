import { nestingOf } from '../../../engine/compile/frames'
import { freshId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import { type Group, type Hue, MAX_MARKS } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'
import { titleOf } from '../../nodes/nodeFacts'
import type { Groups } from './blocks'

/** What groups do, as acts: each is one undo entry. */

export const HUES: readonly Hue[] = ['blue', 'green', 'orange', 'pink', 'vermilion', 'yellow']

/** "the group Encoder"; one whose name is empty is just a group. */
export const nameOf = (group: Group | undefined): string => group?.name.trim() || 'Group'

export function freshGroupId(groups: Groups, more: Iterable<string> = []): string {
  return freshId('group', new Set([...Object.keys(groups), ...more]))
}

/** "Group 3": the first number that no other group has. */
export function freshGroupName(groups: Groups): string {
  const taken = new Set(Object.values(groups).map(({ name }) => name))
  for (let n = 1; ; n += 1) if (!taken.has(`Group ${n}`)) return `Group ${n}`
}

/** The hue that the fewest groups have. */
export function freshHue(groups: Groups): Hue {
  const used = Object.values(groups).map(({ hue }) => hue)
  const count = (hue: Hue): number => used.filter((one) => one === hue).length
  return [...HUES].sort((a, b) => count(a) - count(b))[0] ?? 'blue'
}

const title = (model: Model, node: string): string => {
  const one = model.nodes[node]
  return one ? titleOf(one) : node
}

export function nodesTitle(model: Model, nodes: readonly string[]): string {
  const [only] = nodes
  return nodes.length === 1 && only !== undefined ? title(model, only) : plural(nodes.length, 'node')
}

/** Makes a group of nodes of one frame; a sentence says why it cannot be made. */
export function groupAct(
  model: Model,
  groups: Groups,
  nodes: readonly string[],
): { ok: true; act: Act; group: string } | { ok: false; message: string } {
  const there = nodes.filter((id) => id in model.nodes)
  if (there.length === 0) return { ok: false, message: 'Select the nodes that are to become a group first.' }
  const nesting = nestingOf(model)
  if (new Set(there.map((id) => nesting.get(id) ?? null)).size > 1) {
    return {
      ok: false,
      message:
        'A group holds nodes that lie in the same frame: select nodes of one frame, or nodes outside all frames.',
    }
  }
  if (Object.keys(groups).length >= MAX_MARKS) {
    return { ok: false, message: `A model holds at most ${MAX_MARKS} groups: unpack one first.` }
  }
  const group = freshGroupId(groups)
  const value: Group = { name: freshGroupName(groups), hue: freshHue(groups), nodes: there }
  const edits: Edit[] = [{ kind: 'setGroup', model: model.id, group, value }]
  return { ok: true, group, act: { label: `Group ${nodesTitle(model, there)}`, edits } }
}

/** Takes the group away; its nodes stay. */
export function unpackAct(model: Model, groups: Groups, ids: readonly string[]): Act | null {
  const there = ids.filter((id) => id in groups)
  if (there.length === 0) return null
  const [only] = there
  const what = there.length === 1 && only !== undefined ? nameOf(groups[only]) : plural(there.length, 'group')
  return {
    label: `Unpack ${what}`,
    edits: there.map((group) => ({ kind: 'setGroup', model: model.id, group, value: null })),
  }
}

function changeAct(model: Model, group: string, value: Group, label: string): Act {
  return { label, edits: [{ kind: 'setGroup', model: model.id, group, value }] }
}

/** Null when the name stays as it is or is empty. */
export function renameGroupAct(model: Model, groups: Groups, group: string, name: string): Act | null {
  const old = groups[group]
  const clean = name.trim().slice(0, 200)
  if (!old || clean === '' || clean === old.name) return null
  return changeAct(model, group, { ...old, name: clean }, `Rename ${nameOf(old)} to ${clean}`)
}

export function tintGroupAct(model: Model, groups: Groups, group: string, hue: Hue): Act | null {
  const old = groups[group]
  return old ? changeAct(model, group, { ...old, hue }, `Colour ${nameOf(old)} ${hue}`) : null
}

/** Closes all of them, or opens them when all are closed. */
export function closeAct(model: Model, groups: Groups, ids: readonly string[]): Act | null {
  const there = ids.flatMap((id) => (groups[id] ? [{ id, group: groups[id] }] : []))
  const [first] = there
  if (!first) return null
  const open = there.every(({ group }) => group.closed === true)
  const what = there.length === 1 ? nameOf(first.group) : plural(there.length, 'group')
  return {
    label: `${open ? 'Open' : 'Close'} ${what}`,
    edits: there.map(({ id, group: { closed: _, ...rest } }) => ({
      kind: 'setGroup',
      model: model.id,
      group: id,
      value: open ? rest : { ...rest, closed: true },
    })),
  }
}

/** Edits that put nodes into a group (null: into none); none for those that are there already. */
export function membershipEdits(
  model: Model,
  groups: Groups,
  changes: ReadonlyMap<string, string | null>,
): readonly Edit[] {
  const members = new Map(Object.entries(groups).map(([id, { nodes }]) => [id, [...nodes]]))
  const touched = new Set<string>()
  for (const [node, target] of changes) {
    for (const [id, nodes] of members) {
      if (id === target || !nodes.includes(node)) continue
      nodes.splice(nodes.indexOf(node), 1)
      touched.add(id)
    }
    const list = target === null ? undefined : members.get(target)
    if (target === null || !list || list.includes(node)) continue
    list.push(node)
    touched.add(target)
  }
  return [...touched].flatMap((id): Edit[] => {
    const old = groups[id]
    const nodes = members.get(id) ?? []
    return old
      ? [{ kind: 'setGroup', model: model.id, group: id, value: nodes.length > 0 ? { ...old, nodes } : null }]
      : []
  })
}

/** "Put LSTM into Encoder", "Take 2 nodes out of Encoder". */
export function membershipLabel(model: Model, groups: Groups, changes: ReadonlyMap<string, string | null>): string {
  const nodes = [...changes.keys()]
  const [first] = nodes
  const target = first === undefined ? null : (changes.get(first) ?? null)
  if (target !== null) return `Put ${nodesTitle(model, nodes)} into ${nameOf(groups[target])}`
  const source = Object.values(groups).find((group) => first !== undefined && group.nodes.includes(first))
  return `Take ${nodesTitle(model, nodes)} out of ${nameOf(source)}`
}

export function leaveAct(model: Model, groups: Groups, nodes: readonly string[]): Act | null {
  const held = nodes.filter((node) => Object.values(groups).some((group) => group.nodes.includes(node)))
  if (held.length === 0) return null
  return membershipAct(model, groups, new Map(held.map((node) => [node, null])))
}

/** Puts dropped cards into other groups, or out of theirs; null when none changes. */
export function membershipAct(model: Model, groups: Groups, changes: ReadonlyMap<string, string | null>): Act | null {
  if (changes.size === 0) return null
  return { label: membershipLabel(model, groups, changes), edits: [...membershipEdits(model, groups, changes)] }
}
