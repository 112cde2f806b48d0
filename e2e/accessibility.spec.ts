import { violations } from './axe'
import { expect, test } from './fixtures'

for (const theme of ['Light', 'Dark'] as const) {
  test(`axe finds nothing on the start screen, in the editor and its dialogs (${theme})`, async ({
    app,
    start,
    editor,
  }) => {
    // Axe looks at every screen: on a busy machine that takes longer than any other test.
    test.slow()
    const { page } = app
    const { canvas, inspector } = editor
    const finds = async (screen: string) => {
      await test.step(screen, async () => expect.soft(await violations(page), screen).toEqual([]))
    }
    await expect(start.heading).toBeVisible()
    await editor.setTheme(theme)
    await finds('start screen')

    await start.sample('Seattle weather').click()
    await editor.ready()
    await finds('editor')

    await inspector.set('Epochs', '900')
    await editor.press('Train')
    await editor.press('Pause')
    await expect(editor.button('Resume')).toBeVisible()
    await canvas.select('LSTM')
    await expect(inspector.heading).toHaveText('LSTM')
    await finds('training, paused; the settings of a node')
    await editor.press('Stop, keep best')
    await editor.runEnds()
    // A hint that is still fading has half its contrast.
    await page.mouse.move(2, 2)
    await expect(page.getByRole('tooltip')).toHaveCount(0)
    await inspector.region.getByText('Explain', { exact: true }).click()
    await editor.dock.show('Loss')
    await finds('after training; dock: Loss; a node explained')
    await inspector.region.getByText('Live', { exact: true }).click()
    await editor.dock.show('Gates')
    await finds('dock: Gates; a node live')
    await page.keyboard.press('Control+a')
    await expect(inspector.heading).toHaveText('5 nodes')
    await editor.dock.show('Compare')
    await finds('dock: Compare; several nodes')
    await canvas.wire('LSTM', 'Last step').focus()
    await page.keyboard.press('Enter')
    await editor.dock.show('Plan')
    await finds('dock: Plan; a wire')
    await canvas.select('Data set')
    await editor.dock.show('Problems')
    await finds('dock: Problems; the data set')
    for (const panel of ['Data', 'Samples', 'Runs', 'Outline', 'Versions']) {
      await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: panel }).click()
      await finds(`panel: ${panel}`)
    }

    await editor.deselect()
    await page.keyboard.press('?')
    await expect(editor.dialog).toBeVisible()
    await finds('keys')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await page.keyboard.press('Control+k')
    await expect(editor.dialog).toBeVisible()
    await finds('search of actions')
    await page.keyboard.type('choose the data')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Name of the data' })).toBeFocused()
    await expect(page.getByRole('dialog', { name: 'Search actions' })).toBeHidden()
    await finds('choose the data')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await page.keyboard.press('Control+,')
    await expect(editor.dialog).toBeVisible()
    await finds('settings')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await page.getByRole('button', { name: 'Add a model' }).click()
    await page.keyboard.press('Control+Shift+Enter')
    await expect(editor.dialog).toContainText('cannot be trained as it is')
    await finds('train all, with a model that cannot be trained')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()
    await page.getByRole('button', { name: /^This model/ }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await finds('menu of a model')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await page.keyboard.press('Control+n')
    await expect(editor.dialog).toContainText('before starting a new model')
    await finds('unsaved work')
    await editor.dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(editor.dialog).toBeHidden()
  })

  test(`axe finds nothing on frames and in what opens over the canvas (${theme})`, async ({ app, start, editor }) => {
    test.slow()
    const { page } = app
    const { canvas } = editor
    const finds = async (screen: string) => {
      await test.step(screen, async () => expect.soft(await violations(page), screen).toEqual([]))
    }
    await editor.setTheme(theme)
    await start.sample('Parts of speech').click()
    await editor.ready()
    await canvas.select('Dense')
    await page.keyboard.press('Control+b')
    await expect(canvas.node('Dense')).toContainText('Bypassed')
    await finds('frames, a node that is bypassed, and problems')
    await editor.press('Undo')

    await canvas.select('Bidirectional')
    await canvas.node('Bidirectional').getByText('Bidirectional', { exact: true }).click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await finds('menu of a frame')
    await page.getByRole('menuitem', { name: 'Connect to…' }).click()
    await expect(editor.dialog).toBeVisible()
    await finds('connect to')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await canvas.select('Embedding')
    await canvas.node('Embedding').getByText('Embedding', { exact: true }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Put into a frame…' }).click()
    await expect(editor.dialog).toBeVisible()
    await finds('put into')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await editor.deselect()
    await page.keyboard.press('Control+f')
    await expect(editor.dialog).toBeVisible()
    await finds('find a node')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await editor.deselect()
    await page.keyboard.press('Shift+A')
    await expect(page.getByRole('combobox', { name: 'Find a node to add' })).toBeFocused()
    await finds('add a node')
    await page.keyboard.press('Escape')

    await canvas.wire('Dense', 'Tag each step').focus()
    await page.keyboard.press('Enter')
    await app.chooseAction('moveEnd')
    await expect(editor.dialog).toBeVisible()
    await finds('move the end of a wire')
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()

    await app.answerOpenDialog('/nowhere/gone.unroll')
    await page.keyboard.press('Control+o')
    await expect(editor.messages).toHaveCount(1)
    await canvas.output('Embedding').click()
    await expect(canvas.region).toHaveAttribute('data-wiring', 'output')
    await canvas.input('Tag each step').hover()
    await expect(canvas.region).toContainText('Tag each step needs')
    await finds('a wire being laid, and a message')
    await page.keyboard.press('Escape')
    await editor.messages.getByRole('button').click()
    await expect(editor.messages).toHaveCount(0)

    await canvas.drawWire('Embedding', 'Tag each step')
    await expect(page.getByRole('dialog', { name: 'This wire does not fit' })).toBeVisible()
    await finds('a refused wire')
  })
}
