import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { JsonFile } from './jsonFile'
import { ORIGIN } from './scheme'
import { DEFAULT_WINDOW, placeOnScreens, type WindowState } from './windowState'

export interface WindowOptions {
  preload: string
  version: string
  state: JsonFile<WindowState>
  /** The user wants to close: ask the page, which answers by `closeWindow`. */
  onCloseRequested(): void
  /** Each time the page is loaded, a reload too. */
  onLoaded(): void
}

/** A page that does not answer within this time (it hangs or is gone) no longer keeps the window open; its draft is kept. */
const ANSWER_MILLISECONDS = 5000

export interface AppWindow {
  browser: BrowserWindow
  /** Closes without asking. */
  close(): void
}

/** The one window: sandboxed, isolated, no way to navigate or open another; its size and place are remembered. */
export async function openWindow(options: WindowOptions): Promise<AppWindow> {
  const remembered = (await options.state.read()) ?? DEFAULT_WINDOW
  const { maximized, width, height, x, y } = placeOnScreens(
    remembered,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const browser = new BrowserWindow({
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Unroll',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0d0e12' : '#f8f9fb',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      additionalArguments: [`--unroll-version=${options.version}`],
    },
  })
  if (maximized) browser.maximize()
  browser.webContents.on('did-finish-load', options.onLoaded)
  browser.once('ready-to-show', () => browser.show())
  refuseLeaving(browser)

  let agreed = false
  let patience: NodeJS.Timeout | null = null
  const close = (): void => {
    agreed = true
    browser.close()
  }
  browser.on('close', (event) => {
    if (agreed || browser.webContents.isCrashed()) {
      if (patience !== null) clearTimeout(patience)
      void options.state.write({ ...browser.getNormalBounds(), maximized: browser.isMaximized() })
      return
    }
    event.preventDefault()
    options.onCloseRequested()
    // The page may show its question for as long as it likes; only a page that is not alive is closed over.
    patience ??= setTimeout(() => {
      patience = null
      isAlive(browser).then((alive) => {
        if (!alive) close()
      }, close)
    }, ANSWER_MILLISECONDS)
  })
  await browser.loadURL(`${ORIGIN}/`)
  return { browser, close }
}

async function isAlive(browser: BrowserWindow): Promise<boolean> {
  if (browser.isDestroyed()) return true
  if (browser.webContents.isCrashed()) return false
  const silence = new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWER_MILLISECONDS).unref())
  return Promise.race([browser.webContents.executeJavaScript('true').then(() => true), silence])
}

function refuseLeaving(browser: BrowserWindow): void {
  const contents = browser.webContents
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.session.setPermissionRequestHandler((_contents, permission, allow) => allow(isAllowed(permission)))
  contents.session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
}

/** Copy and paste of nodes as text, nothing else. */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write' || permission === 'clipboard-read'
}
