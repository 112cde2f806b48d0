import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDocument } from '../engine/document/create'
import { serializeDocument } from '../engine/document/serialize'
import { DocumentFiles } from './documentFiles'
import { Drafts } from './drafts'
import { Recents } from './recents'

const TEXT = serializeDocument(emptyDocument('Rain'))
const CHANGED = serializeDocument(emptyDocument('Snow'))

let folder = ''
let path = ''
let recents: Recents
let drafts: Drafts
let files: DocumentFiles

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-files-'))
  path = join(folder, 'rain.unroll')
  await writeFile(path, TEXT)
  restart()
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** The app is started anew over the same user data. */
function restart(): void {
  recents = new Recents(join(folder, 'recent-files.json'))
  drafts = new Drafts(folder)
  files = new DocumentFiles(recents, drafts)
}

const never = () => Promise.reject(new Error('no dialog was expected'))

describe('which files the window may touch', () => {
  it('writes without asking where only to a document that was opened', async () => {
    await files.open(path)
    expect(await files.save({ path, suggestedName: 'Snow', text: CHANGED }, never)).toMatchObject({ ok: true, path })
    expect(await readFile(path, 'utf8')).toBe(CHANGED)
  })

  it('asks where for a path that the window made up, and writes nothing when the user says no', async () => {
    const ask = vi.fn(async () => null)
    expect(await files.save({ path, suggestedName: 'Snow', text: CHANGED }, ask)).toEqual({ ok: 'cancelled' })
    expect(ask).toHaveBeenCalledWith(path)
    expect(await readFile(path, 'utf8')).toBe(TEXT)
  })

  it('writes where the user says, and from then on without asking', async () => {
    const other = join(folder, 'snow.unroll')
    const request = { path: null, suggestedName: 'snow.unroll', text: TEXT }
    expect(await files.save(request, async () => other)).toEqual({ ok: true, path: other, name: 'snow.unroll' })
    expect(await files.save({ ...request, path: other, text: CHANGED }, never)).toMatchObject({ ok: true })
    expect(await readFile(other, 'utf8')).toBe(CHANGED)
    expect((await files.recents()).map(({ name }) => name)).toEqual(['snow.unroll'])
  })

  it.each([
    ['Rain', 'Rain.unroll'],
    ['rain.unroll', 'rain.unroll'],
    ['../../etc/passwd', 'passwd.unroll'],
    ['a:b*c?"<>|', 'a-b-c-----.unroll'],
    ['', '.unroll'],
  ])('proposes a harmless name for %j', async (suggestedName, proposed) => {
    const ask = vi.fn(async () => null)
    await files.save({ path: null, suggestedName, text: TEXT }, ask)
    expect(ask).toHaveBeenCalledWith(proposed)
  })

  it('does not count a path as chosen when saving there failed', async () => {
    const nowhere = join(folder, 'gone', 'rain.unroll')
    const request = { path: null, suggestedName: 'rain', text: TEXT }
    expect(await files.save(request, async () => nowhere)).toMatchObject({ ok: false })
    expect(files.isChosen(nowhere)).toBe(false)
    expect(await files.recents()).toEqual([])
  })

  it('neither chooses nor remembers a file that is no document', async () => {
    const secret = join(folder, 'secret.txt')
    await writeFile(secret, 'password: swordfish')
    const opened = await files.open(secret)
    expect(opened).toMatchObject({ ok: false })
    expect(JSON.stringify(opened)).not.toContain('swordfish')
    expect(files.isChosen(secret)).toBe(false)
    expect(files.folderOf(secret)).toBeNull()
    expect(await files.recents()).toEqual([])
  })

  it('opens from the list only what is on it', async () => {
    expect(await files.openRecent(path)).toMatchObject({ ok: false, message: expect.stringContaining('Open it with') })
    await files.open(path)
    restart()
    expect(await files.openRecent(path)).toMatchObject({ ok: true })
  })

  it('keeps a recent file that is away for now, so that it opens when its drive is back', async () => {
    await files.open(path)
    await rm(path)
    expect(await files.openRecent(path)).toMatchObject({ ok: false, message: expect.stringContaining('is not there') })
    await writeFile(path, TEXT)
    expect(await files.openRecent(path)).toMatchObject({ ok: true })
  })

  it('reads data only beside a document that the user chose', async () => {
    expect(files.folderOf(null)).toBeNull()
    expect(files.folderOf('/etc/anything.unroll')).toBeNull()
    expect(files.folderOf(path)).toBeNull()
    await files.open(path)
    expect(files.folderOf(path)).toBe(folder)
  })
})

describe('a recovered draft', () => {
  it('saves to its file again when that is a recent one', async () => {
    await files.open(path)
    await drafts.keep({ path, name: 'Snow', text: CHANGED })
    restart()
    expect(await files.recoverDraft()).toEqual({ path, name: 'Snow', text: CHANGED })
    expect(files.isChosen(path)).toBe(true)
  })

  it('has no path when the window made it up', async () => {
    await drafts.keep({ path: '/etc/passwd', name: 'Snow', text: CHANGED })
    restart()
    expect(await files.recoverDraft()).toEqual({ path: null, name: 'Snow', text: CHANGED })
    expect(files.isChosen('/etc/passwd')).toBe(false)
  })

  it('is null when there is none', async () => {
    expect(await files.recoverDraft()).toBeNull()
  })
})
