import { expect, test } from './fixtures'

test('models are tabs: added, copied into, renamed, moved, duplicated, deleted, and all of it undone', async ({
  app,
  start,
  editor,
}) => {
  const { canvas, page } = editor
  const tabs = page.getByRole('tablist', { name: 'Models' }).getByRole('tab')
  const menu = page.getByRole('button', { name: /^This model/ })
  await start.sample('Seattle weather').click()
  await editor.ready()
  await expect(tabs).toHaveCount(1)
  const original = (await tabs.first().textContent()) ?? ''

  await test.step('nodes go from one model to another through the clipboard, as text', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+c')
    await expect
      .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toContain('"unroll": "nodes"')
    await page.getByRole('button', { name: 'Add a model' }).click()
    await expect(tabs).toHaveCount(2)
    await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
    await expect(canvas.nodes()).toHaveCount(1)
    await page.keyboard.press('Control+v')
    await expect(canvas.nodes()).toHaveCount(2)
    await expect(canvas.node('LSTM')).toBeVisible()
  })

  await test.step('renamed and moved', async () => {
    await tabs.last().dblclick()
    await page.getByRole('textbox', { name: 'Name of the model' }).fill('Small')
    await page.keyboard.press('Enter')
    await expect(tabs.last()).toHaveText('Small')
    await tabs.last().focus()
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await expect(tabs).toHaveText(['Small', original])
    await page.keyboard.press('ArrowRight')
    await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
    await expect(canvas.nodes()).toHaveCount(5)
  })

  await test.step('duplicated and deleted', async () => {
    await menu.click()
    await page.getByRole('menuitem', { name: 'Duplicate', exact: true }).click()
    await expect(tabs).toHaveCount(3)
    await expect(tabs.last()).toHaveText(`${original} copy`)
    await menu.click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(tabs).toHaveText(['Small', original])
  })

  await test.step('undone, one act after the other', async () => {
    for (let act = 0; act < 6; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
    await expect(tabs).toHaveText([original])
    await expect(editor.documentName()).not.toContainText('unsaved')
  })
})

test('nodes go to another document through the clipboard, also as text out of a letter', async ({
  app,
  start,
  editor,
}) => {
  const { canvas, page } = editor
  const clipboard = () => app.electron.evaluate(({ clipboard: system }) => system.readText())
  const write = (text: string) => app.electron.evaluate(({ clipboard: system }, words) => system.writeText(words), text)
  await start.sample('Seattle weather').click()
  await editor.ready()

  await test.step('copied with the wires between them', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('F2')
    await page.keyboard.type('Memory')
    await page.keyboard.press('Enter')
    await canvas
      .node('Last step')
      .getByText('Last step', { exact: true })
      .click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+c')
    await expect.poll(clipboard).toContain('"unroll": "nodes"')
    await editor.press('Undo')
  })

  await test.step('sent in a letter, and pasted out of it into another document: one act', async () => {
    await write(`Dear Ada, try this one:\n\n${await clipboard()}\nYours, Grace`)
    await page.getByRole('button', { name: 'Start screen' }).click()
    await start.sample('Parts of speech').click()
    await editor.ready()
    const before = await canvas.nodes().count()
    await editor.deselect()
    await page.keyboard.press('Control+v')
    await expect(canvas.nodes()).toHaveCount(before + 2)
    await expect(canvas.wire('Memory', 'Last step')).toBeAttached()
    await expect.poll(() => app.menuItems('Edit')).toContain('Undo Paste 2 nodes')
    await editor.press('Undo')
    await expect(canvas.nodes()).toHaveCount(before)
  })

  await test.step('as a command too: from the canvas menu, the search of actions and the native menu', async () => {
    const before = await canvas.nodes().count()
    const pasted = async () => {
      await expect(canvas.nodes()).toHaveCount(before + 2)
      await editor.press('Undo')
      await expect(canvas.nodes()).toHaveCount(before)
    }
    const at = await canvas.cornerPoint()
    await page.mouse.click(at.x, at.y, { button: 'right' })
    await page.getByRole('menuitem', { name: /^Paste/ }).click()
    await pasted()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('paste')
    await page.keyboard.press('Enter')
    await pasted()
    await app.chooseMenu('Edit', 'Paste with the wires that came in')
    await pasted()
  })

  await test.step('any other text pastes nothing and says so', async () => {
    await write('Call me Ishmael. {"unroll": "nodes", "version": 99}')
    await page.keyboard.press('Control+v')
    await expect(canvas.announcement).toHaveText('Nothing to paste: copy nodes first')
    await expect(editor.button('Undo')).toBeDisabled()
  })
})
