import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, nativeTheme } from 'electron'
import { Blocks } from './blocks'
import { PUSH } from './channels'
import type { MenuAction } from './contract'
import { DocumentFiles } from './documentFiles'
import { Drafts } from './drafts'
import { Engine } from './engine'
import { listenToWindow } from './ipc'
import { JsonFile } from './jsonFile'
import { documentArgument } from './launchFile'
import { AppMenu } from './menu'
import { Recents } from './recents'
import { registerScheme, serveApp } from './scheme'
import { type AppWindow, makeWindow } from './window'
import { windowStateSchema } from './windowState'

/** Built to out/main/main.js; everything the app ships lies relative to it. */
const out = dirname(dirname(fileURLToPath(import.meta.url)))
const samplesFolder = join(dirname(out), 'samples')

let window: AppWindow | null = null
/** Opens a document from outside in the running window; null until the page is there. */
let openNow: ((path: string) => void) | null = null
/** A document from outside that waits for the page. */
let launchFile = documentArgument(process.argv, process.cwd())

function push(channel: string, value: unknown): void {
  if (window !== null && !window.browser.isDestroyed()) window.browser.webContents.send(channel, value)
}

function act(action: MenuAction): void {
  push(PUSH.menu, action)
}

function openFromOutside(path: string): void {
  if (openNow === null) launchFile = path
  else openNow(path)
}

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  const drafts = new Drafts(userData)
  const menu = new AppMenu({ act, openRecent: openFromOutside, isMac: process.platform === 'darwin' })
  const recents = new Recents(join(userData, 'recent-files.json'), (list) => menu.setRecents(list))
  menu.setRecents(await recents.list())
  const files = new DocumentFiles(recents, drafts)
  const blocks = new Blocks(join(userData, 'my-blocks.json'))
  const windowState = new JsonFile(join(userData, 'window.json'), windowStateSchema)
  const engine = new Engine({
    execPath: process.execPath,
    hostFile: join(out, 'host', 'main.js'),
    samplesFolder: join(samplesFolder, 'data'),
    folderOf: (documentPath) => files.folderOf(documentPath),
    relay: (event) => push(PUSH.engineEvent, event),
  })
  serveApp(join(out, 'renderer'))
  listenToWindow({
    engine,
    files,
    drafts,
    blocks,
    samplesFolder,
    takeLaunchFile: () => {
      const path = launchFile
      launchFile = null
      openNow = (later) => {
        files.open(later).then(
          (opened) => push(PUSH.opened, opened),
          (error: unknown) => console.error(`could not open ${later}`, error),
        )
      }
      return path
    },
    themeChosen: () => window?.applyTheme(),
    historyChanged: (history) => menu.setHistory(history),
    closeWindow: () => window?.close(),
  })
  nativeTheme.on('updated', () => {
    window?.applyTheme()
    push(PUSH.dark, nativeTheme.shouldUseDarkColors)
  })
  engine.start()
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    Promise.all([engine.stop(), windowState.settled()]).finally(() => {
      ended = true
      app.quit()
    })
  })
  window = await makeWindow({
    preload: join(out, 'preload', 'preload.cjs'),
    version: app.getVersion(),
    state: windowState,
    onCloseRequested: () => act('closeRequested'),
    onLoaded: () => engine.repeatReady(),
  })
  window.browser.on('closed', () => {
    window = null
    menu.dispose()
  })
  await window.load()
}

function bringToFront(): void {
  if (window === null || window.browser.isDestroyed()) return
  if (window.browser.isMinimized()) window.browser.restore()
  window.browser.show()
  window.browser.focus()
}

registerScheme()
// Letters are smoothed in grey: with coloured edges they would change their look whenever the canvas begins to move and is then
// kept as a picture of its own (see renderer/canvas/Canvas.module.css).
app.commandLine.appendSwitch('disable-lcd-text')

app.on('window-all-closed', () => app.quit())
app.on('second-instance', (_event, argv, folder) => {
  const path = documentArgument(argv, folder)
  bringToFront()
  if (path !== null) openFromOutside(path)
})
// macOS tells of the document before the app is ready.
app.on('open-file', (event, path) => {
  event.preventDefault()
  bringToFront()
  openFromOutside(path)
})
if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron becomes ready only after this file has run.
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
} else {
  app.quit()
}
