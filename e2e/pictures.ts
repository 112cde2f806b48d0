import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../tools/setup/folders.mjs'
import { expect } from './fixtures'
import type { RunningApp } from './launch'

/** Git-ignored. */
const folder = join(root, 'test-results', 'screenshots')

/** Every look that pictures are taken in. */
export const looks = (['Light', 'Dark'] as const).flatMap((theme) =>
  [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
  ].map((size) => ({ theme, ...size, title: `${theme} ${size.width}×${size.height}` })),
)

/** Makes the window as large as the look wants it; returns what takes a picture by its name. */
export async function photographer(
  app: RunningApp,
  { theme, width, height }: (typeof looks)[number],
): Promise<(name: string) => Promise<unknown>> {
  const page: Page = app.page
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows()[0]
      window?.setBounds({ x: 0, y: 0, ...size })
      window?.setMenuBarVisibility(false)
    },
    { width, height },
  )
  // A window as large as the screen can come out a pixel smaller.
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeGreaterThan(width - 3)
  return (name) =>
    page.screenshot({ path: join(folder, `${name}-${theme.toLowerCase()}-${width}.png`), animations: 'disabled' })
}
