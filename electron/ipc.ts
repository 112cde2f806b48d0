import { basename } from 'node:path'
import { BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, nativeTheme } from 'electron'
import type { z } from 'zod'
import { INVOKE, SEND } from './channels'
import type { Opened, Saved } from './contract'
import { readDocument, writeDocument } from './documents'
import type { Drafts } from './drafts'
import type { Engine } from './engine'
import {
  engineCommandSchema,
  keepDraftSchema,
  openPathSchema,
  sampleIdSchema,
  saveSchema,
  themeSchema,
  titleSchema,
} from './messages'
import type { Recents } from './recents'
import { listSamples, openSample } from './samples'
import { ORIGIN } from './scheme'

export interface Services {
  engine: Engine
  recents: Recents
  drafts: Drafts
  samplesFolder: string
  /** Paths that the user chose in a dialog, dropped or named on the command line: only these may be written. */
  chosen: Set<string>
  /** Named on the command line at start; taken once. */
  launchFile: string | null
  closeWindow(): void
}

const FILTERS = [
  { name: 'Unroll documents', extensions: ['unroll'] },
  { name: 'All files', extensions: ['*'] },
]

/** Opens a path that the user chose, and remembers it. */
export async function openChosen(services: Services, path: string): Promise<Opened> {
  const opened = await readDocument(path)
  if (opened.ok === true) {
    services.chosen.add(path)
    await services.recents.add(path)
  }
  return opened
}

/** Listens to the window; a message from anywhere but our own page, or of another shape, is refused. */
export function listenToWindow(services: Services): void {
  const { engine, recents, drafts, samplesFolder, chosen } = services

  answer(INVOKE.samples, () => listSamples(samplesFolder))
  answerTo(INVOKE.openSample, sampleIdSchema, (id) => openSample(samplesFolder, id))
  answer(INVOKE.recents, () => recents.list())
  answer(INVOKE.recoverDraft, () => drafts.recover())
  answerTo(INVOKE.keepDraft, keepDraftSchema, (draft) => drafts.keep(draft))
  answerTo(INVOKE.openPath, openPathSchema, (path) => openChosen(services, path))
  answerTo(INVOKE.openRecent, openPathSchema, async (path): Promise<Opened> => {
    if (!(await recents.has(path)))
      return { ok: false, message: 'That file is not in the list of recent files. Open it with “Open”.' }
    const opened = await openChosen(services, path)
    if (opened.ok === false) await recents.remove(path)
    return opened
  })
  answer(INVOKE.launchFile, async (): Promise<Opened | null> => {
    const path = services.launchFile
    services.launchFile = null
    return path === null ? null : openChosen(services, path)
  })
  answer(INVOKE.openDocument, async (event): Promise<Opened> => {
    const result = await dialog.showOpenDialog(windowOf(event), { properties: ['openFile'], filters: FILTERS })
    const path = result.filePaths[0]
    return result.canceled || path === undefined ? { ok: 'cancelled' } : openChosen(services, path)
  })
  answerTo(INVOKE.saveDocument, saveSchema, async ({ path, suggestedName, text }, event): Promise<Saved> => {
    const target = path !== null && chosen.has(path) ? path : await askWhere(windowOf(event), path ?? suggestedName)
    if (target === null) return { ok: 'cancelled' }
    const saved = await writeDocument(target, text)
    if (saved.ok === true) {
      chosen.add(target)
      await recents.add(target)
    }
    return saved
  })

  hear(SEND.title, titleSchema, ({ name, unsaved }, event) => {
    const window = windowOf(event)
    window.setTitle(name === '' ? 'Unroll' : `${unsaved ? '• ' : ''}${name} – Unroll`)
    window.setDocumentEdited(unsaved)
  })
  hear(SEND.theme, themeSchema, (theme) => {
    nativeTheme.themeSource = theme
  })
  hear(SEND.engine, engineCommandSchema, (command) => engine.send(command))
  ipcMain.on(SEND.close, (event) => {
    if (isOurs(event)) services.closeWindow()
  })
}

async function askWhere(window: BrowserWindow, suggested: string): Promise<string | null> {
  const file = basename(suggested).replace(/[\\/:*?"<>|]/g, '-')
  const defaultPath = suggested.includes('/') || suggested.includes('\\') ? suggested : file
  const result = await dialog.showSaveDialog(window, {
    defaultPath: defaultPath.endsWith('.unroll') ? defaultPath : `${defaultPath}.unroll`,
    filters: FILTERS,
  })
  return result.canceled || result.filePath === '' ? null : result.filePath
}

function answer<R>(channel: string, act: (event: IpcMainInvokeEvent) => Promise<R>): void {
  ipcMain.handle(channel, (event) => {
    if (!isOurs(event)) throw new Error(`${channel}: refused`)
    return act(event)
  })
}

function answerTo<P, R>(
  channel: string,
  schema: z.ZodType<P>,
  act: (payload: P, event: IpcMainInvokeEvent) => Promise<R>,
): void {
  ipcMain.handle(channel, (event, raw: unknown) => {
    if (!isOurs(event)) throw new Error(`${channel}: refused`)
    return act(schema.parse(raw), event)
  })
}

function hear<P>(channel: string, schema: z.ZodType<P>, act: (payload: P, event: IpcMainEvent) => void): void {
  ipcMain.on(channel, (event, raw: unknown) => {
    if (!isOurs(event)) return
    const parsed = schema.safeParse(raw)
    if (parsed.success) act(parsed.data, event)
    else console.error(`${channel}: a message of another shape was refused`, parsed.error.issues[0])
  })
}

/** The main frame of our own page, no other frame and no other origin. */
function isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && new URL(frame.url).href.startsWith(`${ORIGIN}/`)
}

function windowOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (window === null) throw new Error('the window is gone')
  return window
}
