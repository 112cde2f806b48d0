import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../tools/setup/folders.mjs'
import { expect, test } from './fixtures'

/** As wide as it is shown on a page, and as sharp as screens are. */
const SIZE = { width: 1440, height: 900 }

test('the editor while a small LSTM learns to spell from Moby Dick', async ({ app, start, editor }) => {
  const { page } = app
  await app.electron.evaluate(({ BrowserWindow }, size) => {
    const window = BrowserWindow.getAllWindows()[0]
    window?.setMenuBarVisibility(false)
    window?.setContentSize(size.width, size.height)
  }, SIZE)
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(SIZE.width)
  await editor.setTheme('Dark')
  await start.sample('Moby Dick').click()
  await editor.ready()
  await editor.canvas.select('LSTM')
  await editor.press('Train')
  // Late enough that the charts have something to say.
  await expect(page.getByText(/^Epoch [5-9] of/)).toBeVisible({ timeout: 80_000 })
  await mkdir(join(root, 'docs'), { recursive: true })
  await page.screenshot({ path: join(root, 'docs', 'editor.png'), animations: 'disabled' })
})
