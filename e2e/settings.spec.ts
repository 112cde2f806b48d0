import type { Page } from '@playwright/test'
import { violations } from './axe'
import { expect, test } from './fixtures'
import { Editor } from './pages/Editor'
import { StartScreen } from './pages/StartScreen'

/** The size of the page in its own pixels. */
const room = (page: Page) => page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))

test('theme, size and motion are set in one dialog and kept for the next start', async ({ launch }) => {
  const first = await launch()
  const { page } = first
  const before = (await room(page)).width
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await dialog.getByText('Less', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'less')
  for (let step = 0; step < 2; step += 1) await dialog.getByRole('button', { name: 'Larger' }).click()
  await expect(dialog.getByRole('status')).toHaveText('125 %')
  await expect.poll(async () => (await room(page)).width).toBeLessThan(before * 0.82)
  expect.soft(await violations(page)).toEqual([])
  await page.keyboard.press('Control+=')
  await expect(dialog.getByRole('status')).toHaveText('150 %')
  await page.keyboard.press('Control+-')
  await expect(dialog.getByRole('status')).toHaveText('125 %')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+-')
  await expect.poll(async () => Math.round((before / (await room(page)).width) * 100)).toBe(110)
  await first.end()

  const second = await launch()
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(second.page.locator('html')).toHaveAttribute('data-motion', 'less')
  await expect.poll(async () => Math.round((before / (await room(second.page)).width) * 100)).toBe(110)
})

test('in a small window at 200 % everything is within reach, and nothing scrolls the page away', async ({ launch }) => {
  const app = await launch()
  const { page } = app
  const editor = new Editor(page)
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    window?.setMenuBarVisibility(false)
    window?.setBounds({ x: 0, y: 0, width: 1280, height: 800 })
  })
  await expect.poll(async () => (await room(page)).width).toBeGreaterThan(1270)
  await new StartScreen(page).sample('Parts of speech').click()
  await editor.ready()
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+=')
  await expect.poll(async () => (await room(page)).width).toBeLessThan(642)

  // Where things stand is asked of the page itself: the test's own pixels know nothing of the size.
  const isWithin = (name: string) =>
    page.evaluate((label) => {
      const found = [...document.querySelectorAll('button, [role="tab"]')].find(
        (one) => (one.getAttribute('aria-label') ?? one.textContent) === label,
      )
      const box = found?.getBoundingClientRect()
      return box !== undefined && box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= window.innerWidth + 1
    }, name)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')

  await expect(editor.inspector.region).toBeHidden()
  await expect(editor.palette).toBeHidden()
  for (const name of ['Train', 'Undo', 'Redo', 'Open the inspector', 'Search actions', 'Nodes', 'Versions']) {
    expect.soft(await isWithin(name), name).toBe(true)
  }
  await press('Nodes')
  await expect(editor.palette).toBeVisible()
  await press('Open the inspector')
  await expect(editor.inspector.region).toBeVisible()
  await expect(editor.palette).toBeHidden()
  await press('Open the charts')
  await expect(editor.dock.chart('Loss')).toBeVisible()
  const page_ = await page.evaluate(() => {
    window.scrollTo(0, 1000)
    return { y: window.scrollY, x: window.scrollX }
  })
  expect(page_).toEqual({ x: 0, y: 0 })
  expect.soft(await violations(page)).toEqual([])

  for (let step = 0; step < 7; step += 1) await page.keyboard.press('Control+-')
  await expect.poll(async () => (await room(page)).width).toBeGreaterThan(1590)
  await expect(editor.palette).toBeVisible()
  await expect(editor.inspector.region).toBeVisible()
})
