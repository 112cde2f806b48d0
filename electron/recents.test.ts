import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Recents } from './recents'

let folder = ''
let recents: Recents

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-recents-'))
  recents = new Recents(join(folder, 'recent-files.json'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('recent files', () => {
  it('lists the newest first, each once, with name and folder', async () => {
    await recents.add('/home/ada/a.unroll')
    await recents.add('/home/ada/b.unroll')
    await recents.add('/home/ada/a.unroll')
    expect(await recents.list()).toEqual([
      { path: '/home/ada/a.unroll', name: 'a.unroll', folder: '/home/ada' },
      { path: '/home/ada/b.unroll', name: 'b.unroll', folder: '/home/ada' },
    ])
  })

  it('keeps ten, and loses none when several are added at once', async () => {
    await Promise.all(Array.from({ length: 13 }, (_, index) => recents.add(`/d/${index}.unroll`)))
    const names = (await recents.list()).map(({ name }) => name)
    expect(names).toEqual(Array.from({ length: 10 }, (_, index) => `${12 - index}.unroll`))
  })

  it('tells of every change', async () => {
    const told: string[][] = []
    const telling = new Recents(join(folder, 'told.json'), (list) => told.push(list.map(({ name }) => name)))
    await telling.add('/d/a.unroll')
    await telling.add('/d/b.unroll')
    await telling.remove('/d/a.unroll')
    expect(told).toEqual([['a.unroll'], ['b.unroll', 'a.unroll'], ['b.unroll']])
  })

  it('knows only what was added and not removed', async () => {
    await recents.add('/d/a.unroll')
    expect(await recents.has('/d/a.unroll')).toBe(true)
    expect(await recents.has('/d/../d/a.unroll')).toBe(false)
    await recents.remove('/d/a.unroll')
    expect(await recents.has('/d/a.unroll')).toBe(false)
    expect(await recents.list()).toEqual([])
  })

  it('begins anew when its file is damaged', async () => {
    await writeFile(join(folder, 'recent-files.json'), '{"paths": 1')
    expect(await recents.list()).toEqual([])
    await recents.add('/d/a.unroll')
    expect(await recents.list()).toHaveLength(1)
  })
})
