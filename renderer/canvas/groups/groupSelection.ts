import type { Groups } from './blocks'
import { readCanvasId } from './canvasIds'

export interface Selected {
  nodes: readonly string[]
  groups: readonly string[]
  notes: readonly string[]
}

/**
 * What is selected after React Flow's changes; null when they change nothing. A group that is chosen takes all its nodes with it, one
 * that is left lets them go; one of whose nodes any is let go is no longer chosen.
 */
export function selectionAfter(
  before: Selected,
  changes: readonly { type: string }[],
  groups: Groups,
): Selected | null {
  const selecting = changes.filter(isSelectChange)
  if (selecting.length === 0) return null
  const nodes = new Set(before.nodes)
  const chosen = new Set(before.groups)
  const notes = new Set(before.notes)
  // What is let go first, so that what is taken now is kept.
  for (const { id, selected } of [...selecting].sort((a, b) => Number(a.selected) - Number(b.selected))) {
    const one = readCanvasId(id)
    const set = one.kind === 'node' ? nodes : one.kind === 'group' ? chosen : notes
    if (selected) set.add(one.id)
    else set.delete(one.id)
    if (one.kind !== 'group') continue
    for (const node of groups[one.id]?.nodes ?? []) {
      if (selected) nodes.add(node)
      else nodes.delete(node)
    }
  }
  const whole = [...chosen].filter((id) => groups[id]?.nodes.every((node) => nodes.has(node)))
  return { nodes: [...nodes], groups: whole, notes: [...notes] }
}

function isSelectChange(change: { type: string }): change is { type: 'select'; id: string; selected: boolean } {
  return change.type === 'select'
}

/** The groups that an act on the selection is about: those chosen by their head, or the one that is selected node by node. */
export function chosenGroups({ nodes, groups: chosen }: Pick<Selected, 'nodes' | 'groups'>, groups: Groups): string[] {
  const there = chosen.filter((id) => id in groups)
  if (there.length > 0 || nodes.length < 2) return there
  const whole = Object.entries(groups).filter(([, group]) => group.nodes.every((node) => nodes.includes(node)))
  const covered = whole.reduce((sum, [, group]) => sum + group.nodes.length, 0)
  return covered === nodes.length ? whole.map(([id]) => id) : []
}
