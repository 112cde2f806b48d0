import type { Locator } from '@playwright/test'
import { violations } from './axe'
import { expect, test } from './fixtures'
import type { Editor } from './pages/Editor'

/** A group by its name, open or closed. */
function groupCard(editor: Editor, name: string): Locator {
  return editor.canvas.region.getByRole('group', { name: new RegExp(`^Group ${name}, `) })
}

function noteCard(editor: Editor): Locator {
  return editor.canvas.region.locator('[aria-roledescription="note"]')
}

async function selectBoth(editor: Editor, first: string, second: string): Promise<void> {
  await editor.canvas.select(first)
  await editor.canvas
    .node(second)
    .getByText(second, { exact: true })
    .click({ modifiers: ['Shift'] })
}

test('a group is made, named, moved, closed to one card, wired there, opened and unpacked', async ({
  app,
  start,
  editor,
}) => {
  const { canvas, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()

  await test.step('made and named by keyboard', async () => {
    await selectBoth(editor, 'LSTM', 'Last step')
    await page.keyboard.press('Control+g')
    await expect(canvas.announcement).toContainText('Group 2 nodes')
    await page.keyboard.press('F2')
    await page.keyboard.type('Reader')
    await page.keyboard.press('Enter')
    await expect(groupCard(editor, 'Reader')).toBeVisible()
    // The same nodes once more: a sentence, and the group keeps its name.
    await page.keyboard.press('Control+g')
    await expect(editor.messages).toContainText('These nodes are a group already: Reader.')
  })

  await test.step('its head moves all of it', async () => {
    const before = await canvas.place('LSTM')
    await canvas.dragFrom(groupCard(editor, 'Reader').getByText('Reader', { exact: true }), { x: 0, y: 64 })
    await expect(canvas.announcement).toContainText('Move Reader')
    expect((await canvas.place('LSTM')).y).toBeGreaterThan(before.y + 40)
    await editor.press('Undo')
    expect(await canvas.place('LSTM')).toEqual(before)
  })

  await test.step('a node dragged away leaves it, dragged back it belongs to it', async () => {
    await editor.deselect()
    await canvas.move('Last step', { x: 0, y: 180 })
    await expect(canvas.announcement).toContainText('Take Last step out of Reader')
    await expect(canvas.region.getByRole('group', { name: 'Group Reader, 1 node', exact: true })).toBeVisible()
    await editor.press('Undo')
    await expect(canvas.region.getByRole('group', { name: 'Group Reader, 2 nodes', exact: true })).toBeVisible()
  })

  await test.step('closed it is one card that shows the wires across its border', async () => {
    await expect(canvas.node('LSTM').getByText('1 408 weights · 77k sums')).toBeVisible()
    await groupCard(editor, 'Reader').getByRole('button', { name: 'Close Reader' }).click()
    await expect(canvas.node('LSTM')).toHaveCount(0)
    const card = groupCard(editor, 'Reader')
    await expect(card.getByText('1 408 weights · 77k sums')).toBeVisible()
    await expect(card.getByRole('button', { name: 'Reader: LSTM takes' })).toBeVisible()
    await expect(canvas.wire('Data set', 'LSTM')).toBeAttached()
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(0)
    await expect(canvas.wire('Last step', 'Dense')).toBeAttached()
  })

  await test.step('its sockets are wired like any others', async () => {
    await canvas.wire('Data set', 'LSTM').press('Enter')
    await page.keyboard.press('Delete')
    await expect(canvas.wire('Data set', 'LSTM')).toHaveCount(0)
    await canvas.output('Data set').first().click()
    await groupCard(editor, 'Reader').getByRole('button', { name: 'Reader: LSTM takes' }).click()
    await expect(canvas.wire('Data set', 'LSTM')).toBeAttached()
    await expect(editor.dock.problems).toHaveCount(0)
  })

  await test.step('and by the dialog, from its menu and by the search of actions', async () => {
    await canvas.wire('Last step', 'Dense').press('Enter')
    await page.keyboard.press('Delete')
    await expect(canvas.wire('Last step', 'Dense')).toHaveCount(0)
    await groupCard(editor, 'Reader').getByRole('button', { name: 'What to do with Reader' }).click()
    await page.getByRole('menuitem', { name: 'Connect to…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect Reader to…' })
    // What it holds itself is no goal.
    await expect(dialog.getByRole('listitem').filter({ hasText: 'LSTM' })).toHaveCount(0)
    await dialog.getByRole('listitem').filter({ hasText: 'Dense' }).getByRole('button', { name: 'Connect' }).click()
    await expect(dialog).toBeHidden()
    await expect(canvas.wire('Last step', 'Dense')).toBeAttached()
    await app.chooseAction('connect')
    await expect(dialog.getByRole('listitem').filter({ hasText: 'connected' })).toContainText('Dense')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('opened in place and unpacked by keyboard', async () => {
    await groupCard(editor, 'Reader').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+c')
    await expect(canvas.node('LSTM')).toBeVisible()
    await page.keyboard.press('Control+Shift+G')
    await expect(groupCard(editor, 'Reader')).toHaveCount(0)
    await expect(canvas.node('LSTM')).toBeVisible()
    await editor.press('Undo')
    await expect(groupCard(editor, 'Reader')).toBeVisible()
  })
})

test('a group is kept as a block of one’s own, also for the next start; notes are written, copied and undone', async ({
  launch,
  start,
  editor,
  app,
}) => {
  const { canvas, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  await selectBoth(editor, 'LSTM', 'Last step')
  await page.keyboard.press('Control+g')

  await test.step('kept, renamed and inserted', async () => {
    await groupCard(editor, 'Group 1').getByRole('button', { name: 'What to do with Group 1' }).click()
    await page.getByRole('menuitem', { name: 'Save to My blocks' }).click()
    await editor.palette.getByRole('button', { name: 'What to do with Group 1' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.keyboard.type('Summary')
    await page.keyboard.press('Enter')
    await editor.deselect()
    await editor.palette.getByRole('button', { name: 'Summary', exact: true }).click()
    await expect(canvas.region.getByRole('group', { name: 'Group Summary, 2 nodes, closed' })).toBeVisible()
    await expect(canvas.announcement).toContainText('Insert Summary')
    await editor.press('Undo')
    await expect(groupCard(editor, 'Summary')).toHaveCount(0)
    await editor.palette.getByRole('button', { name: 'Summary', exact: true }).dragTo(canvas.region)
    await expect(groupCard(editor, 'Summary')).toBeVisible()
    await editor.press('Undo')
    await expect(groupCard(editor, 'Summary')).toHaveCount(0)
  })

  await test.step('offered where a wire is let go, and wired to it: one act', async () => {
    const options = page.getByRole('option')
    await canvas.dragFrom(canvas.output('Data set'), { x: 10, y: 190 })
    await expect(page.getByRole('combobox', { name: 'Find a node to add' })).toBeFocused()
    await page.keyboard.type('summary')
    await expect(options.first()).toContainText('Your block of 2 nodes')
    await page.keyboard.press('Enter')
    await expect(groupCard(editor, 'Summary')).toBeVisible()
    await expect(canvas.wire('Data set', 'LSTM')).toHaveCount(2)
    await editor.press('Undo')
    await expect(groupCard(editor, 'Summary')).toHaveCount(0)
    await expect(canvas.wire('Data set', 'LSTM')).toHaveCount(1)
    // It gives one vector: nothing that Last step could take.
    await canvas.dragFrom(canvas.output('Dense'), { x: 10, y: 190 })
    await expect(page.getByRole('combobox', { name: 'Find a node to add' })).toBeFocused()
    await page.keyboard.type('summary')
    await expect(options.filter({ hasText: 'Your block' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await editor.deselect()
  })

  await test.step('dropped on a wire it is put into it, if it fits: one act', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('Control+g')
    await app.chooseAction('keepBlock')
    await expect(editor.palette.getByRole('button', { name: 'Group 2', exact: true })).toBeVisible()
    await editor.deselect()
    await editor.dragFromPalette('Group 2', await canvas.alongWire('LSTM', 'Last step', 0.5))
    await expect(canvas.region.getByRole('group', { name: 'Group Group 2, 1 node, closed' })).toBeVisible()
    await expect(canvas.wire('LSTM', 'LSTM')).toBeAttached()
    await expect(canvas.wire('LSTM', 'Last step')).toHaveCount(1)
    await expect(canvas.wires()).toHaveCount(5)
    for (let act = 0; act < 2; act += 1) await editor.press('Undo')
    await expect(canvas.wires()).toHaveCount(4)
  })

  await test.step('deleted by mistake and put back', async () => {
    await editor.palette.getByRole('button', { name: 'Summary', exact: true }).focus()
    await page.keyboard.press('Delete')
    await expect(editor.palette.getByRole('button', { name: 'Summary', exact: true })).toHaveCount(0)
    await editor.messages.getByRole('button', { name: 'Put back' }).click()
    await expect(editor.palette.getByRole('button', { name: 'Summary', exact: true })).toBeVisible()
  })

  await test.step('a note: one entry for a session of typing', async () => {
    await editor.deselect()
    await page.keyboard.press('n')
    await page.keyboard.type('Look at the last step')
    await page.keyboard.press('Escape')
    await expect(noteCard(editor)).toContainText('Look at the last step')
    await page.keyboard.press('Control+d')
    await expect(noteCard(editor)).toHaveCount(2)
    await page.keyboard.press('Delete')
    await expect(noteCard(editor)).toHaveCount(1)
    for (let act = 0; act < 3; act += 1) await editor.press('Undo')
    await expect(noteCard(editor)).toContainText('Double-click to write')
    await editor.press('Undo')
    await expect(noteCard(editor)).toHaveCount(0)
  })

  await test.step('the next start has the block, in another document', async () => {
    await app.end()
    const again = await launch()
    const { page: next } = again
    await next
      .getByRole('button', { name: /Parts of speech/ })
      .first()
      .click()
    await next
      .getByRole('complementary', { name: 'Panel' })
      .getByRole('button', { name: 'Summary', exact: true })
      .click()
    await expect(next.getByRole('group', { name: 'Group Summary, 2 nodes, closed' })).toBeVisible()
  })
})

for (const theme of ['Light', 'Dark'] as const) {
  test(`axe finds nothing on groups, notes and blocks (${theme})`, async ({ start, editor }) => {
    test.slow()
    const { page } = editor
    await editor.setTheme(theme)
    await start.sample('Seattle weather').click()
    await editor.ready()
    await selectBoth(editor, 'LSTM', 'Last step')
    await page.keyboard.press('Control+g')
    await groupCard(editor, 'Group 1').getByRole('button', { name: 'What to do with Group 1' }).click()
    expect.soft(await violations(page), 'open group and its menu').toEqual([])
    await page.getByRole('menuitem', { name: 'Save to My blocks' }).click()
    await expect(editor.messages).toHaveCount(1)
    await groupCard(editor, 'Group 1').getByRole('button', { name: 'Close Group 1' }).click()
    await editor.deselect()
    await page.keyboard.press('n')
    expect.soft(await violations(page), 'closed group, a note being written, a block').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Outline' }).click()
    expect.soft(await violations(page), 'outline with a group and a note').toEqual([])
  })
}
