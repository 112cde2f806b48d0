import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures'
import { samplesFolder } from './launch'

test('the Seattle sample beats “same as today”, pauses, changes, undoes, trains again and survives saving byte for byte', async ({
  app,
  start,
  editor,
  folder,
}) => {
  const { dock, canvas, inspector } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()

  await test.step('training beats the naive forecast, and the gates are drawn', async () => {
    await editor.press('Train')
    await editor.runEnds()
    const loss = await dock.reading('Loss')
    expect(loss.get('validation')).toBeLessThan(loss.get('same as today') ?? Number.NaN)
    expect(await dock.hasInk('Loss')).toBe(true)
    expect([...(await dock.reading('Gates')).keys()]).toEqual(['forget', 'input', 'output'])
    expect(await dock.hasInk('Gates')).toBe(true)
    await expect(editor.notice).toContainText('same as today')
    await dock.show('Gates')
    expect(await dock.hasInk('Gates')).toBe(true)
    await dock.show('Overview')
  })

  const first = join(folder, 'first.unroll')
  let cells = ''
  await test.step('saved, it is the sample', async () => {
    await app.answerSaveDialog(first)
    await app.page.keyboard.press('Control+s')
    await expect(editor.messages).toContainText('Saved first.unroll')
    expect(await readFile(first, 'utf8')).toBe(await readFile(join(samplesFolder, 'seattle-weather.unroll'), 'utf8'))
  })

  await test.step('another size is another model; undo brings the old one back', async () => {
    await canvas.select('LSTM')
    cells = await inspector.field('Memory cells').inputValue()
    await inspector.set('Memory cells', '7')
    await expect(canvas.node('LSTM')).toContainText('7 memory cells')
    await expect(editor.documentName()).toContainText('unsaved')
    await editor.press('Undo')
    await expect(canvas.node('LSTM')).toContainText(`${cells} memory cells`)
    await expect(editor.documentName()).not.toContainText('unsaved')
    await editor.press('Redo')
    await expect(canvas.node('LSTM')).toContainText('7 memory cells')
    await editor.press('Undo')
  })

  await test.step('trained again, it comes out the same', async () => {
    const before = await dock.reading('Loss')
    await editor.closeNotice()
    await editor.press('Train')
    await editor.runEnds()
    expect([...(await dock.reading('Loss'))]).toEqual([...before])
  })

  await test.step('saved, reopened and saved again, the file has the same bytes', async () => {
    await app.page.keyboard.press('Control+s')
    await expect(editor.messages.last()).toContainText('Saved first.unroll')
    const second = join(folder, 'second.unroll')
    // A change that is given up shows that what is on the screen afterwards was read from the file.
    await canvas.select('LSTM')
    await inspector.set('Memory cells', '9')
    await app.answerOpenDialog(first)
    await app.page.keyboard.press('Control+o')
    await editor.dialog.getByRole('button', { name: 'Don’t save' }).click()
    // Until it is gone, the keys are the dialog's.
    await expect(editor.dialog).toBeHidden()
    await expect(canvas.node('LSTM')).toContainText(`${cells} memory cells`)
    await app.answerSaveDialog(second)
    await app.page.keyboard.press('Control+Shift+s')
    await expect(editor.messages.last()).toContainText('Saved second.unroll')
    expect((await readFile(second)).equals(await readFile(first))).toBe(true)
  })
})

test('a run pauses, steps once, resumes and stops with its best weights', async ({ start, editor }) => {
  const { page } = editor
  await start.sample('Seattle weather').click()
  await editor.ready()
  await page.evaluate(() => {
    window.unroll.engine.onEvent((event) => {
      if (event.kind === 'paused') document.body.dataset.pausedAt = String(event.step)
    })
  })
  const pausedAt = async () => Number(await page.locator('body').getAttribute('data-paused-at'))
  // Long enough that it cannot end by itself meanwhile.
  await editor.inspector.set('Epochs', '100000')
  await editor.press('Train')
  await expect.poll(() => editor.dock.value('Loss', 'validation')).toBeGreaterThan(0)

  await editor.press('Pause')
  await expect(editor.button('Resume')).toBeEnabled()
  await expect(page.getByText('paused', { exact: true })).toBeVisible()
  const step = await pausedAt()
  expect(step).toBeGreaterThan(0)
  await editor.press('Step')
  await expect.poll(pausedAt).toBe(step + 1)

  await editor.press('Resume')
  await expect(editor.button('Pause')).toBeEnabled()
  await editor.press('Pause')
  await expect.poll(pausedAt).toBeGreaterThan(step + 1)
  await editor.press('Stop, keep best')
  await editor.runEnds()
  await expect(editor.notice).toContainText('Stopped')
  await expect(editor.button('Train')).toBeEnabled()
})

test('a model made from nothing with the palette trains', async ({ start, editor }) => {
  const { canvas, inspector } = editor
  await start.newModel()
  await editor.ready()
  await expect(canvas.nodes()).toHaveCount(1)
  await inspector.set('Epochs', '2')
  await editor.press('Train')
  await expect(editor.notice).toHaveAttribute('role', 'alert')

  // Each new node is joined to the selected one.
  await canvas.select('Data set')
  for (const title of ['GRU', 'Last step', 'Dense', 'Forecast']) {
    await editor.addFromPalette(title)
    await expect(canvas.node(title)).toBeVisible()
  }
  await expect(canvas.wires()).toHaveCount(4)
  // What was refused has changed, so the refusal is gone.
  await expect(editor.notice).toBeHidden()
  await editor.press('Train')
  await editor.runEnds()
  await expect(editor.notice).toHaveAttribute('role', 'status')
  await expect(editor.notice).toContainText('on unseen examples')
  await editor.dock.show('Gates')
  await expect.poll(async () => [...(await editor.dock.reading('Gates')).keys()]).toEqual(['reset', 'update'])
})
