import { mkdir, stat, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sampleText } from './documents'
import { expect, test } from './fixtures'
import { Editor } from './pages/Editor'

/** One plain sentence, no stack, no code: nothing ends and begins again in it. */
const SENTENCE = /^[“A-Z](?:(?![.!?]\s)[^\n{}])*\.$/

const gigabyte = 1024 ** 3

/** What people drop by mistake, and what the window must say of it. */
const mistakes: readonly { name: string; says: RegExp; write: (path: string) => Promise<unknown> }[] = [
  {
    name: 'holiday.png',
    says: /is not text, so it is not an Unroll document/,
    write: (path) => writeFile(path, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
  },
  { name: 'My documents', says: /is a folder/, write: (path) => mkdir(path) },
  {
    name: 'backup.unroll',
    says: /has 1024 MB, but an Unroll document has at most 20 MB/,
    write: async (path) => {
      await writeFile(path, await sampleText('seattle-weather'))
      // Sparse: it takes no room on the disk.
      await truncate(path, gigabyte)
    },
  },
  {
    name: 'package.json',
    says: /is not an Unroll document/,
    write: (path) => writeFile(path, '{"name": "other", "version": 1}'),
  },
  {
    name: 'tomorrow.unroll',
    says: /was made by a newer Unroll/,
    write: async (path) =>
      writeFile(path, (await sampleText('seattle-weather')).replace('"version": 1', '"version": 99')),
  },
]

test('what is dropped by mistake is said in one sentence, over unsaved work and on the start screen', async ({
  app,
  start,
  editor,
  folder,
}) => {
  for (const { name, write } of mistakes) await write(join(folder, name))

  const refused = async (name: string, says: RegExp) => {
    const path = join(folder, name)
    const before = await stat(path)
    await app.dropFile(path)
    await expect(editor.messages).toHaveCount(1)
    const message = (await editor.messages.locator('.mantine-Notification-description').innerText()).trim()
    expect(message).toMatch(says)
    expect(message).toMatch(SENTENCE)
    expect(message).toContain(basename(path))
    const { size, mtimeMs } = await stat(path)
    expect({ size, mtimeMs }).toEqual({ size: before.size, mtimeMs: before.mtimeMs })
    await editor.messages.getByRole('button').click()
    await expect(editor.messages).toHaveCount(0)
  }

  await test.step('on the start screen', async () => {
    await expect(start.heading).toBeVisible()
    for (const { name, says } of mistakes) await refused(name, says)
    await expect(start.heading).toBeVisible()
  })

  await start.sample('Seattle weather').click()
  await editor.ready()
  await editor.canvas.select('LSTM')
  await editor.inspector.set('Memory cells', '7')
  await expect(editor.documentName()).toContainText('unsaved')
  await expect.poll(() => app.menuItems('Edit')).toContain('Undo Change Memory cells of LSTM')
  for (const { name, says } of mistakes) {
    await test.step(name, async () => {
      await refused(name, says)
      // Nothing is asked and nothing is lost: what cannot be opened takes the place of nothing.
      await expect(editor.dialog).toHaveCount(0)
      await expect(editor.canvas.node('LSTM')).toContainText('7 memory cells')
      await expect(editor.documentName()).toContainText('unsaved')
      expect(await app.menuItems('Edit')).toContain('Undo Change Memory cells of LSTM')
    })
  }
  await test.step('taken back, the document is the sample again: nothing came into it', async () => {
    await app.chooseAction('undo')
    await expect(editor.documentName()).not.toContainText('unsaved')
    await expect(editor.button('Undo')).toBeDisabled()
  })
})

test('what is named on the command line by mistake is said in one sentence on the start screen', async ({
  launch,
  folder,
}) => {
  const path = join(folder, 'tomorrow.unroll')
  await writeFile(path, (await sampleText('seattle-weather')).replace('"version": 1', '"version": 99'))
  const app = await launch(path)
  const { messages } = new Editor(app.page)
  await expect(messages).toContainText('“tomorrow.unroll” was made by a newer Unroll')
})
