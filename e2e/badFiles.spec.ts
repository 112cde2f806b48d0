import { mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sampleDocument, sampleText, weatherWithTable, writeDocument } from './documents'
import { expect, test } from './fixtures'
import { Editor } from './pages/Editor'

/** One plain sentence or two, no stack, no code. */
const SENTENCE = /^[“A-Z][^\n{}]*\.$/

const megabyte = 1024 * 1024

/** Each makes a file that cannot be opened and tells what the message must say. */
const unreadable: readonly { what: string; says: RegExp; write: (path: string) => Promise<void> }[] = [
  { what: 'missing', says: /is not there/, write: async () => {} },
  { what: 'folder', says: /is a folder/, write: async (path) => void (await mkdir(path)) },
  {
    what: 'truncated',
    says: /is damaged in line \d+, column \d+/,
    write: async (path) => {
      const text = await sampleText('seattle-weather')
      await writeFile(path, text.slice(0, text.length / 2))
    },
  },
  { what: 'not json', says: /is not an Unroll document/, write: (path) => writeFile(path, 'Call me Ishmael.') },
  { what: 'picture', says: /is not text/, write: (path) => writeFile(path, Buffer.from('89504e470d0a1a0a', 'hex')) },
  { what: 'other json', says: /is not an Unroll document/, write: (path) => writeFile(path, '{"name": "other"}') },
  {
    what: '50 MB',
    says: /has 50 MB, but an Unroll document has at most 20 MB/,
    write: async (path) => {
      await writeFile(path, await sampleText('seattle-weather'))
      await truncate(path, 50 * megabyte)
    },
  },
  {
    what: 'newer',
    says: /was made by a newer Unroll/,
    write: async (path) =>
      writeFile(path, (await sampleText('seattle-weather')).replace('"version": 1', '"version": 99')),
  },
  {
    what: 'hand-broken',
    says: /batch size.*must be a number.*“lots”/,
    write: async (path) =>
      writeFile(path, (await sampleText('seattle-weather')).replace('"batchSize": 32', '"batchSize": "lots"')),
  },
]

test('files that cannot be opened: one sentence each, the document stays, nothing on disk changes', async ({
  app,
  start,
  editor,
  folder,
}) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
  for (const { what, says, write } of unreadable) {
    await test.step(what, async () => {
      const path = join(folder, `${what}.unroll`)
      await write(path)
      const before = await fingerprint(path)
      await app.answerOpenDialog(path)
      await app.page.keyboard.press('Control+o')
      await expect(editor.messages).toHaveCount(1)
      const message = (await editor.messages.locator('.mantine-Notification-description').innerText()).trim()
      expect(message).toMatch(says)
      expect(message).toMatch(SENTENCE)
      expect(message).toContain(basename(path))
      expect(await fingerprint(path)).toEqual(before)
      await expect(editor.canvas.node('LSTM')).toBeVisible()
      await editor.messages.getByRole('button').click()
      await expect(editor.messages).toHaveCount(0)
    })
  }
})

const table = `day,precipitation,temp_max,temp_min,wind
${Array.from({ length: 400 }, (_, day) => `${day},${day % 7},${10 + (day % 30)},${day % 20},${day % 5}`).join('\n')}
`

/** Documents that open but cannot train: the problem is said where it is, and by Train. */
const untrainable: readonly {
  what: string
  says: RegExp
  write: (path: string, folder: string) => Promise<unknown>
}[] = [
  {
    what: 'cycle',
    says: /feed each other in a circle/,
    write: async (path) => {
      const document = await sampleDocument('seattle-weather')
      const wire = document.models[0]?.wires['data-lstm']
      if (!wire) throw new Error('the sample has no wire to the LSTM')
      wire.from = { node: 'lstm', port: 'out' }
      return writeDocument(path, document)
    },
  },
  {
    what: 'missing wire',
    says: /Nothing is connected to Dense/,
    write: async (path) => {
      const document = await sampleDocument('seattle-weather')
      delete document.models[0]?.wires['last-dense']
      return writeDocument(path, document)
    },
  },
  {
    what: 'wrong shape',
    says: /Dense|Forecast/,
    write: async (path) => {
      const document = await sampleDocument('seattle-weather')
      const dense = document.models[0]?.nodes.dense
      if (!dense) throw new Error('the sample has no Dense')
      dense.settings.size = 5
      return writeDocument(path, document)
    },
  },
  {
    what: 'absent data',
    says: /There is no data file .*gone\.csv/,
    write: async (path) => writeDocument(path, await weatherWithTable('gone.csv')),
  },
  {
    what: 'data outside',
    says: /lies outside the document's folder/,
    write: async (path) => writeDocument(path, await weatherWithTable('../../etc/passwd')),
  },
  {
    what: 'text cell',
    says: /line 12, column “temp_max”: “warm” is not a number/,
    write: async (path, folder) => {
      await writeFile(join(folder, 'text.csv'), table.replace('\n10,3,20,', '\n10,3,warm,'))
      return writeDocument(path, await weatherWithTable('text.csv'))
    },
  },
]

test('documents that cannot train: one sentence in the list and from Train, nothing on disk changes', async ({
  app,
  start,
  editor,
  folder,
}) => {
  for (const { what, says, write } of untrainable) {
    await test.step(what, async () => {
      const path = join(folder, `${what}.unroll`)
      await write(path, folder)
      const before = await readFile(path)
      await app.answerOpenDialog(path)
      await app.page.keyboard.press('Control+o')
      await expect(editor.documentName()).toBeVisible()
      await expect.poll(() => app.title()).toContain('Seattle weather')
      await editor.dock.show('Problems')
      await expect(editor.dock.problems.filter({ hasText: says }).first()).toBeVisible()
      await editor.press('Train')
      await expect(editor.notice).toContainText(says)
      await expect(editor.button('Train')).toBeEnabled()
      expect((await readFile(path)).equals(before)).toBe(true)
      await editor.page.getByRole('button', { name: 'Start screen' }).click()
      await expect(start.heading).toBeVisible()
    })
  }
})

test('a table of one’s own beside the document trains', async ({ launch, folder }) => {
  const path = join(folder, 'own.unroll')
  await writeFile(join(folder, 'own.csv'), table)
  await writeDocument(path, await weatherWithTable('own.csv'))
  const app = await launch(path)
  const editor = new Editor(app.page)
  await editor.ready()
  await editor.press('Train')
  await editor.runEnds()
  await expect(editor.notice).toHaveAttribute('role', 'status')
})

async function fingerprint(path: string): Promise<{ size: number; changed: number } | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, changed: mtimeMs }
  } catch {
    return null
  }
}
