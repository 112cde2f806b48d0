import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures'
import type { Editor } from './pages/Editor'

/** Acts of somebody who has no pointer: keys only. */
class Hands {
  constructor(readonly editor: Editor) {}

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.editor.page.keyboard.press(key)), Promise.resolve())
  }

  /** Goes on with Tab until this has the focus. */
  async tabTo(what: Locator): Promise<void> {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      if (await what.evaluateAll((found) => found.some((one) => one === document.activeElement))) return
      await this.press('Tab')
    }
    await expect(what, 'is reached by Tab').toBeFocused()
  }

  /** Does something by its name. */
  async act(name: string): Promise<void> {
    const field = this.editor.page.getByRole('textbox', { name: 'Search actions' })
    await this.press('Control+k')
    await expect(field).toBeFocused()
    await this.editor.page.keyboard.type(name)
    await this.press('Enter')
    await expect(field).toBeHidden()
  }

  /** Selects a node by its name. */
  async goTo(title: string): Promise<void> {
    await this.press('Control+f')
    await expect(this.editor.page.getByRole('combobox', { name: 'Name of the node' })).toBeFocused()
    await this.editor.page.keyboard.type(title)
    await this.press('Enter')
    await expect(this.editor.inspector.heading).toHaveText(title)
  }

  /** Adds a node from the list at the canvas; it comes behind the one that is selected. */
  async add(title: string): Promise<void> {
    await this.press('Shift+A')
    await expect(this.editor.page.getByRole('combobox', { name: 'Find a node to add' })).toBeFocused()
    await this.editor.page.keyboard.type(title)
    await this.press('Enter')
    await expect(this.editor.inspector.heading).toHaveText(title)
  }
}

test('a two-layer bidirectional LSTM tagger is built and trained by keyboard alone, from a blank document', async ({
  start,
  editor,
}) => {
  const hands = new Hands(editor)
  const { canvas, page } = editor

  await test.step('a blank document', async () => {
    await expect(start.heading).toBeVisible()
    await hands.tabTo(page.getByRole('button', { name: 'New empty model' }))
    await hands.press('Enter')
    await expect(canvas.nodes()).toHaveCount(1)
  })

  await test.step('its data', async () => {
    await hands.act('choose the data')
    await expect(page.getByRole('combobox', { name: 'Name of the data' })).toBeFocused()
    await page.keyboard.type('tag')
    await hands.press('Enter')
    await expect(canvas.node('Data set')).toContainText('17 tags')
    await editor.ready()
  })

  await test.step('its nodes, each behind the one before', async () => {
    await hands.goTo('Data set')
    for (const title of ['Embedding', 'LSTM', 'Dense', 'Tag each step']) await hands.add(title)
    await expect(canvas.nodes()).toHaveCount(5)
    for (const [from, to] of [
      ['Data set', 'Embedding'],
      ['Embedding', 'LSTM'],
      ['LSTM', 'Dense'],
      ['Dense', 'Tag each step'],
    ] as const) {
      await expect(canvas.wire(from, to)).toBeAttached()
    }
  })

  await test.step('a wire taken away and laid again', async () => {
    await hands.goTo('LSTM')
    await hands.press('Control+Delete')
    await expect(canvas.node('LSTM')).toHaveCount(0)
    await hands.press('Control+z')
    await expect(canvas.wire('LSTM', 'Dense')).toBeAttached()
    await canvas.wire('LSTM', 'Dense').focus()
    await hands.press('Enter', 'Delete')
    await expect(canvas.wire('LSTM', 'Dense')).toHaveCount(0)
    await hands.goTo('LSTM')
    await hands.act('connect to')
    const dialog = page.getByRole('dialog', { name: 'Connect LSTM to…' })
    await expect(dialog).toBeVisible()
    await hands.tabTo(dialog.getByRole('listitem').filter({ hasText: 'Dense' }).getByRole('button').first())
    await hands.press('Enter')
    await expect(canvas.wire('LSTM', 'Dense')).toBeAttached()
  })

  await test.step('read both ways, twice', async () => {
    await hands.goTo('LSTM')
    await hands.act('into a new bidirectional')
    await expect(editor.inspector.heading).toHaveText('Bidirectional')
    await hands.act('into a new stack')
    await expect(editor.inspector.heading).toHaveText('Stack')
    await expect(canvas.node('Stack')).toContainText('2 copies')
    await expect(canvas.wire('Embedding', 'Stack')).toBeAttached()
    await expect(canvas.wire('Stack', 'Dense')).toBeAttached()
    await hands.goTo('LSTM')
    await hands.tabTo(editor.inspector.field('Memory cells'))
    await page.keyboard.type('16')
    await expect(canvas.node('LSTM')).toContainText('16 memory cells')
    await expect(editor.button('Undo')).toBeEnabled()
  })

  await test.step('it trains', async () => {
    await hands.press('Control+Enter')
    await expect(editor.progress).toBeVisible()
    await expect(canvas.node('LSTM')).toContainText('forget')
    await expect.poll(() => editor.dock.value('Loss', 'validation')).toBeGreaterThan(0)
    await hands.press('Control+Alt+Enter')
    await editor.runEnds()
    await expect(editor.notice).toHaveAttribute('role', 'status')
  })
})
