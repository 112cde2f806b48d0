import { create } from 'zustand'
import { type AppLayout, type DockTab, type PanelName, type RailPanel, readLayout, type ThemeChoice } from './appLayout'

/** The question that keeps unsaved work: what the user chose. */
export type UnsavedAnswer = 'save' | 'discard' | 'cancel'

export type Dialog =
  | { kind: 'keys' }
  /** `after` says what comes next, for the sentence: "before opening another document". */
  | { kind: 'unsaved'; after: string; answer: (answer: UnsavedAnswer) => void }

export interface AppStore extends AppLayout {
  screen: 'home' | 'editor'
  /** True once a document was opened: the start screen then offers the way back. */
  hasDocument: boolean
  dialog: Dialog | null
  /** True while the document's name is being typed. */
  renamingDocument: boolean
  /** Id of the model whose tab is being renamed. */
  renamingModel: string | null

  showHome(): void
  showEditor(): void
  /** Opens the panel beside the rail; the same one again closes it. */
  toggleRail(panel: RailPanel): void
  openRail(panel: RailPanel): void
  showDock(tab: DockTab): void
  toggleDock(): void
  resize(sizes: Partial<Record<PanelName, number>>): void
  setTheme(theme: ThemeChoice): void
  openDialog(dialog: Dialog): void
  closeDialog(): void
  renameDocument(renaming: boolean): void
  renameModel(model: string | null): void
}

const LAYOUT_KEY = 'unroll.layout'

function storedLayout(): AppLayout {
  return readLayout(localStorage.getItem(LAYOUT_KEY))
}

/** What the window shows around the document. Not part of the document and not undone. */
export const useApp = create<AppStore>()((set, get) => ({
  ...storedLayout(),
  screen: 'home',
  hasDocument: false,
  dialog: null,
  renamingDocument: false,
  renamingModel: null,

  showHome: () => set({ screen: 'home' }),
  showEditor: () => set({ screen: 'editor', hasDocument: true }),
  toggleRail: (panel) => set({ rail: get().rail === panel ? null : panel }),
  openRail: (panel) => set({ rail: panel }),
  showDock: (tab) => set({ dock: tab, dockOpen: true }),
  toggleDock: () => set({ dockOpen: !get().dockOpen }),
  resize: (sizes) => set({ sizes: { ...get().sizes, ...sizes } }),
  setTheme: (theme) => set({ theme }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  renameDocument: (renamingDocument) => set({ renamingDocument }),
  renameModel: (renamingModel) => set({ renamingModel }),
}))

/** Writes the layout whenever it changes; returns what ends it. */
export function rememberLayout(): () => void {
  return useApp.subscribe(({ rail, dock, dockOpen, sizes, theme }, before) => {
    const same =
      rail === before.rail &&
      dock === before.dock &&
      dockOpen === before.dockOpen &&
      sizes === before.sizes &&
      theme === before.theme
    if (same) return
    localStorage.setItem(LAYOUT_KEY, JSON.stringify({ rail, dock, dockOpen, sizes, theme } satisfies AppLayout))
  })
}
