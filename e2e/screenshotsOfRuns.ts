import { expect, test } from './fixtures'
import { looks, photographer } from './pictures'

/** What is shown of runs, models side by side, and the smaller things around the canvas. */
for (const look of looks) {
  test(`runs, ${look.title}`, async ({ app, start, editor }) => {
    const { page } = app
    const { canvas } = editor
    const panel = (name: string) =>
      page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click()
    const picture = await photographer(app, look)
    await editor.setTheme(look.theme)

    await start.sample('Seattle weather').click()
    await editor.ready()
    await panel('Runs')
    await picture('no-runs')
    await editor.inspector.set('Epochs', '6')
    for (let run = 0; run < 2; run += 1) {
      await editor.press('Train')
      await editor.runEnds()
      await editor.closeNotice()
    }
    await editor.dock.show('Loss')
    await canvas.wire('LSTM', 'Last step').first().click({ force: true })
    await picture('runs-and-loss')

    await editor.deselect()
    await panel('Samples')
    await page.keyboard.press('n')
    await page.keyboard.type('Look at the last step: it has read the whole week.')
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Settings' }).hover()
    await expect(page.getByRole('tooltip')).toHaveCSS('opacity', '1')
    await picture('note-samples-and-tooltip')

    await page.getByRole('button', { name: /^This model/ }).click()
    await expect(page.getByRole('menuitem', { name: 'Duplicate as Transformer' })).toBeVisible()
    await picture('model-menu')
    await page.getByRole('menuitem', { name: 'Duplicate as Transformer' }).click()
    await expect(editor.messages).toContainText('weights, as many as')
    await editor.dock.show('Compare')
    await picture('counterpart')
    await page.getByRole('button', { name: 'Add a model' }).click()
    await page.getByRole('button', { name: 'More ways to train' }).click()
    await page.getByRole('menuitem', { name: 'Train all 3 and compare' }).click()
    await expect(editor.dialog).toHaveCSS('opacity', '1')
    await picture('train-all')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('tra')
    await expect(page.getByRole('button', { name: /Train/ }).last()).toBeVisible()
    await picture('commands')
    await page.keyboard.press('Escape')
  })
}
