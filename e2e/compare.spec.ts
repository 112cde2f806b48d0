import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { UnrollDocument } from '../engine/document/schema'
import { sampleDocument, writeDocument } from './documents'
import { expect, test } from './fixtures'
import { Editor } from './pages/Editor'

/** The LSTM of the adding problem, so short and small that a training takes a moment. */
async function tinyDocument(): Promise<UnrollDocument> {
  const document = await sampleDocument('adding')
  const [lstm] = document.models
  if (!lstm || document.data.kind !== 'generator') throw new Error('the adding problem has an LSTM and makes its data')
  const nodes = { ...lstm.nodes, lstm: { type: 'lstm', settings: { hidden: 24 } } }
  return {
    ...document,
    data: { ...document.data, length: 12, examples: 600 },
    models: [{ ...lstm, nodes }],
    training: { ...document.training, epochs: 4 },
    layout: { [lstm.id]: document.layout[lstm.id] ?? { nodes: {} } },
  }
}

test('a model is duplicated as a Transformer of as many weights, all are trained, and curves and figures stand side by side', async ({
  launch,
  folder,
}) => {
  const file = join(folder, 'tiny.unroll')
  await writeDocument(file, await tinyDocument())
  const app = await launch(file)
  const { page } = app
  const editor = new Editor(page)
  await editor.ready()
  const tabs = page.getByRole('tablist', { name: 'Models' }).getByRole('tab')
  const { region } = editor.dock
  const table = region.getByRole('table', { name: 'Models compared' })
  const row = (name: string) => table.getByRole('row').filter({ hasText: name })

  await test.step('duplicated as a Transformer: one tab, one undo entry', async () => {
    await page.getByRole('button', { name: /^This model/ }).click()
    await expect(page.getByRole('menuitem', { name: 'Duplicate as LSTM' })).toBeDisabled()
    await page.getByRole('menuitem', { name: 'Duplicate as Transformer' }).click()
    await expect(tabs).toHaveText(['LSTM', 'Transformer'])
    await expect(tabs.last()).toHaveAttribute('aria-selected', 'true')
    await expect(editor.messages).toContainText('weights, as many as')
    await editor.press('Undo')
    await expect(tabs).toHaveText(['LSTM'])
    await editor.press('Redo')
    await expect(tabs).toHaveText(['LSTM', 'Transformer'])
  })

  await test.step('a model that cannot be trained is named before the others begin', async () => {
    await page.getByRole('button', { name: 'Add a model' }).click()
    await expect(tabs).toHaveCount(3)
    await page.getByRole('button', { name: 'More ways to train' }).click()
    await page.getByRole('menuitem', { name: 'Train all 3 and compare' }).click()
    await expect(editor.dialog).toContainText('One model cannot be trained as it is')
    await expect(editor.dialog).toContainText('Model 3')
    await editor.dialog.getByRole('button', { name: 'Train the other 2' }).click()
    await expect(editor.dialog).toBeHidden()
  })

  await test.step('both are trained; curves and figures appear', async () => {
    await expect(region.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true')
    await expect(region.getByRole('button', { name: 'Train all again' })).toBeVisible({ timeout: 45_000 })
    await expect(editor.notice).toBeHidden()
    const figure = region.getByRole('figure', { name: /^Best mean error on validation: LSTM .+, Transformer / })
    await expect(figure.locator('canvas')).toBeVisible()
    await expect(row('LSTM').getByRole('cell').first()).toHaveText(/^\d[\d\s]*$/)
    await expect(table.getByText('best', { exact: true })).toHaveCount(1)
    await expect(row('Model 3')).toContainText('left out')
  })

  await test.step('sorted and copied', async () => {
    const weights = table.getByRole('columnheader', { name: 'Weights' })
    await weights.getByRole('button').click()
    await expect(weights).toHaveAttribute('aria-sort', 'ascending')
    await row('Transformer').hover()
    await expect(row('Transformer')).toHaveAttribute('data-highlighted', 'true')
    await region.getByRole('button', { name: 'Copy table' }).click()
    await expect
      .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toMatch(/^Model\tWeights\tms per step\tBest mean error\tTime to best\tSteps\tRemarks\n/)
  })

  await test.step('a change of the model marks its result, taking it back unmarks it', async () => {
    await tabs.first().click()
    await editor.canvas.select('LSTM')
    await editor.inspector.set('Memory cells', '9')
    await expect(row('LSTM')).toContainText('made before the last change')
    await expect(row('Transformer')).not.toContainText('made before the last change')
    await editor.press('Undo')
    await expect(row('LSTM')).not.toContainText('made before the last change')
  })

  for (const theme of ['Light', 'Dark'] as const) {
    await test.step(`axe finds nothing (${theme})`, async () => {
      await editor.setTheme(theme)
      await expect(page.getByRole('menu')).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' '))}`)).toEqual([])
    })
  }
})
