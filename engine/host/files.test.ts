import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_DATA_BYTES, readData, readSource } from './files'
import type { DataFolders } from './protocol'

let root: string
let folders: DataFolders

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unroll-files-'))
  mkdirSync(join(root, 'samples'))
  mkdirSync(join(root, 'mine', 'deeper'), { recursive: true })
  writeFileSync(join(root, 'samples', 'moby.txt'), 'Call me')
  writeFileSync(join(root, 'mine', 'sales.csv'), 'a,b')
  writeFileSync(join(root, 'mine', 'deeper', 'more.csv'), 'c')
  writeFileSync(join(root, 'secret.txt'), 'secret')
  folders = { samples: join(root, 'samples'), document: join(root, 'mine') }
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const file = (path: string) => readSource({ kind: 'file', path }, folders)

/** The code and sentence of the only problem. */
function refusal(read: ReturnType<typeof readSource>): { code: string; message: string } {
  expect(read.ok).toBe(false)
  expect(read.problems).toHaveLength(1)
  const [problem] = read.problems
  return { code: problem?.code ?? '', message: problem?.message ?? '' }
}

describe('readSource', () => {
  it.each([
    ['a sample', () => readSource({ kind: 'sample', name: 'moby.txt' }, folders), 'Call me'],
    ['a file beside the document', () => file('sales.csv'), 'a,b'],
    ['a file in a folder below', () => file('deeper/more.csv'), 'c'],
    ['a way that goes down and up again', () => file('deeper/../sales.csv'), 'a,b'],
  ])('reads %s', (_, read, text) => {
    const result = read()
    expect(result.ok && new TextDecoder().decode(result.value)).toBe(text)
  })

  it.each(['../secret.txt', 'deeper/../../secret.txt', '/etc/passwd', '..', 'x\0y'])(
    'refuses %j, which leads out',
    (path) => {
      expect(refusal(file(path)).code).toBe('data.fileOutside')
    },
  )

  it('refuses a sample name that leads out', () => {
    expect(refusal(readSource({ kind: 'sample', name: '../secret.txt' }, folders)).code).toBe('data.fileOutside')
  })

  it('refuses a link that leads out and takes one that stays inside', () => {
    symlinkSync(join(root, 'secret.txt'), join(root, 'mine', 'out.csv'))
    symlinkSync(root, join(root, 'mine', 'up'))
    symlinkSync(join(root, 'mine', 'sales.csv'), join(root, 'mine', 'in.csv'))
    expect(refusal(file('out.csv')).code).toBe('data.fileOutside')
    expect(refusal(file('up/secret.txt')).code).toBe('data.fileOutside')
    expect(file('in.csv').ok).toBe(true)
  })

  it('names the path of a file that is not there', () => {
    const { code, message } = refusal(file('gone.csv'))
    expect(code).toBe('data.fileAbsent')
    expect(message).toContain(join(root, 'mine', 'gone.csv'))
  })

  it('refuses a folder, and a link in a circle', () => {
    symlinkSync('circle', join(root, 'mine', 'circle'))
    expect(refusal(file('deeper')).code).toBe('data.fileKind')
    expect(refusal(file('circle')).code).toBe('data.fileUnreadable')
  })

  it('refuses a file that is too large before reading it', () => {
    writeFileSync(join(root, 'mine', 'huge.csv'), '')
    truncateSync(join(root, 'mine', 'huge.csv'), MAX_DATA_BYTES + 1)
    const { code, message } = refusal(file('huge.csv'))
    expect(code).toBe('data.fileTooLarge')
    expect(message).toContain('201 MB; up to 200 MB')
  })

  it('asks to save a document that has no folder yet', () => {
    const read = readSource({ kind: 'file', path: 'sales.csv' }, { ...folders, document: null })
    expect(refusal(read).code).toBe('data.unsaved')
  })
})

it('readData reads nothing for data that are made', () => {
  const split = { training: 0.8, validation: 0.1 }
  const read = readData({ kind: 'generator', generator: 'adding', length: 10, examples: 10, split }, folders)
  expect(read).toMatchObject({ ok: true, value: null })
})
