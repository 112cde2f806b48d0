import { BrowserWindow, nativeTheme, screen } from 'electron'
import { ORIGIN } from './appFiles'
import { guardWindow } from './guardWindow'
import type { JsonFile } from './jsonFile'
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
/** A page that is gone again this soon after it was loaded anew is not loaded once more. */
const RELOAD_MILLISECONDS = 10_000

/** A page that has not told its theme this long after it could be drawn is shown all the same. */
const THEME_MILLISECONDS = 1500

export interface AppWindow {
  browser: BrowserWindow
  /** Loads the page; resolves when it is there. */
  load(): Promise<void>
  /** The theme is known or has changed: the window takes its colour, and is shown if it was not yet, so that nothing flashes. */
  applyTheme(): void
  /** Closes without asking. */
  close(): void
}

/** Colour of the empty page in the theme of now; the page's own tokens say the same (`--surface-canvas`). */
function emptyColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#0d0e12' : '#f8f9fb'
}

/** The one window: sandboxed, isolated, no way to navigate or open another; its size and place are remembered. */
export async function makeWindow(options: WindowOptions): Promise<AppWindow> {
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
    backgroundColor: emptyColor(),
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
  const applyTheme = (): void => {
    if (browser.isDestroyed()) return
    browser.setBackgroundColor(emptyColor())
    if (!browser.isVisible() && !browser.isMinimized()) browser.show()
  }
  browser.once('ready-to-show', () => setTimeout(applyTheme, THEME_MILLISECONDS).unref())
  guardWindow(browser.webContents)
  loadAgainAfterCrash(browser)
  const close = askBeforeClosing(browser, options)
  return { browser, applyTheme, close, load: () => browser.loadURL(`${ORIGIN}/`) }
}

/** Lets the page ask about unsaved work before the window closes. Returns what closes without asking. */
function askBeforeClosing(browser: BrowserWindow, { state, onCloseRequested }: WindowOptions): () => void {
  let agreed = false
  let asking = false
  const close = (): void => {
    agreed = true
    if (!browser.isDestroyed()) browser.close()
  }
  browser.on('close', (event) => {
    if (agreed || browser.webContents.isCrashed()) {
      void state.write({ ...browser.getNormalBounds(), maximized: browser.isMaximized() })
      return
    }
    event.preventDefault()
    onCloseRequested()
    if (asking) return
    asking = true
    // The page may show its question for as long as it likes; only a page that is not alive is closed over.
    answers(browser)
      .then((alive) => {
        if (!alive) close()
      }, close)
      .finally(() => {
        asking = false
      })
  })
  return close
}

/** Whether the page still does anything. */
function answers(browser: BrowserWindow): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const silence = setTimeout(() => resolve(false), ANSWER_MILLISECONDS)
    browser.webContents
      .executeJavaScript('true')
      .then(() => resolve(true), reject)
      .finally(() => clearTimeout(silence))
  })
}

/** A page whose process is gone is loaded anew; it finds its draft on the start screen. */
function loadAgainAfterCrash(browser: BrowserWindow): void {
  let before = Number.NEGATIVE_INFINITY
  browser.webContents.on('render-process-gone', (_event, details) => {
    console.error(`the window's process is gone: ${details.reason}`)
    const now = performance.now()
    if (details.reason === 'clean-exit' || now - before < RELOAD_MILLISECONDS) return
    before = now
    browser.webContents.reload()
  })
}
