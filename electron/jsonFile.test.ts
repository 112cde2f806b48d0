import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { JsonFile } from './jsonFile'

let folder = ''
let file: JsonFile<number[]>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-json-'))
  file = new JsonFile(join(folder, 'deep', 'numbers.json'), z.array(z.number()))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('small file of the app', () => {
  it('gives back what was written, and makes its folder', async () => {
    expect(await file.read()).toBeNull()
    await file.write([1, 2])
    expect(await file.read()).toEqual([1, 2])
    expect(await readdir(join(folder, 'deep'))).toEqual(['numbers.json'])
  })

  it('is removed by null, also when it is not there', async () => {
    await file.write([1])
    await file.write(null)
    await file.write(null)
    expect(await file.read()).toBeNull()
    expect(await readdir(join(folder, 'deep'))).toEqual([])
  })

  it.each(['', '[1, 2', '{"a": 1}', '["one"]', 'null'])('counts as empty when it is damaged: %j', async (text) => {
    await mkdir(join(folder, 'deep'))
    await writeFile(file.path, text)
    expect(await file.read()).toBeNull()
    await file.write([3])
    expect(await file.read()).toEqual([3])
  })

  it('keeps the order of calls: the last write wins and every change counts', async () => {
    const writes = Array.from({ length: 20 }, (_, index) => file.write([index]))
    expect(await file.read()).toEqual([19])
    await Promise.all(writes)
    await Promise.all(Array.from({ length: 20 }, (_, index) => file.update((old) => [...(old ?? []), index])))
    expect(await file.read()).toEqual([19, ...Array.from({ length: 20 }, (_, index) => index)])
  })

  it('says in the log, not to the user, that it cannot be written or read, and goes on', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const blocked = new JsonFile(folder, z.array(z.number()))
    await blocked.write([1])
    expect(await blocked.read()).toBeNull()
    expect(log).toHaveBeenCalledWith(expect.stringContaining('could not write'), expect.anything())
    expect(log).toHaveBeenCalledWith(expect.stringContaining('could not read'), expect.anything())
    expect(await readdir(folder)).toEqual([])
  })

  it('is settled once everything asked for is on disk', async () => {
    void file.write([7])
    await file.settled()
    expect(await readFile(file.path, 'utf8')).toBe('[7]')
  })
})
