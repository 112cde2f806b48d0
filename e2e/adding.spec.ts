import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures'
import type { Editor } from './pages/Editor'

const fieldOf = (editor: Editor): Locator => editor.page.getByRole('combobox', { name: 'Find a node to add' })

/** Searches in the list that is open and takes what stands first. */
async function take(editor: Editor, text: string): Promise<void> {
  await expect(fieldOf(editor)).toBeFocused()
  await editor.page.keyboard.type(text)
  await editor.page.keyboard.press('Enter')
  await expect(fieldOf(editor)).toBeHidden()
}

test.beforeEach(async ({ start, editor }) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
})

test('every way to add a node: at the pointer, by menu, palette, key, from a wire and into one', async ({ editor }) => {
  const { canvas, page } = editor
  const at = await editor.canvas.cornerPoint()
  const near = async (title: string): Promise<void> => {
    const { x, y } = await canvas.middleOf(title)
    expect(Math.hypot(x - at.x, y - at.y)).toBeLessThan(60)
  }

  await test.step('double-click, Tab and Shift+A where the pointer is', async () => {
    await page.mouse.dblclick(at.x, at.y)
    await take(editor, 'gru')
    await near('GRU')
    await editor.press('Undo')
    await page.mouse.click(at.x, at.y)
    await page.keyboard.press('Tab')
    await take(editor, 'gru')
    await near('GRU')
    await editor.press('Undo')
    await page.mouse.click(at.x, at.y)
    await page.keyboard.press('Shift+A')
    await take(editor, 'gru')
    await expect(canvas.node('GRU')).toBeVisible()
    await editor.press('Undo')
  })

  await test.step('found by another word and by its kind; what was added last stands first', async () => {
    await page.mouse.dblclick(at.x, at.y)
    await expect(fieldOf(editor)).toBeFocused()
    await expect(page.getByRole('group', { name: 'Added last' }).getByRole('option').first()).toContainText('GRU')
    await take(editor, 'long short')
    await expect(canvas.node('LSTM')).toHaveCount(2)
    await editor.press('Undo')
  })

  await test.step('the menu of the empty canvas, and of a wire', async () => {
    await page.mouse.click(at.x, at.y, { button: 'right' })
    await page.getByRole('menuitem', { name: /^Add a node/ }).click()
    await take(editor, 'gru')
    await near('GRU')
    await editor.press('Undo')
    const wire = await canvas.alongWire('LSTM', 'Last step', 0.5)
    await page.mouse.click(wire.x, wire.y, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Insert a node here…' }).click()
    await take(editor, 'layer norm')
    await expect(canvas.wire('LSTM', 'Layer norm')).toBeAttached()
    await expect(canvas.wire('Layer norm', 'Last step')).toBeAttached()
    await editor.press('Undo')
  })

  await test.step('dragged out of the palette onto the canvas', async () => {
    await editor.dragFromPalette('GRU', at)
    await near('GRU')
    await editor.press('Undo')
  })

  await test.step('a wire let go over the empty canvas: what takes it, and what gives it', async () => {
    await canvas.dragFrom(canvas.output('Data set'), { x: 10, y: 150 })
    await take(editor, 'gru')
    await expect(canvas.wire('Data set', 'GRU')).toBeAttached()
    await editor.press('Undo')
    // Backwards, from an input that is free.
    await canvas.wire('LSTM', 'Last step').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    await canvas.dragFrom(canvas.input('Last step'), { x: -10, y: 150 })
    await expect(fieldOf(editor)).toBeFocused()
    await expect(page.getByRole('option').filter({ hasText: 'Classify' })).toHaveCount(0)
    await take(editor, 'gru')
    await expect(canvas.wire('GRU', 'Last step')).toBeAttached()
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
  })

  await test.step('Escape closes the list, nothing is added, and the canvas has the keys again', async () => {
    await page.mouse.dblclick(at.x, at.y)
    await expect(fieldOf(editor)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(fieldOf(editor)).toBeHidden()
    await expect(canvas.nodes()).toHaveCount(5)
  })
})

test('while a wire is laid, sockets that fit light up and say what will happen, others dim and say why not', async ({
  editor,
}) => {
  const { canvas, page } = editor
  const shows = (socket: Locator, value: string) => expect(socket).toHaveAttribute('data-fit', value)

  await test.step('while dragging', async () => {
    const from = await canvas.output('LSTM').boundingBox()
    const to = await canvas.input('Forecast').boundingBox()
    const good = await canvas.input('Last step').boundingBox()
    if (!from || !to || !good) throw new Error('the sockets are drawn')
    const middle = (box: typeof from): [number, number] => [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(...middle(from))
    await page.mouse.down()
    await page.mouse.move(...middle(good), { steps: 6 })
    await shows(canvas.output('LSTM'), 'start')
    await shows(canvas.input('Last step'), 'yes')
    await shows(canvas.input('Forecast'), 'no')
    await expect(canvas.region).toContainText('Connects to Last step')
    await page.mouse.move(...middle(to), { steps: 6 })
    await expect(canvas.region).toContainText(/Forecast needs .+, but LSTM gives/)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(canvas.input('Last step')).not.toHaveAttribute('data-fit', /./)
    await expect(editor.button('Undo')).toBeDisabled()
  })

  await test.step('by keyboard alone: Enter on a socket, Tab to one that fits, Enter', async () => {
    await canvas.select('Data set')
    await canvas.output('Data set').focus()
    await page.keyboard.press('Enter')
    await expect(canvas.announcement).toHaveText('Choose where Data set connects to. Escape cancels.')
    await shows(canvas.input('Last step'), 'yes')
    await shows(canvas.input('Dense'), 'yes')
    for (let tabs = 0; tabs < 12; tabs += 1) {
      await page.keyboard.press('Tab')
      if (await canvas.input('Last step').evaluate((socket) => socket === document.activeElement)) break
    }
    await expect(canvas.input('Last step')).toBeFocused()
    const words = 'Connects to Last step, in place of the wire from LSTM'
    await expect(canvas.announcement).toHaveText(words)
    await expect(canvas.region.getByText(words).first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(canvas.wire('Data set', 'Last step')).toBeAttached()
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
    await editor.press('Undo')
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
  })

  await test.step('Escape ends it without a wire', async () => {
    await canvas.output('Data set').click()
    await shows(canvas.input('Last step'), 'yes')
    await page.keyboard.press('Escape')
    await expect(canvas.region).not.toHaveAttribute('data-wiring', /./)
    await expect(editor.button('Undo')).toBeDisabled()
  })
})

test('a refused wire offers each way to make it fit, and one click inserts the right nodes', async ({ editor }) => {
  const { canvas, page } = editor
  const refusal = page.getByRole('dialog', { name: 'This wire does not fit' })
  const offers = async (from: string, to: string): Promise<string[]> => {
    await canvas.drawWire(from, to)
    await expect(refusal).toBeVisible()
    const texts = await refusal.getByRole('button').allInnerTexts()
    return texts.filter((text) => text.startsWith('Add '))
  }
  expect(await offers('LSTM', 'Forecast')).toEqual(
    expect.arrayContaining([expect.stringMatching(/Last step/), expect.stringMatching(/Average|Mean|over time/i)]),
  )
  await refusal
    .getByRole('button', { name: /^Add .*Last step/ })
    .first()
    .click()
  await expect(canvas.node('Last step')).toHaveCount(2)
  await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(2)
  await editor.dock.show('Problems')
  await expect(editor.dock.problems.filter({ hasText: /Forecast needs/ })).toHaveCount(0)
  await editor.press('Undo')
  await expect(editor.button('Undo')).toBeDisabled()
})
