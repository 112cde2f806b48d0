import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures'

test('keys of the table that no other test presses, and moving the view by mouse', async ({
  app,
  start,
  editor,
  folder,
}) => {
  const { canvas, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()

  await test.step('cut and paste; Backspace deletes', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+x')
    await expect(canvas.node('LSTM')).toHaveCount(0)
    await page.keyboard.press('Control+v')
    await expect(canvas.node('LSTM')).toHaveCount(1)
    await page.keyboard.press('Backspace')
    await expect(canvas.node('LSTM')).toHaveCount(0)
    for (let act = 0; act < 3; act += 1) await page.keyboard.press('Control+z')
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
  })

  await test.step('collapse and expand', async () => {
    await canvas.select('LSTM')
    await expect(canvas.node('LSTM')).toContainText('16 memory cells')
    await page.keyboard.press('Alt+c')
    await expect(canvas.node('LSTM')).not.toContainText('16 memory cells')
    await page.keyboard.press('Alt+c')
    await expect(canvas.node('LSTM')).toContainText('16 memory cells')
  })

  await test.step('actions, keys, settings and saving', async () => {
    const search = page.getByRole('textbox', { name: 'Search actions' })
    await page.keyboard.press('Control+Shift+P')
    await expect(search).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(search).toBeHidden()
    for (const [key, title] of [
      ['?', 'Keys'],
      ['Control+,', 'Settings'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog', { name: title })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(editor.dialog).toBeHidden()
    }
    await app.answerSaveDialog(null)
    await page.keyboard.press('Control+Shift+s')
    await expect(editor.documentName()).toContainText('unsaved')
    const path = join(folder, 'rain.unroll')
    await app.answerSaveDialog(path)
    await page.keyboard.press('Control+Shift+s')
    await expect(editor.documentName()).not.toContainText('unsaved')
    expect(await readFile(path, 'utf8')).toContain('"format": "unroll"')
  })

  await test.step('what the native menu shows as a key is a key of the list', async () => {
    const shown = await app.menuKeys()
    expect(Object.keys(shown).length).toBeGreaterThan(25)
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await expect(dialog).toBeVisible()
    const listed = await dialog
      .locator('dd > span')
      .evaluateAll((chords) => chords.map((chord) => [...chord.querySelectorAll('kbd')].map((key) => key.textContent)))
    const words: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Delete: 'Del' }
    for (const [label, accelerator] of Object.entries(shown)) {
      const keys = accelerator.split('+').map((key) => words[key] ?? key)
      expect(listed, `${label}: ${accelerator}`).toContainEqual(keys)
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('the menu key opens the menu of what has the keys: a card, a wire', async () => {
    await canvas.node('LSTM').focus()
    await page.keyboard.press('ContextMenu')
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: /^Duplicate/ })).toContainText('Ctrl D')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: /^Connect to/ })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await expect(canvas.node('LSTM')).toBeFocused()
    await canvas.wire('LSTM', 'Last step').focus()
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: 'Insert a node here…' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
  })

  await test.step('the whole model and the selection are brought into view', async () => {
    const inView = async (title: string): Promise<boolean> => {
      const [card, pane] = [await canvas.node(title).boundingBox(), await canvas.region.boundingBox()]
      if (!card || !pane) return false
      return card.x >= pane.x && card.y >= pane.y && card.x + card.width <= pane.x + pane.width
    }
    const all = async (): Promise<boolean> => (await inView('Data set')) && (await inView('Forecast'))
    await editor.deselect()
    await page.keyboard.press('Control+0')
    for (let more = 0; more < 3; more += 1) await page.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(all).toBe(false)
    await page.keyboard.press('Control+1')
    await expect.poll(all).toBe(true)
    await canvas.select('Forecast')
    for (let more = 0; more < 6; more += 1) await page.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(() => inView('Forecast')).toBe(false)
    await page.keyboard.press('.')
    await expect.poll(() => inView('Forecast')).toBe(true)
    await editor.deselect()
  })

  await test.step('the wheel zooms at the pointer', async () => {
    await page.keyboard.press('Control+0')
    await expect(page.getByRole('button', { name: 'Zoom 100 %, back to 100 %' })).toBeVisible()
    const before = await canvas.middleOf('LSTM')
    await page.mouse.move(before.x, before.y)
    await page.mouse.wheel(0, -200)
    await expect(page.getByRole('button', { name: 'Zoom 100 %, back to 100 %' })).toHaveCount(0)
    // What lies under the pointer stays there.
    const after = await canvas.middleOf('LSTM')
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(12)
    await page.keyboard.press('Control+0')
  })

  await test.step('two fingers on a touchpad move the view', async () => {
    const before = await canvas.middleOf('LSTM')
    await page.mouse.wheel(3, 8)
    await page.mouse.wheel(20, 60)
    await expect(page.getByRole('button', { name: 'Zoom 100 %, back to 100 %' })).toBeVisible()
    await expect
      .poll(async () => {
        const { x, y } = await canvas.middleOf('LSTM')
        return [Math.round(before.x - x), Math.round(before.y - y)]
      })
      .toEqual([23, 68])
    await page.keyboard.press('Control+0')
  })

  await test.step('the middle button drags the view, and so does Space', async () => {
    const moves = async (button: 'left' | 'middle') => {
      const before = await canvas.middleOf('LSTM')
      const pane = await canvas.region.boundingBox()
      const from = { x: (pane?.x ?? 0) + 40, y: (pane?.y ?? 0) + 40 }
      await page.mouse.move(from.x, from.y)
      await page.mouse.down({ button })
      await page.mouse.move(from.x + 30, from.y + 20, { steps: 3 })
      await page.mouse.move(from.x + 60, from.y + 40, { steps: 3 })
      await page.mouse.up({ button })
      const after = await canvas.middleOf('LSTM')
      expect(Math.abs(after.x - before.x - 60)).toBeLessThan(12)
      expect(Math.abs(after.y - before.y - 40)).toBeLessThan(12)
    }
    await moves('middle')
    await editor.deselect()
    await page.keyboard.down('Space')
    await moves('left')
    await page.keyboard.up('Space')
  })
})
