import { create } from 'zustand'
import { present } from '../../engine/base/invariant'
import { isSame } from '../../engine/base/isSame'
import type { ModelAnalysis } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import { applyEdits } from '../../engine/document/applyEdit'
import { emptyDocument } from '../../engine/document/create'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Act } from '../../engine/document/edits'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import { createAnalyser } from './documentAnalysis'
import { closeEntry, emptyHistory, type History, record, stepBack, stepForward } from './documentHistory'

/** Where a document lives. `path` null: never saved (a sample, a new document, a recovered draft). */
export interface DocumentFile {
  path: string | null
  /** File name for the title; the document's own name while it has no file. */
  name: string
}

export interface DocumentState {
  document: UnrollDocument
  path: string | null
  name: string
  /** True when the document differs from the one last loaded or saved; undoing back to it makes it false again. */
  unsaved: boolean
  /** Id of the model on the canvas. */
  activeModel: string
  /** Labels of the acts that can be undone, oldest first. */
  past: readonly string[]
  /** Labels of the acts that can be done again, next first. */
  future: readonly string[]
  /** By model id; worked out again with every edit. */
  analysis: Readonly<Record<string, ModelAnalysis>>
  /** What the engine says of the data; null while it is read or cannot be. */
  summary: DataSummary | null
  dataProblems: readonly Diagnostic[]
  /** Grows whenever another document is shown: the canvas then fits it into view. */
  loads: number
  /** What happened last, for those who listen instead of look; the count tells two equal sentences apart. */
  announcement: { text: string; count: number }

  /** Does an act: one undo entry. Acts that change nothing leave no entry. `merge`: see HistoryEntry. */
  apply(act: Act, options?: { merge?: string }): void
  /** The field was left: what is typed next is an entry of its own. */
  endMerge(): void
  undo(): void
  redo(): void
  /** Shows another document, with an empty history. `unsaved` for a recovered draft. */
  load(document: UnrollDocument, file: DocumentFile, options?: { unsaved?: boolean }): void
  /** The file now holds `saved` (default: the document as it is). */
  markSaved(file: DocumentFile, saved?: UnrollDocument): void
  setActiveModel(model: string): void
  setSummary(summary: DataSummary | null, problems?: readonly Diagnostic[]): void
  announce(text: string): void
}

interface Internals {
  history: History
  saved: UnrollDocument | null
}

const first = (document: UnrollDocument): string =>
  present(document.models[0], 'a document holds at least one model').id

/** Makes an independent store; the window uses the one below, tests make their own. */
export function createDocumentStore() {
  const analyse = createAnalyser()
  const start = emptyDocument('Untitled')
  let inside: Internals = { history: emptyHistory, saved: start }

  return create<DocumentState>()((set, get) => {
    /** Shows `document` and everything that follows from it, in one change: nobody ever sees a mixture of two documents. */
    const show = (
      document: UnrollDocument,
      history: History,
      sentence: string,
      model: string | null,
      more: Partial<Pick<DocumentState, 'path' | 'name' | 'summary' | 'dataProblems' | 'loads'>> = {},
    ): void => {
      inside = { ...inside, history }
      const state = { ...get(), ...more }
      const wanted = model ?? state.activeModel
      set({
        ...more,
        document,
        activeModel: document.models.some((one) => one.id === wanted) ? wanted : first(document),
        unsaved: document !== inside.saved,
        past: history.past.map((entry) => entry.label),
        future: history.future.map((entry) => entry.label),
        analysis: analyse(document, state.summary),
        announcement: { text: sentence, count: state.announcement.count + 1 },
      })
    }

    return {
      document: start,
      path: null,
      name: start.name,
      unsaved: false,
      activeModel: first(start),
      past: [],
      future: [],
      analysis: analyse(start, null),
      summary: null,
      dataProblems: [],
      loads: 0,
      announcement: { text: '', count: 0 },

      apply(act, options) {
        const before = get().document
        const after = applyEdits(before, act.edits)
        // Edits write anew what may be the same as before; shared parts make the comparison cheap.
        if (isSame(after, before)) return
        const model = modelOf(act)
        const merge = options?.merge ?? null
        show(after, record(inside.history, { label: act.label, before, after, model, merge }), act.label, model)
      },
      endMerge() {
        inside = { ...inside, history: closeEntry(inside.history) }
      },
      undo() {
        const step = stepBack(inside.history)
        if (step) show(step.entry.before, step.history, `Undone: ${step.entry.label}`, step.entry.model)
      },
      redo() {
        const step = stepForward(inside.history)
        if (step) show(step.entry.after, step.history, `Done again: ${step.entry.label}`, step.entry.model)
      },
      load(document, file, options) {
        inside = { history: emptyHistory, saved: options?.unsaved ? null : document }
        const fresh = { ...file, summary: null, dataProblems: [], loads: get().loads + 1 }
        show(document, emptyHistory, `Opened ${file.name}`, first(document), fresh)
      },
      markSaved(file, saved) {
        inside = { history: closeEntry(inside.history), saved: saved ?? get().document }
        set({ ...file, unsaved: get().document !== inside.saved })
      },
      setActiveModel(model) {
        set({ activeModel: model })
      },
      setSummary(summary, problems = []) {
        set({ summary, dataProblems: problems, analysis: analyse(get().document, summary) })
      },
      announce(text) {
        set({ announcement: { text, count: get().announcement.count + 1 } })
      },
    }
  })
}

function modelOf(act: Act): string | null {
  for (const edit of act.edits) {
    if (edit.kind === 'addModel') return edit.model.id
    if ('model' in edit && edit.kind !== 'deleteModel') return edit.model
  }
  return null
}

/** The open document, its history and what the compiler says of it. */
export const useDocument = createDocumentStore()

/** The model on the canvas. */
export function activeModelOf(state: Pick<DocumentState, 'document' | 'activeModel'>): Model {
  const found = state.document.models.find((model) => model.id === state.activeModel)
  return present(found, 'the active model is in the document')
}

/** What keeps the model on the canvas from training: errors of the data and of the model. */
export function errorsOf(state: Pick<DocumentState, 'analysis' | 'activeModel' | 'dataProblems'>): Diagnostic[] {
  const problems = state.analysis[state.activeModel]?.problems ?? []
  return [...state.dataProblems, ...problems].filter(({ severity }) => severity === 'error')
}

/** What the compiler says of the model on the canvas. */
export function activeAnalysisOf(state: Pick<DocumentState, 'analysis' | 'activeModel'>): ModelAnalysis {
  return present(state.analysis[state.activeModel], 'every model is analysed')
}
