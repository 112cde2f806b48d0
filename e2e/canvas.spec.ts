import { expect, test } from './fixtures'

test.beforeEach(async ({ start, editor }) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
})

test('nodes are added from the palette, wired by dragging and deleted; every act is undone and redone', async ({
  editor,
}) => {
  const { canvas } = editor
  await expect(canvas.nodes()).toHaveCount(5)

  await test.step('add', async () => {
    await editor.deselect()
    await editor.addFromPalette('Dropout')
    await expect(canvas.nodes()).toHaveCount(6)
    await expect(canvas.node('Dropout')).toBeVisible()
  })

  await test.step('wire', async () => {
    await canvas.drawWire('LSTM', 'Dropout')
    await expect(canvas.wire('LSTM', 'Dropout')).toBeAttached()
    await canvas.drawWire('Dropout', 'Last step')
    await expect(canvas.wire('Dropout', 'Last step')).toBeAttached()
    // An input takes one wire: the new one has taken the place of the old one.
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
    await expect(canvas.wires()).toHaveCount(5)
  })

  await test.step('move', async () => {
    const before = await canvas.place('Dropout')
    await canvas.move('Dropout', { x: 0, y: 64 })
    await expect.poll(async () => (await canvas.place('Dropout')).y - before.y).toBeGreaterThan(40)
    await editor.press('Undo')
    await expect.poll(() => canvas.place('Dropout')).toEqual(before)
    await editor.press('Redo')
    await expect.poll(async () => (await canvas.place('Dropout')).y - before.y).toBeGreaterThan(40)
  })

  await test.step('delete', async () => {
    await canvas.select('Dropout')
    await editor.page.keyboard.press('Delete')
    await expect(canvas.node('Dropout')).toHaveCount(0)
    await expect(canvas.wires()).toHaveCount(3)
    await editor.dock.show('Problems')
    await expect(editor.dock.problems.filter({ hasText: 'Nothing is connected to Last step' })).toBeVisible()
  })

  await test.step('undo to the beginning, redo to the end', async () => {
    for (let act = 0; act < 5; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
    await expect(canvas.nodes()).toHaveCount(5)
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
    await expect(editor.documentName()).not.toContainText('unsaved')
    for (let act = 0; act < 5; act += 1) await editor.press('Redo')
    await expect(editor.button('Redo')).toBeDisabled()
    await expect(canvas.node('Dropout')).toHaveCount(0)
    await expect(canvas.wires()).toHaveCount(3)
  })
})

test('the keys of the table work: undo, redo, copy, paste, duplicate, select all, delete', async ({ editor }) => {
  const { canvas, page } = editor
  await canvas.select('LSTM')
  await page.keyboard.press('Control+d')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(canvas.node('LSTM')).toHaveCount(1)
  await page.keyboard.press('Control+Shift+z')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await page.keyboard.press('Control+z')

  await canvas.select('LSTM')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await page.keyboard.press('Control+z')

  await test.step('pasted with its incoming wires', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+Shift+v')
    await expect(canvas.wire('Data set', 'LSTM')).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(canvas.wire('Data set', 'LSTM')).toHaveCount(1)
  })

  await test.step('renamed', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('F2')
    await expect(page.getByRole('textbox', { name: 'Name of LSTM' })).toBeFocused()
    await page.keyboard.type('Memory')
    await page.keyboard.press('Enter')
    await expect(canvas.node('Memory')).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(canvas.node('LSTM')).toBeVisible()
  })

  await test.step('zoomed', async () => {
    const zoom = (percent: string) => page.getByRole('button', { name: `Zoom ${percent} %, back to 100 %` })
    await page.keyboard.press('Control+0')
    await expect(zoom('100')).toBeVisible()
    await page.getByRole('button', { name: 'Zoom out' }).click()
    await expect(zoom('80')).toBeVisible()
    await canvas.select('LSTM')
    await page.keyboard.press('.')
    await expect(zoom('100')).toBeVisible()
    await page.keyboard.press('Control+1')
  })

  await page.keyboard.press('Control+a')
  await expect(editor.inspector.heading).toHaveText('5 nodes')
  await page.keyboard.press('Delete')
  await expect(canvas.nodes()).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(canvas.nodes()).toHaveCount(5)
  await page.keyboard.press('Control+y')
  await expect(canvas.nodes()).toHaveCount(0)
})

test('the native menu does what the keys do, and once', async ({ app, editor }) => {
  const { canvas } = editor
  await canvas.select('LSTM')
  await app.chooseMenu('Edit', 'Duplicate')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await expect.poll(() => app.menuItems('Edit')).toContain('Undo Duplicate LSTM')
  await app.chooseMenu('Edit', 'Undo')
  await expect(canvas.node('LSTM')).toHaveCount(1)
  await expect.poll(() => app.menuItems('Edit')).toContain('Redo Duplicate LSTM')
  await app.chooseMenu('Edit', 'Redo')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await app.chooseMenu('Edit', 'Undo')

  await app.chooseMenu('Edit', 'Select all')
  await expect(editor.inspector.heading).toHaveText('5 nodes')
  await app.chooseMenu('Edit', 'Copy')
  await expect(canvas.announcement).toHaveText('Copied 5 nodes')
  await app.chooseMenu('Edit', 'Paste')
  await expect(canvas.node('LSTM')).toHaveCount(2)
  await app.chooseMenu('Edit', 'Undo')
  await expect(canvas.node('LSTM')).toHaveCount(1)

  await app.chooseMenu('Edit', 'Select all')
  await expect(editor.inspector.heading).toHaveText('5 nodes')
  await app.chooseMenu('Edit', 'Delete')
  await expect(canvas.nodes()).toHaveCount(0)
  await app.chooseMenu('Edit', 'Undo')
  await expect(canvas.nodes()).toHaveCount(5)

  await test.step('an item that has nothing to act on says so', async () => {
    await editor.deselect()
    await app.chooseAction('rename')
    await expect(editor.messages).toContainText('“Rename node” has nothing to act on now.')
    await expect(editor.button('Undo')).toBeDisabled()
  })
})

test('inside a text field the keys belong to the text', async ({ editor }) => {
  const { canvas, inspector, page } = editor
  await canvas.select('LSTM')
  await inspector.field('Memory cells').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type('12')
  await expect(canvas.node('LSTM')).toContainText('12 memory cells')
  await expect(canvas.nodes()).toHaveCount(5)
})

test('the native menu edits the text while a text field has the keys', async ({ app, editor }) => {
  const field = editor.palette.getByRole('textbox', { name: 'Find a node' })
  await field.fill('gru')
  // The menu's messages and keys take different ways to the page: each is waited for before the next could overtake it.
  await app.chooseMenu('Edit', 'Select all')
  await expect
    .poll(() => field.evaluate((input: HTMLInputElement) => input.selectionEnd === 3 && input.selectionStart === 0))
    .toBe(true)
  await app.chooseMenu('Edit', 'Copy')
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('gru')
  await field.press('End')
  await app.chooseMenu('Edit', 'Paste')
  await expect(field).toHaveValue('grugru')
  await expect(editor.canvas.nodes()).toHaveCount(5)
})

test('nodes are found, reached, lined up and tidied by keyboard', async ({ app, editor }) => {
  const { canvas, inspector, page } = editor
  await test.step('find by name', async () => {
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('combobox', { name: 'Name of the node' })).toBeFocused()
    await page.keyboard.type('last')
    await page.keyboard.press('Enter')
    await expect(inspector.heading).toHaveText('Last step')
    await expect(editor.dialog).toBeHidden()
  })

  await test.step('go to the next one', async () => {
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(inspector.heading).toHaveText('LSTM')
    await page.keyboard.press('Alt+ArrowRight')
    await expect(inspector.heading).toHaveText('Last step')
  })

  await test.step('tidy is one act', async () => {
    await canvas.move('LSTM', { x: 40, y: 80 })
    await expect(editor.button('Undo')).toBeEnabled()
    const messy = await canvas.place('LSTM')
    await page.keyboard.press('Shift+Alt+T')
    await expect(canvas.announcement).toHaveText('Tidy the model')
    await expect.poll(() => canvas.place('LSTM')).not.toEqual(messy)
    await editor.press('Undo')
    await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
  })

  await test.step('line up', async () => {
    await canvas.move('LSTM', { x: 0, y: 80 })
    await page.keyboard.press('Control+a')
    await expect(inspector.heading).toHaveText('5 nodes')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('textbox', { name: 'Search actions' })).toBeFocused()
    await page.keyboard.type('line up at the top')
    await page.keyboard.press('Enter')
    await expect(canvas.announcement).toHaveText('Line up 5 nodes')
    // They glide there.
    await expect(canvas.region).not.toHaveAttribute('data-gliding', 'true')
    const places = await Promise.all(['LSTM', 'Data set', 'Dense'].map((title) => canvas.place(title)))
    expect(new Set(places.map(({ y }) => y)).size).toBe(1)
  })

  await test.step('spread: the gaps are equal to a pixel', async () => {
    const titles = ['Data set', 'LSTM', 'Last step', 'Dense', 'Forecast']
    const gaps = async (): Promise<number[]> => {
      const boxes = await Promise.all(titles.map((title) => canvas.node(title).boundingBox()))
      return boxes.slice(1).map((box, index) => {
        const before = boxes[index]
        return (box?.x ?? 0) - (before?.x ?? 0) - (before?.width ?? 0)
      })
    }
    await editor.deselect()
    await canvas.move('LSTM', { x: 24, y: 0 })
    await expect(canvas.announcement).toHaveText('Move LSTM')
    await page.keyboard.press('Control+a')
    await app.chooseAction('spreadAcross')
    await expect(canvas.announcement).toHaveText('Spread 5 nodes')
    await expect(canvas.region).not.toHaveAttribute('data-gliding', 'true')
    await expect.poll(async () => Math.max(...(await gaps())) - Math.min(...(await gaps()))).toBeLessThan(9)
  })
})

test('a box drawn on the canvas selects, the mini-map moves the view, and neither is history', async ({ editor }) => {
  const { canvas, inspector, page } = editor
  await test.step('box', async () => {
    const [first, last] = [await canvas.node('LSTM').boundingBox(), await canvas.node('Last step').boundingBox()]
    if (!first || !last) throw new Error('both cards are drawn')
    await canvas.drag(
      { x: first.x + 4, y: Math.max(first.y + first.height, last.y + last.height) + 60 },
      { x: last.x + last.width - 4, y: Math.min(first.y, last.y) + 10 },
    )
    await expect(inspector.heading).toHaveText('2 nodes')
    // With Shift a card is added to what is selected, or taken out of it.
    const more = canvas.node('Dense').getByText('Dense', { exact: true })
    await more.click({ modifiers: ['Shift'] })
    await expect(inspector.heading).toHaveText('3 nodes')
    await more.click({ modifiers: ['Shift'] })
    await expect(inspector.heading).toHaveText('2 nodes')
  })

  await test.step('mini-map', async () => {
    const before = await canvas.middleOf('LSTM')
    const map = await canvas.region.getByRole('img', { name: /map/i }).boundingBox()
    if (!map) throw new Error('the map is drawn')
    await page.mouse.click(map.x + 12, map.y + map.height / 2)
    await expect.poll(async () => (await canvas.middleOf('LSTM')).x - before.x).toBeGreaterThan(60)
  })

  await expect(editor.button('Undo')).toBeDisabled()
  await expect(editor.documentName()).not.toContainText('unsaved')
})

test('wires are laid by clicking, moved, inserted into and refused with a way out', async ({ editor }) => {
  const { canvas, page } = editor
  await test.step('the end of a wire is moved to nothing: it goes away', async () => {
    await canvas.dragFrom(canvas.input('Last step'), { x: -20, y: 120 })
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
  })

  await test.step('a socket is clicked, then another', async () => {
    await canvas.output('LSTM').click()
    await expect(page.getByText('Click a lit socket to connect LSTM.')).toBeVisible()
    await canvas.input('Last step').click()
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
  })

  await test.step('a wire let go over the empty canvas offers what fits', async () => {
    await canvas.dragFrom(canvas.output('LSTM'), { x: 30, y: 130 })
    const field = page.getByRole('combobox', { name: 'Find a node to add' })
    await expect(field).toBeFocused()
    await page.keyboard.type('dropout')
    await page.keyboard.press('Enter')
    await expect(canvas.wire('LSTM', 'Dropout')).toBeAttached()
    await page.keyboard.press('Control+z')
    await expect(canvas.node('Dropout')).toHaveCount(0)
  })

  await test.step('deleting and reconnecting closes the gap', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+Delete')
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await page.keyboard.press('Control+z')
    await expect(canvas.wire('Data set', 'LSTM')).toBeAttached()
  })

  await test.step('a wire that does not fit says why and offers a way', async () => {
    await canvas.drawWire('LSTM', 'Forecast')
    const refusal = page.getByRole('dialog', { name: 'This wire does not fit' })
    await expect(refusal).toBeVisible()
    await refusal.getByRole('button', { name: /^Add / }).first().click()
    await expect(refusal).toBeHidden()
    await expect(canvas.wire('LSTM', 'Forecast')).toHaveCount(0)
    await expect(editor.button('Undo')).toBeEnabled()
  })
})
