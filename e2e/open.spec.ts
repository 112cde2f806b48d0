import { spawn } from 'node:child_process'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { electronExecutable, electronFlags } from '../tools/electronRuntime.mjs'
import { root } from '../tools/setup/folders.mjs'
import { sampleDocument, writeDocument } from './documents'
import { expect, test } from './fixtures'
import { Editor } from './pages/Editor'
import { StartScreen } from './pages/StartScreen'

/** A document of the user's, told apart by its name. */
async function ownDocument(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.unroll`)
  await writeDocument(path, { ...(await sampleDocument('seattle-weather')), name })
  return path
}

test('a document named on the command line opens, and the title names it', async ({ launch, folder }) => {
  const app = await launch(await ownDocument(folder, 'Rain'))
  const editor = new Editor(app.page)
  await editor.ready()
  await expect(editor.documentName()).toContainText('Rain')
  await expect.poll(() => app.title()).toBe('Rain – Unroll')

  await editor.canvas.select('LSTM')
  await editor.inspector.set('Memory cells', '5')
  await expect.poll(() => app.title()).toBe('• Rain – Unroll')
  await editor.press('Undo')
  await expect.poll(() => app.title()).toBe('Rain – Unroll')
})

test('a second start hands its document to the window that is open, and ends', async ({ app, editor, folder }) => {
  const second = spawn(electronExecutable(), [
    ...electronFlags(),
    root,
    `--user-data-dir=${join(folder, 'user data')}`,
    await ownDocument(folder, 'Snow'),
  ])
  await new Promise((resolve) => second.once('exit', resolve))
  await expect(editor.documentName()).toContainText('Snow')
  await expect.poll(() => app.title()).toBe('Snow – Unroll')
  expect(app.electron.windows()).toHaveLength(1)
})

test('a file dropped on the window opens, from the start screen and over unsaved work', async ({
  app,
  start,
  editor,
  folder,
}) => {
  await app.dropFile(await ownDocument(folder, 'Wind'))
  await expect(editor.documentName()).toContainText('Wind')

  await editor.canvas.select('LSTM')
  await editor.inspector.set('Memory cells', '5')
  await app.dropFile(await ownDocument(folder, 'Hail'))
  await expect(editor.dialog).toContainText('Save “Wind” before opening another document?')
  await editor.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(editor.dialog).toBeHidden()
  await expect(editor.documentName()).toContainText('Wind')
  await expect(start.heading).toBeHidden()
})

test('recent files are listed newest first, and one that is gone is said to be', async ({ launch, folder }) => {
  const wind = await ownDocument(folder, 'Wind')
  const hail = await ownDocument(folder, 'Hail')
  const app = await launch(wind)
  const editor = new Editor(app.page)
  await expect(editor.documentName()).toContainText('Wind')
  await app.answerOpenDialog(hail)
  await app.page.keyboard.press('Control+o')
  await expect(editor.documentName()).toContainText('Hail')
  // The native menu lists them too.
  await expect.poll(() => app.recentItems()).toEqual(['Hail.unroll', 'Wind.unroll'])
  await app.openRecent('Wind.unroll')
  await expect(editor.documentName()).toContainText('Wind')
  await app.openRecent('Hail.unroll')
  await expect(editor.documentName()).toContainText('Hail')
  await expect.poll(() => app.recentItems()).toEqual(['Hail.unroll', 'Wind.unroll'])
  await app.end()

  await rename(hail, join(folder, 'Moved.unroll'))
  const again = await launch()
  const start = new StartScreen(again.page)
  await expect(start.recents()).toHaveText([/Hail/, /Wind/])
  await start.recent('Hail').click()
  const { messages } = new Editor(again.page)
  await expect(messages).toContainText('“Hail.unroll” is not there')
  await messages.getByRole('button').click()
  await expect(messages).toHaveCount(0)
  await start.recent('Wind').click()
  await expect(new Editor(again.page).documentName()).toContainText('Wind')
})

test('size and place of the window are remembered', async ({ launch }) => {
  const app = await launch()
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 140, y: 90, width: 1100, height: 720 })
  })
  await expect.poll(() => app.bounds()).toEqual({ x: 140, y: 90, width: 1100, height: 720 })
  const ended = app.ended()
  await app.askToClose()
  await ended
  const again = await launch()
  expect(await again.bounds()).toEqual({ x: 140, y: 90, width: 1100, height: 720 })
})

test('the theme is remembered, and the window never shows another one first', async ({ launch }) => {
  const app = await launch()
  await new Editor(app.page).setTheme('Dark')
  await expect.poll(() => app.emptyColor()).toBe('#0D0E12')
  await app.end()

  const again = await launch()
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await again.emptyColor()).toBe('#0D0E12')
  await expect.poll(() => again.isShown()).toBe(true)
  await new Editor(again.page).setTheme('Light')
  await expect.poll(() => again.emptyColor()).toBe('#F8F9FB')
})
