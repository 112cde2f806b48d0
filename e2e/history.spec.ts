import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures'

test('every kind of change is one entry with its name in the menu, and all of them are undone and redone', async ({
  app,
  start,
  editor,
  folder,
}) => {
  const { canvas, inspector, page, palette } = editor
  const tabs = page.getByRole('tablist', { name: 'Models' }).getByRole('tab')
  await start.sample('Seattle weather').click()
  await editor.ready()
  const untouched = (await tabs.first().textContent()) ?? ''
  const acts: string[] = []
  const menuSays = (words: string): Promise<void> => expect.poll(() => app.menuItems('Edit')).toContain(words)
  /** What was just done is one entry more, and the native menu names it. */
  const entry = async (act: string): Promise<void> => {
    acts.push(act)
    await menuSays(`Undo ${act}`)
  }

  await test.step('settings: typed digit by digit, switched, of the training', async () => {
    await canvas.select('LSTM')
    await inspector.field('Memory cells').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('123')
    await expect(canvas.node('LSTM')).toContainText('123 memory cells')
    await entry('Change Memory cells of LSTM')
    await inspector.region.getByRole('switch', { name: 'Frozen' }).focus()
    await page.keyboard.press('Space')
    await entry('Freeze LSTM')
    await editor.deselect()
    await inspector.field('Epochs').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('17')
    await entry('Change Epochs')
  })

  await test.step('a node: renamed, dragged, moved by keys', async () => {
    await canvas.select('LSTM')
    await page.keyboard.press('F2')
    await page.keyboard.type('Memory')
    await page.keyboard.press('Enter')
    await entry('Rename Memory')
    await canvas.move('Memory', { x: 0, y: 80 })
    await entry('Move Memory')
    await canvas.node('Memory').focus()
    await page.keyboard.press('Enter')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown')
    await entry('Move Memory')
  })

  await test.step('a group, a frame, a note', async () => {
    await app.chooseAction('group')
    await entry('Group Memory')
    await app.chooseAction('ungroup')
    await entry('Unpack Group 1')
    await canvas.openMenu('Memory')
    await page.getByRole('menuitem', { name: 'Put into a new Bidirectional' }).click()
    await entry('Put Memory into a Bidirectional')
    await editor.deselect()
    await app.chooseAction('addNote')
    await entry('Add a note')
    await page.keyboard.type('Both ways')
    await page.keyboard.press('Escape')
    await entry('Write a note')
  })

  await test.step('the document: renamed, a model more, its tab renamed and moved', async () => {
    await editor.deselect()
    await app.chooseAction('renameDocument')
    await expect(page.getByRole('textbox', { name: 'Name of the document' })).toBeFocused()
    await page.keyboard.type('Rain')
    await page.keyboard.press('Enter')
    await entry('Rename document')
    await app.chooseAction('addModel')
    await entry('Add Model 2')
    await app.chooseAction('renameModel')
    await expect(page.getByRole('textbox', { name: 'Name of the model' })).toBeFocused()
    await page.keyboard.type('Small')
    await page.keyboard.press('Enter')
    await entry('Rename Model 2 to Small')
    await app.chooseAction('moveModelLeft')
    await expect(tabs.first()).toHaveText('Small')
    await entry('Move Small to the left')
    await app.chooseAction('deleteModel')
    await expect(tabs).toHaveText([untouched])
    await entry('Delete Small')
  })

  await test.step('the data, and a version of it all', async () => {
    await canvas.select('Data set')
    await inspector.set('Looks back', '17')
    await entry('Change looks back')
    await editor.ready()
    await app.chooseAction('saveVersion')
    await expect(palette.getByRole('textbox')).toBeFocused()
    await page.keyboard.type('Now')
    await page.keyboard.press('Enter')
    await entry('Save the version Now')
    // In a text field undo is the text's own.
    await editor.deselect()
  })

  const path = join(folder, 'end.unroll')
  await test.step('all undone: the document is the sample again, and nothing is unsaved', async () => {
    await app.answerSaveDialog(path)
    await page.keyboard.press('Control+s')
    await expect(editor.documentName()).not.toContainText('unsaved')
    for (const act of [...acts].reverse()) {
      await menuSays(`Undo ${act}`)
      await app.chooseAction('undo')
      await menuSays(`Redo ${act}`)
    }
    await expect(editor.button('Undo')).toBeDisabled()
    await expect(canvas.nodes()).toHaveCount(5)
    await expect(editor.documentName()).toContainText('Seattle weather')
  })

  await test.step('all done again: the file that is saved now is the one that was saved then', async () => {
    const before = await readFile(path, 'utf8')
    for (const act of acts) {
      await menuSays(`Redo ${act}`)
      await app.chooseAction('redo')
    }
    await expect(editor.button('Redo')).toBeDisabled()
    await expect(editor.documentName()).not.toContainText('unsaved')
    const again = join(folder, 'again.unroll')
    await app.answerSaveDialog(again)
    await page.keyboard.press('Control+Shift+s')
    await expect.poll(() => readFile(again, 'utf8').catch(() => null)).toBe(before)
  })
})
