import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import type { OpenedFile } from './contract'
import { codeOf } from './errorCode'
import { JsonFile } from './jsonFile'

export const draftSchema = z.object({
  path: z.string().max(4096).nullable(),
  name: z.string().max(1000),
  text: z.string().max(MAX_DOCUMENT_BYTES),
})
export type Draft = z.infer<typeof draftSchema>

const ENDING = '.draft.json'

/**
 * Unsaved work, kept for recovery. Each session (one life of the page) writes a file of its own and removes it when it ends well;
 * what is still there at the next start is what a crash left, and it stays until the user takes it up or throws it away.
 */
export class Drafts {
  readonly #folder: string
  readonly #now: () => number
  #order = 0
  #own: JsonFile<Draft>
  /** The draft that `recover` gave last. */
  #recovered: JsonFile<Draft> | null = null

  /** `now` in milliseconds: orders the sessions. */
  constructor(userData: string, now: () => number = Date.now) {
    this.#folder = join(userData, 'drafts')
    this.#now = now
    this.#own = this.#fresh()
  }

  /** Keeps this session's draft; null when nothing is unsaved. */
  keep(draft: Draft | null): Promise<void> {
    return this.#own.write(draft)
  }

  /** Called once by each page, when it starts. @returns the newest draft that an earlier session left, or null */
  async recover(): Promise<OpenedFile | null> {
    this.#own = this.#fresh()
    for (const name of (await this.#names()).sort().reverse()) {
      const file = new JsonFile(join(this.#folder, name), draftSchema)
      const draft = await file.read()
      if (draft === null) continue
      this.#recovered = file
      return draft
    }
    return null
  }

  /** The user has decided on the draft that `recover` gave last. */
  async forgetRecovered(): Promise<void> {
    await this.#recovered?.write(null)
    this.#recovered = null
  }

  #fresh(): JsonFile<Draft> {
    this.#order = Math.max(this.#now(), this.#order + 1)
    return new JsonFile(join(this.#folder, `${this.#order.toString().padStart(16, '0')}${ENDING}`), draftSchema)
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING) && !name.startsWith('.'))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') console.error(`could not read ${this.#folder}`, error)
      return []
    }
  }
}
