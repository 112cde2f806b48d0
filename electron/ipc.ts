import { BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, nativeTheme } from 'electron'
import type { z } from 'zod'
import { isOwnPage } from './appFiles'
import type { Blocks } from './blocks'
import { INVOKE, SEND } from './channels'
import { clipboardNodes } from './clipboardNodes'
import type { MenuHistory, Opened } from './contract'
import type { DocumentFiles } from './documentFiles'
import type { Drafts } from './drafts'
import type { Engine } from './engine'
import {
  blockIdSchema,
  engineCommandSchema,
  historySchema,
  keepBlockSchema,
  keepDraftSchema,
  openPathSchema,
  sampleIdSchema,
  saveSchema,
  themeSchema,
  titleSchema,
} from './messages'
import { listSamples, openSample } from './samples'

export interface Services {
  engine: Engine
  files: DocumentFiles
  drafts: Drafts
  blocks: Blocks
  samplesFolder: string
  /** The document named on the command line or by the operating system at start, once; then null. */
  takeLaunchFile(): string | null
  /** The page has told its theme, at its start and after every change. */
  themeChosen(): void
  /** What undo and redo would do has changed. */
  historyChanged(history: MenuHistory): void
  closeWindow(): void
}

const FILTERS = [
  { name: 'Unroll documents', extensions: ['unroll'] },
  { name: 'All files', extensions: ['*'] },
]

/** Listens to the window; a message from anywhere but our own page, or of another shape, is refused. */
export function listenToWindow(services: Services): void {
  const { engine, files, drafts, blocks, samplesFolder } = services

  answer(INVOKE.samples, () => listSamples(samplesFolder))
  answerTo(INVOKE.openSample, sampleIdSchema, (id) => openSample(samplesFolder, id))
  answer(INVOKE.recents, () => files.recents())
  answer(INVOKE.blocks, () => blocks.list())
  answerTo(INVOKE.keepBlock, keepBlockSchema, (block) => blocks.keep(block))
  answerTo(INVOKE.forgetBlock, blockIdSchema, (id) => blocks.forget(id))
  answer(INVOKE.clipboardNodes, () => clipboardNodes())
  answer(INVOKE.recoverDraft, () => files.recoverDraft())
  answer(INVOKE.forgetRecovered, () => drafts.forgetRecovered())
  answerTo(INVOKE.keepDraft, keepDraftSchema, (draft) => drafts.keep(draft))
  answerTo(INVOKE.openPath, openPathSchema, (path) => files.open(path))
  answerTo(INVOKE.openRecent, openPathSchema, (path) => files.openRecent(path))
  answer(INVOKE.launchFile, async (): Promise<Opened | null> => {
    const path = services.takeLaunchFile()
    return path === null ? null : files.open(path)
  })
  answer(INVOKE.openDocument, async (event): Promise<Opened> => {
    const result = await dialog.showOpenDialog(windowOf(event), { properties: ['openFile'], filters: FILTERS })
    const path = result.filePaths[0]
    return result.canceled || path === undefined ? { ok: 'cancelled' } : files.open(path)
  })
  answerTo(INVOKE.saveDocument, saveSchema, (request, event) =>
    files.save(request, (suggested) => askWhere(windowOf(event), suggested)),
  )

  hear(SEND.title, titleSchema, ({ name, unsaved }, event) => {
    const window = windowOf(event)
    window.setTitle(name === '' ? 'Unroll' : `${unsaved ? '• ' : ''}${name} – Unroll`)
    window.setDocumentEdited(unsaved)
  })
  hear(SEND.history, historySchema, (history) => services.historyChanged(history))
  hear(SEND.theme, themeSchema, (theme) => {
    nativeTheme.themeSource = theme
    services.themeChosen()
  })
  hear(
    SEND.engine,
    engineCommandSchema,
    (command) => engine.send(command),
    (raw, reason) => engine.refuse(raw, reason),
  )
  ipcMain.on(SEND.close, (event) => {
    if (isOurs(event)) services.closeWindow()
  })
}

async function askWhere(window: BrowserWindow, defaultPath: string): Promise<string | null> {
  const result = await dialog.showSaveDialog(window, { defaultPath, filters: FILTERS })
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

function hear<P>(
  channel: string,
  schema: z.ZodType<P>,
  act: (payload: P, event: IpcMainEvent) => void,
  refuse?: (raw: unknown, reason: string) => void,
): void {
  ipcMain.on(channel, (event, raw: unknown) => {
    if (!isOurs(event)) return
    const parsed = schema.safeParse(raw)
    if (parsed.success) {
      act(parsed.data, event)
      return
    }
    const [issue] = parsed.error.issues
    const reason = `${issue?.path.join('.') ?? channel}: ${issue?.message ?? 'a message of another shape'}`
    console.error(`${channel}: a message of another shape was refused: ${reason}`)
    refuse?.(raw, reason)
  })
}

/** The main frame of our own page, no other frame and no other origin. */
function isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url)
}

function windowOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (window === null) throw new Error('the window is gone')
  return window
}
