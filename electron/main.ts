import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, nativeTheme } from 'electron'
import { PUSH } from './channels'
import type { MenuAction } from './contract'
import { Drafts } from './drafts'
import { Engine } from './engine'
import { listenToWindow, openChosen, type Services } from './ipc'
import { JsonFile } from './jsonFile'
import { documentArgument } from './launchFile'
import { setMenu } from './menu'
import { Recents } from './recents'
import { registerScheme, serveApp } from './scheme'
import { type AppWindow, openWindow } from './window'
import { windowStateSchema } from './windowState'

/** Built to out/main/main.js; everything the app ships lies relative to it. */
const out = dirname(dirname(fileURLToPath(import.meta.url)))
const samplesFolder = join(dirname(out), 'samples')

let window: AppWindow | null = null

function push(channel: string, value: unknown): void {
  if (window !== null && !window.browser.isDestroyed()) window.browser.webContents.send(channel, value)
}

function act(action: MenuAction): void {
  push(PUSH.menu, action)
}

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  const engine = new Engine({
    execPath: process.execPath,
    hostFile: join(out, 'host', 'main.js'),
    samplesFolder,
    relay: (event) => push(PUSH.engineEvent, event),
  })
  const services: Services = {
    engine,
    recents: new Recents(join(userData, 'recent-files.json')),
    drafts: new Drafts(join(userData, 'draft.json')),
    samplesFolder,
    chosen: new Set(),
    launchFile: documentArgument(process.argv, process.cwd()),
    closeWindow: () => window?.close(),
  }
  serveApp(join(out, 'renderer'))
  setMenu(act, process.platform === 'darwin')
  listenToWindow(services)
  nativeTheme.on('updated', () => push(PUSH.dark, nativeTheme.shouldUseDarkColors))
  engine.start()
  window = await openWindow({
    preload: join(out, 'preload', 'preload.cjs'),
    version: app.getVersion(),
    state: new JsonFile(join(userData, 'window.json'), windowStateSchema),
    onCloseRequested: () => act('closeRequested'),
    onLoaded: () => engine.repeatReady(),
  })
  window.browser.on('closed', () => {
    window = null
  })

  const openOutside = (path: string): void => {
    window?.browser.show()
    window?.browser.focus()
    openChosen(services, path).then(
      (opened) => push(PUSH.opened, opened),
      (error: unknown) => console.error(`could not open ${path}`, error),
    )
  }
  app.on('second-instance', (_event, argv, folder) => {
    const path = documentArgument(argv, folder)
    if (path !== null) openOutside(path)
    else window?.browser.focus()
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openOutside(path)
  })
  app.on('will-quit', (event) => {
    if (engine.pid === 0) return
    event.preventDefault()
    engine.stop().finally(() => app.quit())
  })
}

registerScheme()
app.on('window-all-closed', () => app.quit())
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
