import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDocument } from '../engine/document/create'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import { serializeDocument } from '../engine/document/serialize'
import { readDocument, writeDocument } from './documents'

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>()
  const watched = [actual.rename, actual.open, actual.readFile, actual.stat, actual.access] as const
  const [rename, open, readFile, stat, access] = watched.map((one) => vi.fn<(...args: never[]) => unknown>(one))
  return { ...actual, rename, open, readFile, stat, access }
})

const OLD = serializeDocument(emptyDocument('Old'))
const NEW = serializeDocument(emptyDocument('New'))

let folder = ''
let path = ''

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'unroll-documents-'))
  path = join(folder, 'rain.unroll')
  await fs.writeFile(path, OLD)
  vi.clearAllMocks()
})

afterEach(async () => {
  await fs.rm(folder, { recursive: true })
})

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: no`), { code })
}

async function expectOldFileWhole(): Promise<void> {
  expect(await fs.readFile(path, 'utf8')).toBe(OLD)
  expect(await fs.readdir(folder)).toEqual(['rain.unroll'])
}

describe('saving a document', () => {
  it('replaces the old text by the new one and leaves nothing else behind', async () => {
    expect(await writeDocument(path, NEW)).toEqual({ ok: true, path, name: 'rain.unroll' })
    expect(await fs.readFile(path, 'utf8')).toBe(NEW)
    expect(await fs.readdir(folder)).toEqual(['rain.unroll'])
  })

  it('makes a new file, also with the longest name that a folder takes', async () => {
    const long = join(folder, `${'x'.repeat(248)}.unroll`)
    expect(await writeDocument(long, NEW)).toMatchObject({ ok: true })
    expect(await fs.readFile(long, 'utf8')).toBe(NEW)
  })

  it('replaces the file that a symbolic link names, and keeps permissions', async () => {
    const link = join(folder, 'link.unroll')
    await fs.symlink(path, link)
    await fs.chmod(path, 0o640)
    expect(await writeDocument(link, NEW)).toMatchObject({ ok: true, path: link })
    expect((await fs.lstat(link)).isSymbolicLink()).toBe(true)
    expect(await fs.readFile(path, 'utf8')).toBe(NEW)
    expect((await fs.stat(path)).mode & 0o777).toBe(0o640)
  })

  it('leaves the old file whole when the last step fails', async () => {
    vi.mocked(fs.rename).mockRejectedValueOnce(failure('EIO'))
    const saved = await writeDocument(path, NEW)
    expect(saved).toEqual({
      ok: false,
      message: '“rain.unroll” was not saved (EIO). Save it in another place; your work is still here.',
    })
    await expectOldFileWhole()
  })

  it('leaves the old file whole when the disk is full half way', async () => {
    const { open } = await vi.importActual<typeof fs>('node:fs/promises')
    vi.mocked(fs.open).mockImplementationOnce(async (file, flags) => {
      const handle = await open(file, flags)
      vi.spyOn(handle, 'writeFile').mockImplementation(async (data) => {
        await handle.write(String(data).slice(0, 10))
        throw failure('ENOSPC')
      })
      return handle
    })
    const saved = await writeDocument(path, NEW)
    expect(saved).toMatchObject({ ok: false, message: expect.stringContaining('the disk is full') })
    await expectOldFileWhole()
  })

  it('refuses a file that is protected from writing, although its folder is not', async () => {
    vi.mocked(fs.access).mockRejectedValueOnce(failure('EACCES'))
    const saved = await writeDocument(path, NEW)
    expect(saved).toMatchObject({ ok: false, message: expect.stringContaining('not allowed to write') })
    await expectOldFileWhole()
  })

  it.each([
    ['EACCES', 'you are not allowed to write there'],
    ['EROFS', 'you are not allowed to write there'],
    ['EDQUOT', 'the disk is full'],
  ])('says what to do when the folder takes no file (%s)', async (code, words) => {
    vi.mocked(fs.open).mockRejectedValueOnce(failure(code))
    const saved = await writeDocument(path, NEW)
    expect(saved).toMatchObject({ ok: false, message: expect.stringContaining(words) })
    await expectOldFileWhole()
  })

  it('says that the folder is gone, or that the name is a folder', async () => {
    expect(await writeDocument(join(folder, 'gone', 'a.unroll'), NEW)).toMatchObject({
      ok: false,
      message: expect.stringContaining('its folder is gone'),
    })
    expect(await writeDocument(join(path, 'a.unroll'), NEW)).toMatchObject({
      ok: false,
      message: expect.stringContaining('its folder is gone'),
    })
    await fs.mkdir(join(folder, 'sub.unroll'))
    expect(await writeDocument(join(folder, 'sub.unroll'), NEW)).toMatchObject({
      ok: false,
      message: expect.stringContaining('a folder has that name'),
    })
    expect((await fs.readdir(folder)).sort()).toEqual(['rain.unroll', 'sub.unroll'])
  })
})

describe('reading a document', () => {
  it('gives the text as it is', async () => {
    expect(await readDocument(path)).toEqual({ ok: true, file: { path, name: 'rain.unroll', text: OLD } })
  })

  it('refuses what is too large before reading a byte', async () => {
    await fs.truncate(path, MAX_DOCUMENT_BYTES + 1)
    expect(await readDocument(path)).toEqual({
      ok: false,
      message: '“rain.unroll” has 21 MB, but an Unroll document has at most 20 MB: choose a file that ends in .unroll.',
    })
    expect(fs.readFile).not.toHaveBeenCalled()
    expect(fs.open).not.toHaveBeenCalled()
  })

  it('refuses a folder and never opens a device', async () => {
    for (const other of [folder, '/dev/zero']) {
      expect(await readDocument(other)).toMatchObject({
        ok: false,
        message: expect.stringContaining('is a folder or a device, not a file'),
      })
    }
    expect(fs.readFile).not.toHaveBeenCalled()
  })

  it('says that a file is not there', async () => {
    for (const gone of [join(folder, 'gone.unroll'), join(path, 'below.unroll')]) {
      expect(await readDocument(gone)).toMatchObject({ ok: false, message: expect.stringContaining('is not there') })
    }
  })

  it.each([
    ['EACCES', 'You are not allowed to read “rain.unroll”'],
    ['EIO', '“rain.unroll” could not be read (EIO)'],
  ])('says what to do when it may not or cannot be read (%s)', async (code, words) => {
    vi.mocked(fs.readFile).mockRejectedValueOnce(failure(code))
    expect(await readDocument(path)).toMatchObject({ ok: false, message: expect.stringContaining(words) })
  })

  it('refuses bytes that are no text', async () => {
    await fs.writeFile(path, new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d]))
    expect(await readDocument(path)).toMatchObject({ ok: false, message: expect.stringContaining('is not text') })
  })

  it.each([
    ['a password file', 'root:x:0:0:root:/root:/bin/sh\n', 'is not an Unroll document'],
    ['other JSON', '{"secret": 42}', 'is not an Unroll document'],
    ['a cut-off document', OLD.slice(0, OLD.length / 2), 'is damaged in line'],
    ['an empty file', '', 'is empty'],
    ['a newer document', OLD.replace('"version": 1', '"version": 2'), 'was made by a newer Unroll'],
  ])('hands on the text of a document and of nothing else: %s', async (_what, text, words) => {
    await fs.writeFile(path, text)
    const opened = await readDocument(path)
    expect(opened).toEqual({ ok: false, message: expect.stringContaining(words) })
    expect(opened).not.toHaveProperty('file')
  })
})
