import type { Opened } from '../../electron/contract'
import { emptyDocument } from '../../engine/document/create'
import { parseDocument } from '../../engine/document/parse'
import type { UnrollDocument } from '../../engine/document/schema'
import { serializeDocument } from '../../engine/document/serialize'
import { useRunHistory } from '../run/history'
import { telemetry } from '../run/telemetry'
import { type UnsavedAnswer, useApp } from '../state/app'
import { type DocumentFile, useDocument } from '../state/document'
import { useRun } from '../state/run'
import { fileNameFor } from './fileName'
import { tell, warn } from './notify'

/** Opening, saving and leaving documents. What was opened replaces the document only when it can be read as a whole. */

export function newDocument(): Promise<void> {
  return leaving('before starting a new model', async () => {
    show(emptyDocument('Untitled'), { path: null, name: 'Untitled' })
  })
}

export function openSample(id: string): Promise<void> {
  return leaving('before opening a sample', async () => {
    accept(await window.unroll.openSample(id))
  })
}

export async function openWithDialog(): Promise<void> {
  await take(await window.unroll.openDocument())
}

export async function openRecent(path: string): Promise<void> {
  await take(await window.unroll.openRecent(path))
}

export async function openDropped(file: File): Promise<void> {
  await take(await window.unroll.openDropped(file))
}

/** Asks about unsaved work only once there is a document to take its place: a file that cannot be opened is only told of. */
async function take(opened: Opened): Promise<void> {
  if (opened.ok !== true) {
    accept(opened)
    return
  }
  await leaving('before opening another document', async () => {
    accept(opened)
  })
}

/**
 * Opens the document named on the command line, and later those that the operating system or a second start of the app hands
 * over. Returns what ends the listening.
 */
export function openFromOutside(): () => void {
  void window.unroll.launchFile().then((opened) => {
    if (opened) accept(opened)
  })
  return window.unroll.onOpened((opened) => void take(opened))
}

/**
 * Shows the draft that a crash left; it counts as unsaved until it is written somewhere. It is a draft of now before the recovered one
 * goes, so that at no moment there is none.
 */
export async function openDraft(draft: { path: string | null; name: string; text: string }): Promise<void> {
  if (!accept({ ok: true, file: draft }, { unsaved: true })) return
  await window.unroll.keepDraft(draft)
  await window.unroll.forgetRecovered()
}

/** Writes the document; asks where when it has no file yet. Returns whether it is safe now. */
export async function save(options: { as: boolean }): Promise<boolean> {
  const { document, path } = useDocument.getState()
  const saved = await window.unroll.saveDocument({
    path: options.as ? null : path,
    suggestedName: fileNameFor(document.name),
    text: serializeDocument(document),
  })
  if (saved.ok === 'cancelled') return false
  if (!saved.ok) {
    warn('Not saved', saved.message)
    return false
  }
  useDocument.getState().markSaved({ path: saved.path, name: saved.name }, document)
  tell(`Saved ${saved.name}`)
  return true
}

/** The window asks to close: agreed once nothing unsaved would be lost. */
export function closeWindow(): Promise<void> {
  return leaving('before closing', async () => {
    await window.unroll.keepDraft(null)
    window.unroll.closeWindow()
  })
}

/** Does `next` once the open document is saved, or its changes are given up. */
async function leaving(after: string, next: () => Promise<void>): Promise<void> {
  if (!useDocument.getState().unsaved || !useApp.getState().hasDocument) return next()
  const answer = await askUnsaved(after)
  if (answer === 'cancel') return
  if (answer === 'save' && !(await save({ as: false }))) return
  await next()
}

function askUnsaved(after: string): Promise<UnsavedAnswer> {
  return new Promise((resolve) => {
    useApp.getState().openDialog({
      kind: 'unsaved',
      after,
      answer: (answer) => {
        useApp.getState().closeDialog()
        resolve(answer)
      },
    })
  })
}

/** Returns whether the document is on show now. */
function accept(opened: Opened, options: { unsaved: boolean } = { unsaved: false }): boolean {
  if (opened.ok === 'cancelled') return false
  if (!opened.ok) {
    warn('This file was not opened', opened.message)
    return false
  }
  const { file } = opened
  const parsed = parseDocument(file.text, file.name)
  const sentences = parsed.problems.map((problem) => problem.message)
  if (!parsed.ok) {
    warn('This file was not opened', sentences[0] ?? `${file.name} cannot be read.`)
    return false
  }
  show(parsed.value, { path: file.path, name: file.path === null ? parsed.value.name : file.name }, options)
  if (sentences.length > 0) warn('Opened with repairs', sentences.join(' '))
  return true
}

function show(document: UnrollDocument, file: DocumentFile, options?: { unsaved: boolean }): void {
  const run = useRun.getState()
  // A run belongs to the document it was started from.
  run.stop()
  run.leave()
  telemetry.clear()
  useRunHistory.getState().clear()
  useDocument.getState().load(document, file, options)
  useApp.getState().showEditor()
}
