import { create } from 'zustand'
import {
  type AppLayout,
  type DockTab,
  initialLayout,
  type MotionChoice,
  type PanelName,
  type RailPanel,
  readLayout,
  type ThemeChoice,
  unchosenSizes,
} from './appLayout'

/** The question that keeps unsaved work: what the user chose. */
export type UnsavedAnswer = 'save' | 'discard' | 'cancel'

export type Dialog =
  | { kind: 'keys' }
  | { kind: 'settings' }
  | { kind: 'chooseData' }
  /** `after` says what comes next, for the sentence: "before opening another document". */
  | { kind: 'unsaved'; after: string; answer: (answer: UnsavedAnswer) => void }

/** How much the window has room for: narrow, panels lie over the canvas, one at a time; low, the charts start closed; wide, panels are larger. */
export interface Room {
  narrow: boolean
  low: boolean
  wide: boolean
}

export interface AppStore extends AppLayout {
  room: Room
  /** What was open before the window became too small for it. */
  spare: Partial<Pick<AppLayout, 'rail' | 'inspectorOpen' | 'dockOpen'>>
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
  toggleInspector(): void
  openInspector(): void
  setTheme(theme: ThemeChoice): void
  setMotion(motion: MotionChoice): void
  setScale(scale: number): void
  setThreads(threads: number | null): void
  setRoom(room: Room): void
  openDialog(dialog: Dialog): void
  closeDialog(): void
  renameDocument(renaming: boolean): void
  renameModel(model: string | null): void
}

const LAYOUT_KEY = 'unroll.layout'

/** Takes up the layout that the last start left; before the window is first drawn. */
export function restoreLayout(): void {
  useApp.setState(readLayout(localStorage.getItem(LAYOUT_KEY)))
}

/** What the window shows around the document. Not part of the document and not undone. */
export const useApp = create<AppStore>()((set, get) => ({
  ...initialLayout,
  screen: 'home',
  hasDocument: false,
  dialog: null,
  renamingDocument: false,
  renamingModel: null,
  room: { narrow: false, low: false, wide: false },
  spare: {},

  showHome: () => set({ screen: 'home' }),
  showEditor: () => set({ screen: 'editor', hasDocument: true }),
  toggleRail: (panel) => (get().rail === panel ? set({ rail: null }) : get().openRail(panel)),
  openRail: (panel) => set({ rail: panel, ...(get().room.narrow ? { inspectorOpen: false } : {}) }),
  showDock: (tab) => set({ dock: tab, dockOpen: true }),
  toggleDock: () => set({ dockOpen: !get().dockOpen }),
  resize: (sizes) => set({ sizes: { ...get().sizes, ...sizes } }),
  toggleInspector: () => (get().inspectorOpen ? set({ inspectorOpen: false }) : get().openInspector()),
  openInspector: () => set({ inspectorOpen: true, ...(get().room.narrow ? { rail: null } : {}) }),
  setTheme: (theme) => set({ theme }),
  setMotion: (motion) => set({ motion }),
  setScale: (scale) => set({ scale }),
  setThreads: (threads) => set({ threads }),
  setRoom: (room) => set(fitInto(room, get())),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  renameDocument: (renamingDocument) => set({ renamingDocument }),
  renameModel: (renamingModel) => set({ renamingModel }),
}))

/** Closes what there is no longer room for, and opens it again once there is. */
function fitInto(room: Room, state: AppStore): Partial<AppStore> {
  const { narrow, low } = state.room
  const { rail, inspectorOpen, dockOpen } = state
  let { spare } = state
  let changes: Partial<AppStore> = { room, sizes: unchosenSizes(state.sizes, room.wide) }
  if (room.narrow && !narrow) {
    spare = { ...spare, rail, inspectorOpen }
    changes = { ...changes, rail: null, inspectorOpen: false }
  }
  if (!room.narrow && narrow) {
    const { rail: oldRail = rail, inspectorOpen: oldInspector = inspectorOpen, ...rest } = spare
    spare = rest
    changes = { ...changes, rail: oldRail, inspectorOpen: oldInspector }
  }
  if (room.low && !low) {
    spare = { ...spare, dockOpen }
    changes = { ...changes, dockOpen: false }
  }
  if (!room.low && low) {
    const { dockOpen: oldDock = dockOpen, ...rest } = spare
    spare = rest
    changes = { ...changes, dockOpen: oldDock }
  }
  return { ...changes, spare }
}

/** What of the store is remembered; while the window is small, the panels as they were before. */
function layoutOf(state: AppStore): AppLayout {
  const { rail, dock, dockOpen, sizes, theme, inspectorOpen, motion, scale, threads, spare } = state
  return { rail, dock, dockOpen, sizes, theme, inspectorOpen, motion, scale, threads, ...spare }
}

/** Writes the layout whenever it changes; returns what ends it. */
export function rememberLayout(): () => void {
  return useApp.subscribe((state, before) => {
    const text = JSON.stringify(layoutOf(state))
    if (text !== JSON.stringify(layoutOf(before))) localStorage.setItem(LAYOUT_KEY, text)
  })
}
