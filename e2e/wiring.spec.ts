import type { Page } from '@playwright/test'
import { violations } from './axe'
import { expect, test } from './fixtures'
import type { Editor } from './pages/Editor'

/** Runs an action by its name, by keyboard: Ctrl+K, its name, Enter. */
async function run(page: Page, action: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const search = page.getByRole('textbox', { name: 'Search actions' })
  await expect(search).toBeFocused()
  await page.keyboard.type(action)
  await expect(page.getByRole('dialog').getByRole('button').first()).toContainText(action)
  await page.keyboard.press('Enter')
  await expect(search).toBeHidden()
}

async function noProblems(editor: Editor): Promise<void> {
  await editor.dock.show('Problems')
  await expect(editor.dock.problems).toHaveCount(0)
}

test.beforeEach(async ({ start, editor }) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
})

test('nodes are bypassed and switched on again: by keys, menu, inspector and by the fix of what does not fit', async ({
  editor,
}) => {
  const { canvas, inspector, page } = editor

  await test.step('Ctrl+B leaves a node out, and the model is sound without it', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+b')
    await expect(canvas.announcement).toHaveText('Bypass LSTM')
    await expect(canvas.node('LSTM')).toContainText('Bypassed: passes on what comes in')
    await noProblems(editor)
    // What passes is said on the wire behind it.
    await expect(canvas.wire('LSTM', 'Last step')).toHaveAttribute('aria-label', /measurements$/)
    const bypassed = inspector.region.getByRole('switch', { name: 'Bypassed' })
    await expect(bypassed).toBeChecked()
    await bypassed.focus()
    await page.keyboard.press('Space')
    await expect(canvas.node('LSTM')).not.toContainText('Bypassed')
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
  })

  await test.step('what passes but does not fit is told, with the way back', async () => {
    await canvas.openMenu('Last step')
    await page.getByRole('menuitem', { name: /^Bypass/ }).click()
    const problem = editor.dock.problems.filter({ hasText: 'Last step is bypassed' })
    await expect(problem).toBeVisible()
    await problem.getByRole('button', { name: 'Switch Last step on again', exact: true }).click()
    await noProblems(editor)
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
  })

  await test.step('where nothing could pass the menu says why not', async () => {
    await canvas.openMenu('Data set')
    const item = page.getByRole('menuitem', { name: /^Bypass/ })
    await expect(item).toBeDisabled()
    await expect(item).toContainText('Nothing comes into Data set that could pass.')
    await page.keyboard.press('Escape')
    await expect(item).toBeHidden()
  })

  await test.step('several at once are one act', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+a')
    await expect(inspector.heading).toHaveText('5 nodes')
    await page.keyboard.press('Control+b')
    await expect(canvas.announcement).toHaveText('Bypass 3 nodes')
    await run(page, 'Switch on again')
    await expect(canvas.announcement).toHaveText('Switch 3 nodes on again')
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
  })
})

test('wires are bent by reroute points, which are dragged, wired and taken out again', async ({ editor }) => {
  const { canvas, page } = editor
  const bent = async (): Promise<void> => {
    await expect(canvas.wire('LSTM', 'Reroute point')).toBeAttached()
    await expect(canvas.wire('Reroute point', 'Last step')).toBeAttached()
    await expect(canvas.wires()).toHaveCount(5)
  }

  await test.step('Alt and a click set one, dragging moves it', async () => {
    const { x, y } = await canvas.alongWire('LSTM', 'Last step', 0.5)
    await page.keyboard.down('Alt')
    await page.mouse.click(x, y)
    await page.keyboard.up('Alt')
    await bent()
    const before = await canvas.place('Reroute point')
    const middle = await canvas.middleOf('Reroute point')
    await canvas.drag(middle, { x: middle.x, y: middle.y + 64 })
    await expect.poll(async () => (await canvas.place('Reroute point')).y - before.y).toBeGreaterThan(40)
    await noProblems(editor)
  })

  await test.step('a second reader is wired to it', async () => {
    await canvas.node('Reroute point').hover()
    await canvas.drawWire('Reroute point', 'Forecast')
    const refusal = page.getByRole('dialog', { name: 'This wire does not fit' })
    await expect(refusal).toContainText('Reroute point gives a sequence')
    await page.keyboard.press('Escape')
    await expect(refusal).toBeHidden()
  })

  await test.step('deleting it puts the wire back', async () => {
    await canvas.node('Reroute point').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
    await expect(canvas.wires()).toHaveCount(4)
    await editor.press('Undo')
    await bent()
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
  })

  await test.step('a double click, the menu and the keyboard set one too', async () => {
    const { x, y } = await canvas.alongWire('LSTM', 'Last step', 0.5)
    await page.mouse.dblclick(x, y)
    await bent()
    await editor.press('Undo')
    await canvas.wire('LSTM', 'Last step').focus()
    await page.keyboard.press('Enter')
    await run(page, 'Add a reroute point to the wire')
    await bent()
    await editor.press('Undo')
    const at = await canvas.alongWire('LSTM', 'Last step', 0.5)
    await page.mouse.click(at.x, at.y, { button: 'right' })
    await page.getByRole('menuitem', { name: /^Add a reroute point here/ }).click()
    await bent()
  })

  await test.step('axe finds nothing on dots, bypassed nodes and wires', async () => {
    await canvas.select('Dense')
    await page.keyboard.press('Control+b')
    await canvas.wire('LSTM', 'Reroute point').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Move its beginning to…' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
})

test('both ends of a wire are moved, by pointer and by keyboard, and nodes are dropped into wires', async ({
  editor,
}) => {
  const { canvas, page } = editor

  await test.step('room between the cards', async () => {
    await page.keyboard.press('Shift+Alt+T')
    await expect(canvas.announcement).toHaveText('Tidy the model')
    await expect(canvas.region).not.toHaveAttribute('data-gliding', 'true')
  })

  await test.step('the beginning to another output: one act', async () => {
    await canvas.moveEnd('LSTM', 'Last step', 'beginning', canvas.output('Data set'))
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await expect(canvas.wires()).toHaveCount(4)
    await editor.press('Undo')
    await expect(canvas.announcement).toHaveText('Undone: Move wire to begin at Data set')
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
  })

  await test.step('with Ctrl from the socket', async () => {
    await page.keyboard.down('Control')
    await canvas.drawWire('LSTM', 'Data set', 'output')
    await page.keyboard.up('Control')
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await editor.press('Undo')
    await expect(canvas.announcement).toHaveText('Undone: Move wire to begin at Data set')
  })

  await test.step('the end to another input, and to nothing', async () => {
    await canvas.moveEnd('Data set', 'LSTM', 'end', canvas.input('Last step'))
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await expect(canvas.wires()).toHaveCount(3)
    await editor.press('Undo')
    await expect(canvas.announcement).toHaveText('Undone: Move wire to Last step')
    await canvas.moveEnd('LSTM', 'Last step', 'beginning', { x: 0, y: 120 })
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
    await editor.press('Undo')
    await expect(canvas.announcement).toHaveText('Undone: Delete wire')
  })

  await test.step('Escape leaves everything as it was', async () => {
    const grip = await canvas.grip('LSTM', 'Last step', 'beginning')
    await page.mouse.move(grip.x, grip.y)
    await page.mouse.down()
    await page.mouse.move(grip.x, grip.y + 60, { steps: 4 })
    // The wire itself is out of sight while its end follows the pointer.
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
    await page.mouse.move(grip.x, grip.y + 90)
    await page.mouse.up()
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
    await expect(canvas.wires()).toHaveCount(4)
    await expect(canvas.announcement).toHaveText('Undone: Delete wire')
  })

  await test.step('by keyboard, from a list', async () => {
    await canvas.wire('LSTM', 'Last step').focus()
    await page.keyboard.press('Enter')
    await run(page, 'Move the beginning of the wire to…')
    const row = editor.dialog.getByRole('listitem').filter({ hasText: 'Data set' })
    await row.getByRole('button', { name: 'Move here' }).press('Enter')
    await expect(editor.dialog).toBeHidden()
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await editor.press('Undo')
  })

  await test.step('a node from the palette, and one from the canvas, are dropped on a wire', async () => {
    const at = await canvas.alongWire('LSTM', 'Last step', 0.5)
    await editor.dragFromPalette('Dropout', at)
    await expect(canvas.wire('LSTM', 'Dropout')).toBeAttached()
    await expect(canvas.wire('Dropout', 'Last step')).toBeAttached()
    await editor.press('Undo')
    await editor.deselect()
    await editor.addFromPalette('Layer norm')
    await expect(canvas.node('Layer norm')).toBeVisible()
    const title = await canvas.middleOf('Layer norm')
    await canvas.drag(title, await canvas.alongWire('LSTM', 'Last step', 0.5))
    await expect(canvas.wire('Layer norm', 'Last step')).toBeAttached()
    await expect(canvas.wire('LSTM', 'Layer norm')).toBeAttached()
  })
})

test('tidied cards glide with their wires and go back at once; Alt lets a card off the grid', async ({ editor }) => {
  const { canvas, page } = editor
  await test.step('off the grid with Alt, on it without', async () => {
    await page.keyboard.press('Control+0')
    const onGrid = async (): Promise<boolean> => (await canvas.positionOf('LSTM')).every((value) => value % 8 === 0)
    await page.keyboard.down('Alt')
    await canvas.move('LSTM', { x: 43, y: 77 })
    await page.keyboard.up('Alt')
    await expect.poll(onGrid).toBe(false)
    await canvas.move('LSTM', { x: 0, y: 30 })
    await expect.poll(onGrid).toBe(true)
  })

  await test.step('tidy', async () => {
    const messy = await canvas.positionOf('LSTM')
    const moving = canvas.watchGlide()
    await page.keyboard.press('Shift+Alt+T')
    await expect(canvas.announcement).toHaveText('Tidy the model')
    expect(await moving).toEqual(['d', 'transform'])
    await expect.poll(() => canvas.positionOf('LSTM')).not.toEqual(messy)
    await expect(canvas.region).not.toHaveAttribute('data-gliding', 'true')
    await editor.press('Undo')
    await expect.poll(() => canvas.positionOf('LSTM')).toEqual(messy)
  })
})
