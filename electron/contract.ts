import type { DataDefinition } from '../engine/document/dataSchema'
import type { UnrollDocument } from '../engine/document/schema'
import type { HostEvent, HostLost } from '../engine/host/protocol'

/** A file that was opened: raw text; the renderer parses it with engine/document, as the command line does. */
export interface OpenedFile {
  /** Opaque to the renderer: passed back for saving. null: a sample or a recovered draft, to be saved under a new name. */
  path: string | null
  /** File name without folder, for the title. */
  name: string
  text: string
}

export type Opened = { ok: true; file: OpenedFile } | { ok: false; message: string } | { ok: 'cancelled' }
export type Saved = { ok: true; path: string; name: string } | { ok: false; message: string } | { ok: 'cancelled' }

export interface SampleEntry {
  /** File name in samples/ without extension. */
  id: string
  title: string
  goal: string
  summary: string
}

export interface RecentFile {
  path: string
  name: string
  folder: string
}

/** A named piece of a model that the user keeps for later: `text` is what copying its nodes puts on the clipboard. */
export interface SavedBlock {
  id: string
  name: string
  text: string
}

/** The blocks after a change, by name; a sentence when the change could not be kept. */
export type BlocksKept = { ok: true; blocks: SavedBlock[] } | { ok: false; message: string }

/** What the renderer may ask of the engine host; main adds folders and relays. */
export type EngineCommand =
  | { kind: 'describeData'; request: string; data: DataDefinition; documentPath: string | null }
  | {
      kind: 'train'
      run: string
      document: UnrollDocument
      model: string
      documentPath: string | null
      threads: number | null
    }
  | { kind: 'pause' | 'resume' | 'step' | 'stop'; run: string }
  | { kind: 'setLearningRate'; run: string; learningRate: number }
  | { kind: 'frameRead'; run: string; step: number }

/** Names of the acts that undo takes back and redo does again; null: there is none. */
export interface MenuHistory {
  undo: string | null
  redo: string | null
}

/** What the native menu can ask for; each is answered by a command of the page that names it as its `menu`. */
export const MENU_ACTIONS = [
  'home',
  'new',
  'open',
  'save',
  'saveAs',
  'saveVersion',
  'renameDocument',
  'settings',
  'undo',
  'redo',
  'pasteWired',
  'duplicate',
  'delete',
  'deleteAndReconnect',
  'selectAll',
  'find',
  'addNode',
  'addNote',
  'connect',
  'moveEnd',
  'moveBeginning',
  'reroute',
  'rename',
  'bypass',
  'collapse',
  'group',
  'ungroup',
  'keepBlock',
  'putIntoFrame',
  'takeOut',
  'tidy',
  'alignLeft',
  'alignCentre',
  'alignRight',
  'alignTop',
  'alignMiddle',
  'alignBottom',
  'spreadAcross',
  'spreadDown',
  'chooseData',
  'addModel',
  'duplicateModel',
  'duplicateAsRnn',
  'duplicateAsLstm',
  'duplicateAsGru',
  'duplicateAsTransformer',
  'renameModel',
  'moveModelLeft',
  'moveModelRight',
  'deleteModel',
  'fit',
  'fitSelection',
  'zoomReset',
  'showNodes',
  'showData',
  'showSamples',
  'showRuns',
  'showOutline',
  'showVersions',
  'showLoss',
  'showGates',
  'showCompare',
  'showPlan',
  'showProblems',
  'toggleCharts',
  'toggleInspector',
  'larger',
  'smaller',
  'palette',
  'train',
  'trainAll',
  'pause',
  'resume',
  'step',
  'stop',
  'keys',
] as const

/** Chosen in the native menu or by the window's close button; the page does it. */
export type MenuAction = (typeof MENU_ACTIONS)[number] | 'closeRequested'

/** `window.unroll`: the whole of what the sandboxed renderer can reach. Each `on…` returns a function that ends the listening. */
export interface UnrollApi {
  version: string
  platform: string
  samples(): Promise<SampleEntry[]>
  openSample(id: string): Promise<Opened>
  /** With a native dialog. */
  openDocument(): Promise<Opened>
  openRecent(path: string): Promise<Opened>
  /** A file dropped on the window (the browser's File object). */
  openDropped(file: File): Promise<Opened>
  /** The document named on the command line, once; null when there was none. */
  launchFile(): Promise<Opened | null>
  /** A document that the operating system or a second start of the app hands over. */
  onOpened(listener: (opened: Opened) => void): () => void
  recents(): Promise<RecentFile[]>
  blocks: {
    /** All that the user keeps, by name. */
    list(): Promise<SavedBlock[]>
    /** A new one, or with the id of one that is there, another name or content for it. */
    keep(block: { id: string | null; name: string; text: string }): Promise<BlocksKept>
    forget(id: string): Promise<BlocksKept>
  }
  /** The text on the system's clipboard if it may hold copied nodes, else null. */
  clipboardNodes(): Promise<string | null>
  /** Atomic: a temporary file beside it, then a rename. path null or `saveAs`: with a native dialog. */
  saveDocument(request: { path: string | null; suggestedName: string; text: string }): Promise<Saved>
  /** Keeps the draft for recovery after a crash; null when nothing is unsaved. */
  keepDraft(draft: { path: string | null; name: string; text: string } | null): Promise<void>
  /** The newest draft that an earlier crash left, or null; asked once, at the start. It stays on disk until `forgetRecovered`. */
  recoverDraft(): Promise<OpenedFile | null>
  /** The user has thrown the recovered draft away, or it is kept again as a draft of now. */
  forgetRecovered(): Promise<void>
  setTitle(title: { name: string; unsaved: boolean }): void
  /** What undo and redo would do, for the native menu; null: nothing. */
  setHistory(history: MenuHistory): void
  /** The renderer agrees to close (after `closeRequested`). */
  closeWindow(): void
  engine: {
    send(command: EngineCommand): void
    onEvent(listener: (event: HostEvent | HostLost) => void): () => void
  }
  onMenu(listener: (action: MenuAction) => void): () => void
  theme: {
    set(theme: 'system' | 'light' | 'dark'): void
    /** Resolved by the system; also tells changes. */
    onChange(listener: (dark: boolean) => void): () => void
  }
  /** How large everything in the window is; 1 is as the system has it. Bounded to 0.5 … 3. */
  setZoom(factor: number): void
}

declare global {
  interface Window {
    unroll: UnrollApi
  }
}
