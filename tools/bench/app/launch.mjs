import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { electronExecutable, electronFlags } from '../../electronRuntime.mjs'
import { root } from '../../setup/folders.mjs'

/** @typedef {import('@playwright/test').ElectronApplication} Application */
/** @typedef {import('@playwright/test').Page} Page */

/** What a person has in front of them. */
const SIZE = { width: 1280, height: 800 }

/** The environment without gaps: Playwright wants only strings. */
export function environment() {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

/** @param {string} userData a folder for the app's own files @param {readonly string[]} files documents to open */
export function appArguments(userData, files) {
  return [...electronFlags(), root, `--user-data-dir=${userData}`, ...files]
}

/**
 * Starts the built app in real Electron, does something with its one window, and ends it whatever happens.
 *
 * @template T
 * @param {readonly string[]} files documents named on the command line
 * @param {(app: { electron: Application, page: Page }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withApp(files, work) {
  const userData = mkdtempSync(join(tmpdir(), 'unroll-bench-app-'))
  const electron = await _electron.launch({
    executablePath: electronExecutable(),
    args: appArguments(userData, files),
    env: environment(),
  })
  const gone = new Promise((resolve) => electron.process().once('exit', resolve))
  try {
    const page = await electron.firstWindow()
    await page.getByRole('main').waitFor()
    await electron.evaluate(({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size })
    }, SIZE)
    return await work({ electron, page })
  } finally {
    // Unsaved work is thrown away; an app that is gone already does not answer.
    await electron.evaluate(({ app }) => app.exit(0)).catch(() => {})
    await gone
    rmSync(userData, { recursive: true, force: true, maxRetries: 3 })
  }
}
