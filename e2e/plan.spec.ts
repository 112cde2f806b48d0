import { expect, test } from './fixtures'

test('the plan follows the model, and points to its cards and back', async ({ start, editor }) => {
  const { canvas, dock, inspector, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  await dock.show('Plan')
  const forward = dock.region.getByRole('region', { name: 'Forward' })
  const backward = dock.region.getByRole('region', { name: 'Backward' })

  await test.step('lines lead to cards', async () => {
    await expect(forward).toContainText('weight_hh_l0')
    await forward.getByRole('button', { name: 'Dense' }).hover()
    await expect(canvas.node('Dense').locator('[data-mark="pointed"]')).toBeVisible()
    await forward.getByRole('button', { name: 'Dense' }).click()
    await expect(inspector.heading).toHaveText('Dense')
    await expect(backward.locator('[data-chosen="true"]')).toContainText('linearWeightGradient')
  })

  await test.step('cards lead to lines', async () => {
    await canvas.select('LSTM')
    await expect(forward.locator('[data-chosen="true"]')).toContainText('lstm')
    await expect(backward.locator('[data-chosen="true"]')).toContainText('lstmGradient')
    await canvas.node('Dense').hover()
    await expect(forward.locator('[data-hovered="true"]')).toContainText('linear')
  })

  await test.step('an edit makes it anew, a mistake says what comes first', async () => {
    await inspector.set('Memory cells', '7')
    await expect(forward).toContainText('weight_hh_l0 [28, 7]')
    await canvas.select('Dense')
    await page.keyboard.press('Delete')
    await dock.region.getByRole('button', { name: 'Show the problems' }).click()
    await expect(dock.problems.first()).toBeVisible()
    await dock.problems.first().getByRole('button').last().click()
    await dock.show('Plan')
    await expect(forward).toContainText('weight_hh_l0 [28, 7]')
  })
})

test('nodes of two kinds are set together: what differs says so, and it is one act', async ({ start, editor }) => {
  const { canvas, inspector, page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  await canvas.select('LSTM')
  await inspector.set('Memory cells', '16')
  await editor.addFromPalette('GRU')
  await expect(canvas.node('GRU')).toBeVisible()
  await canvas.node('GRU').getByText('GRU', { exact: true }).click()
  await canvas
    .node('LSTM')
    .getByText('LSTM', { exact: true })
    .click({ modifiers: ['Shift'] })
  await expect(inspector.heading).toHaveText('2 nodes')
  await expect(inspector.field('Memory cells')).toHaveAttribute('placeholder', 'mixed')
  await inspector.set('Memory cells', '24')
  await expect(inspector.field('Memory cells')).toHaveValue(/^24/)
  await inspector.region.getByRole('button', { name: /^Memory cells: Reset/ }).click()
  await editor.press('Undo')
  await editor.press('Undo')
  await expect(inspector.field('Memory cells')).toHaveAttribute('placeholder', 'mixed')
  await editor.deselect()
  await canvas.select('LSTM')
  await expect(inspector.field('Memory cells')).toHaveValue(/^16/)
  await page.getByText('Explain', { exact: true }).click()
  await expect(inspector.region.locator('svg[data-picture="cell"]')).toBeVisible()
})
