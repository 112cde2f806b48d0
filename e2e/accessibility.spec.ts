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
    const finds = async (screen: string) => {
      await test.step(screen, async () => expect.soft(await violations(page), screen).toEqual([]))
    }
    await expect(start.heading).toBeVisible()
    await editor.setTheme(theme)
    await finds('start screen')

    await start.sample('Seattle weather').click()
    await editor.ready()
    await finds('editor')

    await editor.canvas.select('LSTM')
    await expect(editor.inspector.heading).toHaveText('LSTM')
    await finds('inspector of a node')

    await editor.press('Train')
    await editor.runEnds()
    // A hint that is still fading has half its contrast.
    await page.mouse.move(2, 2)
    await expect(page.getByRole('tooltip')).toHaveCount(0)
    await finds('after training')
    for (const tab of ['Loss', 'Gates', 'Plan', 'Problems'] as const) {
      await editor.dock.show(tab)
      await finds(`dock: ${tab}`)
    }
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
    await finds('frames')

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

    await canvas.drawWire('Embedding', 'Tag each step')
    await expect(page.getByRole('dialog', { name: 'This wire does not fit' })).toBeVisible()
    await finds('a refused wire')
  })
}
