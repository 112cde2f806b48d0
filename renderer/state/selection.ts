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
  /** Asks the canvas to bring these nodes into view; the count tells two equal wishes apart. */
  reveal: { nodes: readonly string[]; count: number }
  /** Asks the inspector to focus a field; it clears the wish when done. */
  focus: FocusWish | null
  /** The node whose title is being typed, or null. */
  renaming: string | null

  select(selection: { nodes?: readonly string[]; wires?: readonly string[] }): void
  clear(): void
  /** Selects and brings into view. */
  show(nodes: readonly string[], focus?: FocusWish | null): void
  wishFocus(wish: FocusWish | null): void
  rename(node: string | null): void
  /** Drops what is no longer there. */
  keepOnly(exists: { node(id: string): boolean; wire(id: string): boolean }): void
}

/** What is selected on the canvas; outline, inspector and problems list share it. */
export const useSelection = create<SelectionState>()((set, get) => ({
  nodes: [],
  wires: [],
  reveal: { nodes: [], count: 0 },
  focus: null,
  renaming: null,

  select({ nodes = [], wires = [] }) {
    set({ nodes, wires })
  },
  clear() {
    set({ nodes: [], wires: [] })
  },
  show(nodes, focus = null) {
    set({ nodes, wires: [], reveal: { nodes, count: get().reveal.count + 1 }, focus })
  },
  wishFocus(focus) {
    set({ focus })
  },
  rename(renaming) {
    set({ renaming })
  },
  keepOnly(exists) {
    const { nodes, wires, renaming } = get()
    const keptNodes = nodes.filter(exists.node)
    const keptWires = wires.filter(exists.wire)
    if (keptNodes.length !== nodes.length || keptWires.length !== wires.length) {
      set({ nodes: keptNodes, wires: keptWires })
    }
    if (renaming !== null && !exists.node(renaming)) set({ renaming: null })
  },
}))
