import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withLock } from './lock.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets one work at a time and leaves nothing behind', async () => {
  const path = join(folder, 'deep', 'lock')
  /** @type {string[]} */
  const events = []
  const work = (/** @type {string} */ name) =>
    withLock(path, async () => {
      events.push(`${name} begins`)
      await pause(20)
      events.push(`${name} ends`)
    })
  await Promise.all([work('a'), work('b')])
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  expect(existsSync(path)).toBe(false)
})

it('is released when the work fails', async () => {
  const path = join(folder, 'lock')
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await withLock(path, async () => 'again')).toBe('again')
})

it('takes over from a process that no longer lives', async () => {
  const path = join(folder, 'lock')
  const ended = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(path, String(ended.pid))
  expect(await withLock(path, async () => 'mine')).toBe('mine')
})
