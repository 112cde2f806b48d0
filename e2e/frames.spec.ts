import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** Adds a node behind the selected one, by keyboard: Shift+A, its name, Enter. */
async function add(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Shift+A')
  const field = page.getByRole('combobox', { name: 'Find a node to add' })
  await expect(field).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

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

test('a two-layer bidirectional LSTM tagger is built and trained by keyboard alone', async ({ start, editor }) => {
  test.slow()
  const { canvas, page, inspector } = editor
  await start.sample('Parts of speech').focus()
  await page.keyboard.press('Enter')
  await editor.ready()
  await run(page, 'Add a model')
  await expect(canvas.nodes()).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await expect(inspector.heading).toHaveText('Data set')

  await test.step('build', async () => {
    await add(page, 'embedding')
    await add(page, 'bidirectional')
    // A frame comes with an LSTM in it, wired inside.
    await expect(canvas.wire('the way in of Bidirectional', 'LSTM')).toBeAttached()
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toBeAttached()
    await expect(canvas.wire('Embedding', 'Bidirectional')).toBeAttached()
    await add(page, 'bidirectional')
    await add(page, 'dense')
    await add(page, 'tag each step')
    await expect(canvas.nodes()).toHaveCount(8)
    await expect(canvas.wire('Dense', 'Tag each step')).toBeAttached()
  })

  await test.step('make it small, so that it learns soon', async () => {
    await page.keyboard.press('Control+t')
    const epochs = inspector.field('Epochs')
    await epochs.focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('1')
    await page.keyboard.press('Tab')
  })

  await test.step('train', async () => {
    await page.keyboard.press('Control+Enter')
    await editor.runEnds()
    expect(await editor.dock.value('Loss', 'validation')).toBeGreaterThan(0)
  })
})

test('nodes are put into frames and taken out, by pointer and by keyboard; frames are copied and taken away', async ({
  start,
  editor,
}) => {
  const { canvas, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()

  await test.step('the selection into a new frame, which stands where it stood', async () => {
    await canvas.select('LSTM')
    await run(page, 'Put the selection into a new Bidirectional')
    await expect(canvas.nodes()).toHaveCount(6)
    await expect(canvas.wire('the way in of Bidirectional', 'LSTM')).toBeAttached()
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toBeAttached()
    await expect(canvas.wire('Data set', 'Bidirectional')).toBeAttached()
    await expect(canvas.wire('Bidirectional', 'Last step')).toBeAttached()
    await expect(editor.dock.problems).toHaveCount(0)
  })

  await test.step('out by keyboard, in by keyboard', async () => {
    await canvas.select('LSTM')
    await run(page, 'Take out of the frame')
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toHaveCount(0)
    await run(page, 'Put into a frame…')
    await expect(editor.dialog.getByRole('button', { name: 'Put into Bidirectional' })).toBeVisible()
    await page.keyboard.press('Tab')
    await editor.dialog.getByRole('button', { name: 'Put into Bidirectional' }).press('Enter')
    await expect(editor.dialog).toBeHidden()
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toBeAttached()
  })

  await test.step('out and in by dragging', async () => {
    await canvas.move('LSTM', { x: 0, y: 190 })
    await expect(canvas.announcement).toContainText('Take LSTM out of Bidirectional')
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toHaveCount(0)
    await canvas.move('LSTM', { x: 0, y: -190 })
    await expect(canvas.announcement).toContainText('Put LSTM into Bidirectional')
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(canvas.wire('LSTM', 'the way out of Bidirectional')).toBeAttached()
  })

  await test.step('copied with what it holds', async () => {
    await canvas.select('Bidirectional')
    await page.keyboard.press('Control+d')
    await expect(canvas.nodes()).toHaveCount(8)
    await expect(canvas.wire('the way in of Bidirectional', 'LSTM')).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(canvas.nodes()).toHaveCount(6)
  })

  await test.step('collapsed to its name, and opened again', async () => {
    await canvas.select('Bidirectional')
    await page.keyboard.press('Alt+c')
    await expect(canvas.nodes()).toHaveCount(5)
    await expect(canvas.node('LSTM')).toHaveCount(0)
    await expect(canvas.wire('Bidirectional', 'Last step')).toBeAttached()
    await page.keyboard.press('Alt+c')
    await expect(canvas.node('LSTM')).toBeVisible()
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
  })

  await test.step('taken away, content kept', async () => {
    await canvas.select('Bidirectional')
    await page.keyboard.press('Control+Shift+G')
    await expect(canvas.nodes()).toHaveCount(5)
    await expect(canvas.wire('LSTM', 'Last step')).toBeAttached()
    await expect(canvas.wire('Data set', 'LSTM')).toBeAttached()
    await editor.press('Undo')
    await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
    await expect(canvas.nodes()).toHaveCount(5)
  })
})
