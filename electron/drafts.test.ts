import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Draft, Drafts } from './drafts'

let folder = ''
let time = 0

/** The app is started (again): a page of it begins by asking for what a crash left. */
async function start(): Promise<{ drafts: Drafts; found: Draft | null }> {
  const drafts = new Drafts(folder, () => (time += 1000))
  return { drafts, found: await drafts.recover() }
}

function draft(text: string): Draft {
  return { path: null, name: 'Rain', text }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-drafts-'))
  time = 1_700_000_000_000
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('drafts', () => {
  it('finds nothing at the first start and after a clean close', async () => {
    const first = await start()
    expect(first.found).toBeNull()
    await first.drafts.keep(draft('a'))
    await first.drafts.keep(null)
    expect((await start()).found).toBeNull()
  })

  it('finds the last state that was kept before a crash', async () => {
    const { drafts } = await start()
    await drafts.keep(draft('a'))
    await drafts.keep({ path: '/d/rain.unroll', name: 'Rain', text: 'b' })
    expect((await start()).found).toEqual({ path: '/d/rain.unroll', name: 'Rain', text: 'b' })
  })

  it('keeps what a crash left until the user decided, whatever happens meanwhile', async () => {
    const before = await start()
    await before.drafts.keep(draft('left by a crash'))
    // Ignored: other work is done, kept, saved and closed cleanly.
    const other = await start()
    await other.drafts.keep(draft('other work'))
    await other.drafts.keep(null)
    const again = await start()
    expect(again.found).toEqual(draft('left by a crash'))
    await again.drafts.forgetRecovered()
    expect((await start()).found).toBeNull()
  })

  it('gives the newest of several crashes first, then the older', async () => {
    for (const text of ['first', 'second']) await (await start()).drafts.keep(draft(text))
    const { drafts, found } = await start()
    expect(found).toEqual(draft('second'))
    await drafts.forgetRecovered()
    expect((await start()).found).toEqual(draft('first'))
  })

  it('keeps work that was taken up again, before and after the recovered draft goes', async () => {
    await (await start()).drafts.keep(draft('work'))
    const { drafts } = await start()
    await drafts.keep(draft('work'))
    await drafts.forgetRecovered()
    expect((await start()).found).toEqual(draft('work'))
  })

  it('finds what a page of the same run of the app had kept when it crashed', async () => {
    const { drafts } = await start()
    await drafts.keep(draft('before the reload'))
    expect(await drafts.recover()).toEqual(draft('before the reload'))
    await drafts.keep(draft('after it'))
    await drafts.forgetRecovered()
    expect((await start()).found).toEqual(draft('after it'))
  })

  it('leaves no empty files behind', async () => {
    const { drafts } = await start()
    await drafts.keep(draft('a'))
    await drafts.keep(null)
    const everything = await readdir(folder, { recursive: true })
    expect(everything.filter((name) => name.endsWith('.json'))).toEqual([])
  })
})
