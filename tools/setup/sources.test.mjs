import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './folders.mjs'
import { filesUnder, fingerprint, textOrNothing } from './sources.mjs'

let folder = ''
beforeEach(() => {
  mkdirSync(join(root, 'test-results'), { recursive: true })
  folder = relative(root, mkdtempSync(join(root, 'test-results', 'sources-')))
  mkdirSync(join(root, folder, 'deep'))
  writeFileSync(join(root, folder, 'deep', 'b.ts'), 'b')
  writeFileSync(join(root, folder, 'a.ts'), 'a')
  writeFileSync(join(root, folder, 'a.md'), 'text')
})
afterEach(() => rmSync(join(root, folder), { recursive: true }))

it('lists wanted files sorted and takes a missing folder for an empty one', () => {
  const names = filesUnder([folder, 'no-such-folder'], (name) => name.endsWith('.ts'))
  expect(names).toEqual([`${folder}/a.ts`, `${folder}/deep/b.ts`])
})

it('changes its fingerprint with a name or a content, and only then', () => {
  const names = [`${folder}/a.ts`, `${folder}/deep/b.ts`]
  const before = fingerprint(names)
  expect(fingerprint(names)).toBe(before)
  expect(fingerprint(names.slice(1))).not.toBe(before)
  writeFileSync(join(root, folder, 'a.ts'), 'changed')
  expect(fingerprint(names)).not.toBe(before)
})

it('reads an absent file as nothing', () => {
  expect(textOrNothing(join(root, folder, 'absent'))).toBe('')
  expect(textOrNothing(join(root, folder, 'a.md'))).toBe('text')
})
