import { join } from 'node:path'
import { sampleDocument, writeDocument } from './documents'
import { expect, test } from './fixtures'
import { looks, photographer } from './pictures'

for (const look of looks) {
  test(look.title, async ({ app, start, editor, folder }) => {
    const { page } = app
    const picture = await photographer(app, look)
    await expect(start.heading).toBeVisible()
    await editor.setTheme(look.theme)
    await expect(page.getByRole('menu')).toHaveCount(0)
    await picture('start')

    await start.sample('Parts of speech').click()
    await editor.ready()
    await editor.canvas.select('Stack')
    await expect(editor.inspector.heading).toHaveText('Stack')
    await picture('frames')
    await page.keyboard.press('Control+f')
    await expect(editor.dialog).toBeVisible()
    await picture('find')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()
    await app.chooseMenu('File', 'Start screen')

    await start.sample('Seattle weather').click()
    await editor.ready()
    await expect(editor.canvas.node('Data set')).toContainText('1 461 days')
    await picture('editor')
    await editor.canvas.select('LSTM')
    await expect(editor.inspector.heading).toHaveText('LSTM')
    await picture('inspector')

    await editor.deselect()
    await editor.inspector.set('Epochs', '900')
    await editor.press('Train')
    await expect(editor.page.getByText(/Epoch ([4-9]\d|\d{3}) of 900/)).toBeVisible()
    await picture('training')
    await editor.press('Stop, keep best')
    await editor.runEnds()
    await picture('result')
    await editor.dock.show('Gates')
    await picture('gates')

    const panel = (name: string) =>
      page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click()
    await panel('Versions')
    await editor.palette.getByRole('textbox').fill('First try')
    await page.keyboard.press('Enter')
    await editor.inspector.set('Epochs', '800')
    await editor.palette.getByRole('button', { name: /^First try/ }).click()
    await editor.dock.show('Plan')
    await editor.canvas.select('LSTM')
    await page.getByText('Explain', { exact: true }).click()
    await expect(editor.dock.region).toContainText('weight_hh_l0')
    await picture('versions-and-plan')
    await page.keyboard.press('Control+,')
    await expect(editor.dialog).toBeVisible()
    await picture('settings')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()
    await panel('Nodes')
    await editor.deselect()

    await editor.dock.show('Overview')
    await editor.press('Train')
    await expect.poll(() => editor.dock.value('Loss', 'validation')).toBeGreaterThan(0)
    await app.killHost()
    await expect(editor.notice).toBeVisible()
    await picture('engine-lost')

    const broken = join(folder, 'Broken.unroll')
    const document = await sampleDocument('moby-dick')
    const model = document.models[0]
    delete model?.wires[Object.keys(model.wires)[0] ?? '']
    await writeDocument(broken, document)
    await app.answerOpenDialog(broken)
    await page.keyboard.press('Control+o')
    await editor.dialog.getByRole('button', { name: 'Don’t save' }).click()
    await expect(editor.documentName()).toContainText(document.name)
    await expect(editor.canvas.node('Data set')).not.toContainText('no data read yet')
    await editor.dock.show('Problems')
    await editor.press('Train')
    await expect(editor.notice).toBeVisible()
    await picture('error')
    await app.answerOpenDialog(join(folder, 'gone.unroll'))
    await page.keyboard.press('Control+o')
    await expect(editor.messages).toBeVisible()
    await picture('message')
  })
}
