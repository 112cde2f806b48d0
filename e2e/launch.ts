import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { MENU_ACTIONS } from '../electron/contract'
import { electronExecutable, electronFlags } from '../tools/electronRuntime.mjs'
import { root } from '../tools/setup/folders.mjs'

export interface LaunchOptions {
  /** Where this copy of the app keeps its own files; a second launch with the same folder is the next start of the app. */
  userData: string
  /** Documents named on the command line. */
  files?: readonly string[]
}

/** Milliseconds for an app to end; one that does not would take the time of its test and of the next. */
const PATIENCE = 15_000

/** The built app in real Electron, with its one window, and what a test does to it from outside. */
export class RunningApp {
  /** What the page reported as errors; a test that ends with any fails. */
  readonly errors: string[] = []
  /** Errors that the test provokes on purpose. */
  provoked: RegExp | null = null
  readonly #gone: Promise<unknown>

  private constructor(
    readonly electron: ElectronApplication,
    readonly page: Page,
  ) {
    const main = electron.process()
    this.#gone = new Promise((resolve) => main.once('exit', resolve))
    page.on('pageerror', (error) => this.#note(error.stack ?? error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.#note(message.text())
    })
  }

  static async launch({ userData, files = [] }: LaunchOptions): Promise<RunningApp> {
    const electron = await _electron.launch({
      executablePath: electronExecutable(),
      args: [...electronFlags(), root, `--user-data-dir=${userData}`, ...files],
      env: environment(),
    })
    const page = await electron.firstWindow()
    const app = new RunningApp(electron, page)
    try {
      await page.getByRole('main').waitFor()
    } catch (error) {
      await app.end()
      throw error
    }
    return app
  }

  #note(error: string): void {
    if (!this.provoked?.test(error)) this.errors.push(error)
  }

  /** The next save dialog is answered with this path; null: cancelled. */
  async answerSaveDialog(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' })
    }, path)
  }

  /** The next open dialog is answered with this path; null: cancelled. */
  async answerOpenDialog(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({
        canceled: filePath === null,
        filePaths: filePath === null ? [] : [filePath],
      })
    }, path)
  }

  /** The title of the native window. */
  title(): Promise<string> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '')
  }

  /** Chooses an item of the native menu by its path: "File", "Save". */
  async chooseMenu(menu: string, item: string): Promise<void> {
    await this.electron.evaluate(
      ({ Menu, BrowserWindow }, [menuLabel, itemLabel]) => {
        const plain = (label: string) => label.replace('&', '')
        const found = Menu.getApplicationMenu()
          ?.items.find((one) => plain(one.label) === menuLabel)
          // Undo and redo name their act behind the verb.
          ?.submenu?.items.find((one) => one.label === itemLabel || one.label.startsWith(`${itemLabel} `))
        if (!found) throw new Error(`the menu has no item ${menuLabel} → ${itemLabel}`)
        const window = BrowserWindow.getAllWindows()[0]
        found.click(undefined, window, window?.webContents)
      },
      [menu, item] as const,
    )
  }

  /** Chooses an item of the native menu, also of a menu within it, by what it asks for. */
  async chooseAction(action: (typeof MENU_ACTIONS)[number]): Promise<void> {
    await this.electron.evaluate(({ Menu, BrowserWindow }, id) => {
      const found = Menu.getApplicationMenu()?.getMenuItemById(id)
      if (!found) throw new Error(`the menu has nothing for ${id}`)
      const window = BrowserWindow.getAllWindows()[0]
      found.click(undefined, window, window?.webContents)
    }, action)
  }

  /** Names in the native menu's list of recent files. */
  recentItems(): Promise<string[]> {
    return this.electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items[0]?.submenu
      const list = file?.items.find(({ label }) => label === 'Open recent')?.submenu
      return list?.items.map(({ label }) => label) ?? []
    })
  }

  /** Chooses a file of that list. */
  async openRecent(name: string): Promise<void> {
    await this.electron.evaluate(({ Menu }, label) => {
      const file = Menu.getApplicationMenu()?.items[0]?.submenu
      const list = file?.items.find((one) => one.label === 'Open recent')?.submenu
      list?.items.find((one) => one.label === label)?.click()
    }, name)
  }

  /** Keys that the native menu shows, by the labels of their items. */
  menuKeys(): Promise<Record<string, string>> {
    return this.electron.evaluate(({ Menu }) => {
      const keys: Record<string, string> = {}
      const walk = (menu: Electron.Menu | null | undefined): void => {
        for (const item of menu?.items ?? []) {
          if (item.id && item.accelerator) keys[item.label] = String(item.accelerator)
          walk(item.submenu)
        }
      }
      walk(Menu.getApplicationMenu())
      return keys
    })
  }

  /** Labels of the items of a menu. */
  menuItems(menu: string): Promise<string[]> {
    return this.electron.evaluate(
      ({ Menu }, menuLabel) =>
        Menu.getApplicationMenu()
          ?.items.find((one) => one.label.replace('&', '') === menuLabel)
          ?.submenu?.items.map((one) => one.label) ?? [],
      menu,
    )
  }

  /** What the user's click on the window's close button does. Does not wait for the window to be gone. */
  async askToClose(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  }

  /** Outer size and place of the window, in pixels. */
  bounds(): Promise<{ x: number; y: number; width: number; height: number } | undefined> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  }

  isShown(): Promise<boolean> {
    return this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)
  }

  /** The colour that the window has where nothing is drawn. */
  emptyColor(): Promise<string | undefined> {
    return this.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toUpperCase(),
    )
  }

  /** Lets go of a file or folder over the middle of the window, dragged out of a file manager. */
  async dropFile(path: string): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page)
    const middle = await this.page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
    // 1: the file manager allows to copy.
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, ...middle, data })
    }
    await browser.detach()
  }

  /** Process id of the engine host. */
  hostPid(): Promise<number> {
    return this.electron.evaluate(() => {
      // Node.js names its child processes nowhere else; this is the main process looking at its own.
      const handles: unknown = Reflect.apply(Reflect.get(process, '_getActiveHandles'), process, [])
      for (const handle of Array.isArray(handles) ? handles : []) {
        if (handle.constructor?.name === 'ChildProcess' && /host[\\/]main\.js/.test(String(handle.spawnargs))) {
          return Number(handle.pid)
        }
      }
      throw new Error('there is no engine host')
    })
  }

  /** kill -9 of the engine host, as the system does when memory runs out. */
  async killHost(): Promise<void> {
    process.kill(await this.hostPid(), 'SIGKILL')
  }

  /** kill -9 of the app itself. */
  async crash(): Promise<void> {
    this.electron.process().kill('SIGKILL')
    await this.#gone
  }

  /** Resolves when the app has ended by itself. */
  async ended(): Promise<void> {
    await this.#gone
  }

  /** Ends the app whatever it is doing; unsaved work of the test is thrown away. */
  async end(): Promise<void> {
    const killing = setTimeout(() => {
      console.error(`The app did not end within ${PATIENCE / 1000} s of being told to, and was killed.`)
      this.electron.process().kill('SIGKILL')
    }, PATIENCE)
    // Rejects when the app is gone already, or goes before it can answer.
    await this.electron.evaluate(({ app }) => app.exit(0)).catch(() => {})
    await this.#gone
    clearTimeout(killing)
  }
}

/** The environment without gaps: Playwright wants only strings. */
function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

export const samplesFolder = join(root, 'samples')
