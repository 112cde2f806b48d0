import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Blocks, MAX_BLOCKS } from './blocks'
import { blockIdSchema, keepBlockSchema } from './messages'

let folder = ''
let path = ''
let blocks: Blocks

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-blocks-'))
  path = join(folder, 'my-blocks.json')
  blocks = new Blocks(path)
})

afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const names = async () => (await blocks.list()).map(({ name }) => name)

describe('blocks that the user keeps', () => {
  it('are listed by name, each with an id of its own, also by the next start', async () => {
    expect(await blocks.list()).toEqual([])
    await blocks.keep({ id: null, name: 'Encoder', text: '{"a":1}' })
    expect(await blocks.keep({ id: null, name: 'Classifier', text: '{"b":2}' })).toEqual({
      ok: true,
      blocks: [
        { id: 'block-2', name: 'Classifier', text: '{"b":2}' },
        { id: 'block-1', name: 'Encoder', text: '{"a":1}' },
      ],
    })
    expect(await new Blocks(path).list()).toHaveLength(2)
  })

  it('are renamed and forgotten by id', async () => {
    await blocks.keep({ id: null, name: 'One', text: 'x' })
    await blocks.keep({ id: null, name: 'Two', text: 'y' })
    await blocks.keep({ id: 'block-1', name: 'Uno', text: 'x' })
    expect(await names()).toEqual(['Two', 'Uno'])
    expect(await blocks.forget('block-2')).toMatchObject({ ok: true, blocks: [{ name: 'Uno' }] })
    expect(await blocks.forget('block-2')).toMatchObject({ ok: true })
  })

  it('are not lost when one of them is damaged, or from a newer version', async () => {
    const newer = { id: 'block-9', parts: [1, 2] }
    const sound = { id: 'block-1', name: 'Sound', text: 'x' }
    await writeFile(path, JSON.stringify({ version: 1, blocks: [newer, sound, 7, { ...sound, id: 'toString' }] }))
    expect(await names()).toEqual(['Sound'])
    await blocks.keep({ id: null, name: 'More', text: 'y' })
    expect(await names()).toEqual(['More', 'Sound'])
    expect(JSON.parse(await readFile(path, 'utf8')).blocks).toContainEqual(newer)
  })

  it('are put aside when the whole file is damaged', async () => {
    await writeFile(path, '{"version":1,"blocks":[{"id":"bl')
    expect(await names()).toEqual([])
    expect(await blocks.keep({ id: null, name: 'New', text: 'x' })).toMatchObject({ ok: true })
    expect(await readFile(`${path}.damaged`, 'utf8')).toContain('"bl')
  })

  it('say so in one sentence when they are too many, or cannot be written', async () => {
    const full = Array.from({ length: MAX_BLOCKS }, (_, n) => ({ id: `b-${n}`, name: `B ${n}`, text: 'x' }))
    await writeFile(path, JSON.stringify({ version: 1, blocks: full }))
    expect(await blocks.keep({ id: null, name: 'One more', text: 'x' })).toEqual({
      ok: false,
      message: 'My blocks holds at most 200 blocks: delete one first.',
    })
    expect(await blocks.keep({ id: 'b-3', name: 'Renamed', text: 'x' })).toMatchObject({ ok: true })
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const nowhere = join(folder, 'taken')
    await mkdir(nowhere)
    const refused = await new Blocks(nowhere).keep({ id: null, name: 'Lost', text: 'x' })
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('could not be written') })
  })

  it('come from the window only in their own shape', () => {
    const block = { id: null, name: ' Encoder ', text: 'x' }
    expect(keepBlockSchema.parse(block)).toEqual({ ...block, name: 'Encoder' })
    for (const bad of [
      { ...block, id: '../x' },
      { ...block, id: '__proto__' },
      { ...block, name: '  ' },
      { ...block, text: 'x'.repeat(2_000_001) },
      { ...block, text: 7 },
    ]) {
      expect(keepBlockSchema.safeParse(bad).success).toBe(false)
    }
    expect(blockIdSchema.safeParse('a b').success).toBe(false)
  })
})
