import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { violations } from './axe'
import { expect, test } from './fixtures'

test('a version is saved, compared with now, restored, renamed and deleted, and travels with the file', async ({
  app,
  start,
  editor,
  folder,
}) => {
  const { canvas, inspector, page, palette } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  const version = (name: string) => palette.getByRole('listitem').filter({ hasText: name }).first()

  await test.step('save', async () => {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Versions' }).click()
    await palette.getByRole('textbox').fill('Before')
    await page.keyboard.press('Enter')
    await expect(version('Before')).toContainText('just now')
    await expect(editor.documentName()).toContainText('unsaved')
  })

  await test.step('what changed since, in sentences and on the canvas', async () => {
    await canvas.select('LSTM')
    await inspector.set('Memory cells', '24')
    await canvas.select('Dense')
    await page.keyboard.press('Delete')
    await expect(canvas.node('Dense')).toHaveCount(0)
    await editor.deselect()
    await inspector.set('Epochs', '7')
    await version('Before')
      .getByRole('button', { name: /^Before/ })
      .click()
    await expect(version('Before')).toContainText(/LSTM: Memory cells \d+ → 24/)
    await expect(version('Before')).toContainText(/removed: Dense/)
    await expect(version('Before')).toContainText(/Epochs \d+ → 7/)
    await expect(canvas.node('LSTM').locator('[data-mark="changed"]')).toBeVisible()
    // A message that is fading away is as faint as it looks.
    await expect(editor.messages).toHaveCount(0)
    for (const theme of ['Light', 'Dark'] as const) {
      await editor.setTheme(theme)
      expect.soft(await violations(page), theme).toEqual([])
    }
    await version('Before')
      .getByRole('button', { name: /^changed: LSTM|LSTM: Memory/ })
      .click()
    await expect(inspector.heading).toHaveText('LSTM')
  })

  await test.step('restore, which undo takes back and redo does again', async () => {
    await version('Before').getByRole('button', { name: 'Restore' }).click()
    await expect(canvas.node('Dense')).toBeVisible()
    await expect(version('Before')).toContainText('Nothing has changed since')
    await expect(canvas.region.locator('[data-mark="changed"]')).toHaveCount(0)
    await editor.press('Undo')
    await expect(canvas.node('Dense')).toHaveCount(0)
    await editor.press('Redo')
    await expect(canvas.node('Dense')).toBeVisible()
  })

  await test.step('rename, save the file, delete', async () => {
    await version('Before').getByRole('button', { name: 'Rename Before' }).click()
    await page.getByRole('textbox', { name: 'Name of the version' }).fill('First try')
    await page.keyboard.press('Enter')
    await expect(version('First try')).toBeVisible()
    const path = join(folder, 'weather.unroll')
    await app.answerSaveDialog(path)
    await page.keyboard.press('Control+s')
    await expect(editor.documentName()).not.toContainText('unsaved')
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ versions: [{ name: 'First try' }] })
    await version('First try').getByRole('button', { name: 'Delete First try' }).click()
    await expect(palette.getByRole('listitem')).toHaveCount(0)
    await expect(editor.documentName()).toContainText('unsaved')
  })
})
