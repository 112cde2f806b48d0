import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { violations } from './axe'
import { expect, test } from './fixtures'
import type { RunningApp } from './launch'
import { Editor } from './pages/Editor'
import { StartScreen } from './pages/StartScreen'

async function changeTheModel(app: RunningApp): Promise<Editor> {
  const editor = new Editor(app.page)
  await new StartScreen(app.page).sample('Seattle weather').click()
  await editor.ready()
  await editor.canvas.select('LSTM')
  await editor.inspector.set('Memory cells', '7')
  await expect(editor.canvas.node('LSTM')).toContainText('7 memory cells')
  return editor
}

/** Everything kept in drafts, as one text; what matters is whether the changed model is in it. */
async function keptDrafts(folder: string): Promise<string> {
  const drafts = join(folder, 'user data', 'drafts')
  const names = await readdir(drafts).catch(() => [])
  const texts = await Promise.all(names.map((name) => readFile(join(drafts, name), 'utf8').catch(() => '')))
  return texts.join('\n')
}

const CHANGED = String.raw`\"hidden\": 7`

test('closing asks about unsaved work: stay, or give it up', async ({ app, folder, launch }) => {
  const editor = await changeTheModel(app)
  await app.askToClose()
  await expect(editor.dialog).toContainText('Save “Seattle weather” before closing?')
  await editor.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(editor.dialog).toBeHidden()
  await expect(editor.canvas.node('LSTM')).toContainText('7 memory cells')

  const ended = app.ended()
  await app.askToClose()
  await editor.dialog.getByRole('button', { name: 'Don’t save' }).click()
  await ended
  expect(await keptDrafts(folder)).not.toContain(CHANGED)

  const next = new StartScreen((await launch()).page)
  await expect(next.heading).toBeVisible()
  await expect(next.recovered).toBeHidden()
})

test('closing can save first, and the file is listed at the next start', async ({ app, folder, launch }) => {
  const editor = await changeTheModel(app)
  const path = join(folder, 'rain.unroll')
  await app.answerSaveDialog(path)
  const ended = app.ended()
  await app.askToClose()
  await editor.dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await ended
  expect(await readFile(path, 'utf8')).toContain('"hidden": 7')

  const again = await launch()
  await new StartScreen(again.page).recent('rain').click()
  await expect(new Editor(again.page).canvas.node('LSTM')).toContainText('7 memory cells')
})

test('closing stays open when saving is cancelled or fails', async ({ app, folder }) => {
  const editor = await changeTheModel(app)
  await app.answerSaveDialog(null)
  await app.askToClose()
  await editor.dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(editor.dialog).toBeHidden()

  await app.answerSaveDialog(join(folder, 'gone', 'rain.unroll'))
  await app.askToClose()
  await editor.dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(editor.messages).toContainText('its folder is gone')
  await expect(editor.canvas.node('LSTM')).toContainText('7 memory cells')
  await expect(editor.documentName()).toContainText('unsaved')
})

test('kill -9 of the app: the next start offers the work, keeps offering it, and takes it up whole', async ({
  app,
  folder,
  launch,
}) => {
  await changeTheModel(app)
  const host = await app.hostPid()
  await expect.poll(() => keptDrafts(folder)).toContain(CHANGED)
  await app.crash()
  // The engine does not outlive the app.
  await expect.poll(() => readFile(`/proc/${host}/cmdline`, 'utf8').catch(() => 'gone')).toBe('gone')

  const ignoring = await launch()
  await expect(new StartScreen(ignoring.page).recovered).toContainText('“Seattle weather” was not saved last time')
  for (const theme of ['Light', 'Dark'] as const) {
    await new Editor(ignoring.page).setTheme(theme)
    await expect(ignoring.page.getByRole('menu')).toHaveCount(0)
    expect.soft(await violations(ignoring.page), `recovered work (${theme})`).toEqual([])
  }
  const ended = ignoring.ended()
  await ignoring.askToClose()
  await ended

  const again = await launch()
  const start = new StartScreen(again.page)
  const editor = new Editor(again.page)
  await start.recovered.getByRole('button', { name: 'Take it up again' }).click()
  await expect(editor.canvas.node('LSTM')).toContainText('7 memory cells')
  await expect(editor.documentName()).toContainText('unsaved')
  const path = join(folder, 'recovered.unroll')
  await again.answerSaveDialog(path)
  await again.page.keyboard.press('Control+s')
  await expect(editor.messages).toContainText('Saved recovered.unroll')
  expect(await readFile(path, 'utf8')).toContain('"hidden": 7')
  await expect.poll(() => keptDrafts(folder)).not.toContain(CHANGED)
})

test('recovered work that is thrown away does not come back', async ({ app, folder, launch }) => {
  await changeTheModel(app)
  await expect.poll(() => keptDrafts(folder)).toContain(CHANGED)
  await app.crash()
  const second = await launch()
  const start = new StartScreen(second.page)
  await start.recovered.getByRole('button', { name: 'Throw it away' }).click()
  await expect(start.recovered).toBeHidden()
  await expect.poll(() => keptDrafts(folder)).not.toContain(CHANGED)
})

test('a page that crashes is loaded anew and offers the work', async ({ app, folder }) => {
  await changeTheModel(app)
  await expect.poll(() => keptDrafts(folder)).toContain(CHANGED)
  await app.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((loaded) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => loaded())
        contents?.forcefullyCrashRenderer()
      }),
  )
  // The test's own connection to the page is gone with it: main is asked what the new page shows.
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
    )
  await expect.poll(shown).toContain('“Seattle weather” was not saved last time')
})

test('a page that hangs does not keep the window from closing, and its work is offered again', async ({
  app,
  folder,
  launch,
}) => {
  await changeTheModel(app)
  await expect.poll(() => keptDrafts(folder)).toContain(CHANGED)
  await app.page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    })
  })
  const ended = app.ended()
  await app.askToClose()
  await ended
  await expect(new StartScreen((await launch()).page).recovered).toContainText('was not saved last time')
})
