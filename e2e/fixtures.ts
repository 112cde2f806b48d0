import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { RunningApp } from './launch'
import { Editor } from './pages/Editor'
import { StartScreen } from './pages/StartScreen'

interface Fixtures {
  /** A folder of the test's own, removed afterwards. */
  folder: string
  /** Starts the app with the test's own user data; called again, it is the next start of the same app. */
  launch: (...files: string[]) => Promise<RunningApp>
  app: RunningApp
  start: StartScreen
  editor: Editor
}

/** Every test has an app and a folder of its own, and fails when the page reported an error. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  },
  launch: async ({ folder }, use) => {
    const apps: RunningApp[] = []
    await use(async (...files) => {
      const app = await RunningApp.launch({ userData: join(folder, 'user data'), files })
      apps.push(app)
      return app
    })
    for (const app of apps) await app.end()
    expect(
      apps.flatMap((app) => app.errors),
      'errors in the page',
    ).toEqual([])
  },
  app: async ({ launch }, use) => {
    await use(await launch())
  },
  start: async ({ app }, use) => {
    await use(new StartScreen(app.page))
  },
  editor: async ({ app }, use) => {
    await use(new Editor(app.page))
  },
})

export { expect }
