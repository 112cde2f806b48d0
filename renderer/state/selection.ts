import { create } from 'zustand'

/** A place in the inspector that should take the focus: a jump from the problems list. */
export type FocusWish =
  | { kind: 'setting'; node: string; setting: string }
  | { kind: 'training'; field: string }
  | { kind: 'data'; field: string | null }
  /** Of any form, by the element's id. */
  | { kind: 'field'; id: string }

export interface SelectionState {
  /** Ids in the active model, in the order they were chosen. Not part of history. */
  nodes: readonly string[]
  wires: readonly string[]
  /** Groups that were chosen by their head; all their nodes are selected with them. */
  groups: readonly string[]
  notes: readonly string[]
  /** Asks the canvas to bring these nodes into view; the count tells two equal wishes apart. */
  reveal: { nodes: readonly string[]; count: number }
  /** Asks the inspector to focus a field; it clears the wish when done. */
  focus: FocusWish | null
  /** The node, or the card of the group (see canvas/groups/canvasIds.ts), whose name is being typed; or null. */
  renaming: string | null
  /** The note whose text is being written, or null. */
  writing: string | null

  select(selection: {
    nodes?: readonly string[]
    wires?: readonly string[]
    groups?: readonly string[]
    notes?: readonly string[]
  }): void
  clear(): void
  /** Selects and brings into view. */
  show(nodes: readonly string[], focus?: FocusWish | null): void
  /** Brings elements of the canvas into view that are no nodes, by the ids of their cards (see canvas/groups/canvasIds.ts). */
  bring(cards: readonly string[]): void
  wishFocus(wish: FocusWish | null): void
  rename(node: string | null): void
  write(note: string | null): void
  /** Drops what is no longer there. */
  keepOnly(exists: {
    node(id: string): boolean
    wire(id: string): boolean
    group(id: string): boolean
    note(id: string): boolean
  }): void
}

/** What is selected on the canvas; outline, inspector and problems list share it. */
export const useSelection = create<SelectionState>()((set, get) => ({
  nodes: [],
  wires: [],
  groups: [],
  notes: [],
  reveal: { nodes: [], count: 0 },
  focus: null,
  renaming: null,
  writing: null,

  select({ nodes = [], wires = [], groups = [], notes = [] }) {
    set({ nodes, wires, groups, notes })
  },
  clear() {
    set({ nodes: [], wires: [], groups: [], notes: [] })
  },
  show(nodes, focus = null) {
    set({ nodes, wires: [], groups: [], notes: [], reveal: { nodes, count: get().reveal.count + 1 }, focus })
  },
  bring(cards) {
    set({ reveal: { nodes: cards, count: get().reveal.count + 1 } })
  },
  wishFocus(focus) {
    set({ focus })
  },
  rename(renaming) {
    set({ renaming })
  },
  write(writing) {
    set({ writing })
  },
  keepOnly(exists) {
    const { nodes, wires, groups, notes, renaming, writing } = get()
    const kept = {
      nodes: nodes.filter(exists.node),
      wires: wires.filter(exists.wire),
      groups: groups.filter(exists.group),
      notes: notes.filter(exists.note),
    }
    const same =
      kept.nodes.length === nodes.length &&
      kept.wires.length === wires.length &&
      kept.groups.length === groups.length &&
      kept.notes.length === notes.length
    if (!same) set(kept)
    if (renaming !== null && !exists.node(renaming)) set({ renaming: null })
    if (writing !== null && !exists.note(writing)) set({ writing: null })
  },
}))
