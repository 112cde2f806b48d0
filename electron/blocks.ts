import { copyFile } from 'node:fs/promises'
import { z } from 'zod'
import { idSchema } from '../engine/document/ids'
import type { BlocksKept, SavedBlock } from './contract'
import { codeOf } from './errorCode'
import { JsonFile } from './jsonFile'

/** Characters of one block; the window copies no more. */
export const MAX_BLOCK = 2_000_000
export const MAX_BLOCKS = 200

export const blockSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(200),
  text: z.string().min(1).max(MAX_BLOCK),
})

/** Entries that this version cannot read are kept as they are: they may be from a newer one. */
const fileSchema = z.object({ version: z.literal(1), blocks: z.array(z.unknown()).max(1000) })
type File = z.infer<typeof fileSchema>

const FULL = `My blocks holds at most ${MAX_BLOCKS} blocks: delete one first.`
const FAILED = 'The block could not be written to this computer’s disk: make room on it, then try again.'

/** Named pieces of models that the user keeps, in a file of the app's own. The window shows opened files, so nothing it sends is trusted. */
export class Blocks {
  readonly #path: string
  readonly #file: JsonFile<File>

  constructor(path: string) {
    this.#path = path
    this.#file = new JsonFile(path, fileSchema)
  }

  /** By name. */
  async list(): Promise<SavedBlock[]> {
    return readable(await this.#file.read())
  }

  async keep(block: { id: string | null; name: string; text: string }): Promise<BlocksKept> {
    const before = await this.#file.read()
    if (before === null) await this.#putDamagedAside()
    if (block.id === null && (before?.blocks.length ?? 0) >= MAX_BLOCKS) return { ok: false, message: FULL }
    let kept: SavedBlock | null = null
    await this.#file.update((old) => {
      const blocks = old?.blocks ?? []
      kept = { ...block, id: block.id ?? freeId(blocks) }
      const others = blocks.filter((one) => idOf(one) !== kept?.id)
      return { version: 1, blocks: [...others, kept] }
    })
    return this.#after((blocks) => blocks.some((one) => isSame(one, kept)))
  }

  async forget(id: string): Promise<BlocksKept> {
    await this.#file.update((old) => ({ version: 1, blocks: (old?.blocks ?? []).filter((one) => idOf(one) !== id) }))
    return this.#after((blocks) => blocks.every((one) => one.id !== id))
  }

  /** A small file that cannot be written is only logged; here the user asked for it, so what is on the disk decides. */
  async #after(done: (blocks: readonly SavedBlock[]) => boolean): Promise<BlocksKept> {
    const blocks = await this.list()
    return done(blocks) ? { ok: true, blocks } : { ok: false, message: FAILED }
  }

  /** What is damaged as a whole would be written over: it is copied beside it first. */
  async #putDamagedAside(): Promise<void> {
    await copyFile(this.#path, `${this.#path}.damaged`).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') console.error(`could not copy ${this.#path}`, error)
    })
  }
}

function readable(file: File | null): SavedBlock[] {
  const blocks = (file?.blocks ?? []).flatMap((one) => {
    const parsed = blockSchema.safeParse(one)
    return parsed.success ? [parsed.data] : []
  })
  return blocks.slice(0, MAX_BLOCKS).sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1))
}

function idOf(one: unknown): string | null {
  const parsed = blockSchema.pick({ id: true }).safeParse(one)
  return parsed.success ? parsed.data.id : null
}

function freeId(blocks: readonly unknown[]): string {
  const taken = new Set(blocks.map(idOf))
  let n = 1
  while (taken.has(`block-${n}`)) n += 1
  return `block-${n}`
}

function isSame(a: SavedBlock, b: SavedBlock | null): boolean {
  return b !== null && a.id === b.id && a.name === b.name && a.text === b.text
}
