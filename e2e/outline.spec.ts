import { expect, test } from './fixtures'

test('the outline is the model as a list: read, renamed, wired, deleted and added to by keyboard', async ({
  start,
  editor,
}) => {
  const { canvas, inspector, page, palette } = editor
  await start.sample('Parts of speech').click()
  await editor.ready()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Outline' }).click()
  const list = palette.getByRole('list', { name: /^Nodes of / })
  const row = (title: string) =>
    list
      .locator('[data-row]')
      .filter({ hasText: new RegExp(title) })
      .first()

  await test.step('what frames hold lies in them, and each node says where it leads', async () => {
    const held = list.getByRole('list', { name: 'Nodes in Bidirectional' }).first()
    await expect(held).toContainText('LSTM')
    // What each costs, at a glance and in full.
    await expect(row('LSTM')).toContainText(/ · \d[\d\s]* weights/)
    await expect(row('LSTM')).toHaveAttribute('title', /^About .+ sums per example$/)
    await expect(list.getByRole('list', { name: 'Embedding feeds' })).toContainText('Dropout')
  })

  await test.step('arrow keys walk, Enter selects, F2 renames', async () => {
    await list.locator('[data-row]').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(inspector.heading).toHaveText('Embedding')
    await list.locator('[data-row]').nth(1).focus()
    await page.keyboard.press('F2')
    await page.keyboard.type('Words')
    await page.keyboard.press('Enter')
    await expect(canvas.node('Words')).toBeVisible()
  })

  await test.step('a wire is deleted and laid again; the keyboard stays at the node', async () => {
    await list
      .getByRole('button', { name: /^Delete the wire from Words to / })
      .first()
      .press('Enter')
    await expect(list.getByRole('list', { name: 'Words feeds' })).toHaveCount(0)
    await expect(row('Words')).toBeFocused()
    await list.getByRole('button', { name: 'What to do with Words' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Connect to…' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Connect Words to…' })
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'Dropout' })
      .filter({ hasNotText: 'connected' })
      .getByRole('button', { name: 'Connect' })
      .first()
      .press('Enter')
    await expect(dialog).toBeHidden()
    await expect(list.getByRole('list', { name: 'Words feeds' })).toContainText('Dropout')
  })

  await test.step('a node is added behind the one that is selected, and deleted', async () => {
    await row('Words').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+A')
    await expect(page.getByRole('combobox', { name: 'Find a node to add' })).toBeFocused()
    await page.keyboard.type('layer norm')
    await page.keyboard.press('Enter')
    await expect(list.getByRole('list', { name: 'Words feeds' })).toContainText('Layer norm')
    await row('Layer norm').focus()
    await page.keyboard.press('Delete')
    await expect(row('Layer norm')).toHaveCount(0)
    await expect(list.locator('[data-row]:focus')).toHaveCount(1)
  })

  await test.step('all of it is undone', async () => {
    for (let act = 0; act < 5; act += 1) await editor.press('Undo')
    await expect(editor.button('Undo')).toBeDisabled()
    await expect(row('Embedding')).toBeVisible()
  })
})

test('Train on a model with problems goes to the first, and fixes mend it from the list', async ({ start, editor }) => {
  const { canvas, dock, inspector, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  await canvas.select('Last step')
  await page.keyboard.press('Delete')
  await editor.deselect()
  await expect(canvas.node('Dense').getByRole('img', { name: /Nothing is connected to Dense/ })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(editor.notice).toContainText('Nothing is connected to Dense')
  await expect(inspector.heading).toHaveText('Dense')
  await expect(dock.region.getByRole('tab', { name: 'Problems' })).toHaveAttribute('aria-selected', 'true')
  const fix = dock.problems.first().getByRole('button').last()
  await expect(fix).toHaveText('Connect LSTM to Dense')
  await fix.click()
  // One step now lacks: the next problem, with the next fix.
  await expect(dock.problems.first()).toContainText('Forecast needs')
  await expect(fix).toHaveText(/^Add /)
  await fix.click()
  await expect(dock.problems).toHaveCount(0)
  await expect(editor.notice).toBeHidden()
})
