import { mkdir, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { codeOf } from './errorCode'
import { replaceFile } from './replaceFile'

/**
 * A small file of the app's own (recent files, window state, a draft). One that is absent or damaged counts as empty: losing it
 * must never keep the app from starting. Reads and writes follow one another in the order of the calls.
 */
export class JsonFile<T> {
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    readonly path: string,
    readonly schema: z.ZodType<T>,
  ) {}

  read(): Promise<T | null> {
    return this.#inTurn(() => this.#parse())
  }

  /** Atomic. null removes the file. A failure is logged: nothing the user asked for depends on it. */
  write(value: T | null): Promise<void> {
    return this.update(() => value)
  }

  /** Reads, changes and writes without anything else in between. */
  update(change: (old: T | null) => T | null): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#replace(change(await this.#parse()))
      } catch (error) {
        console.error(`could not write ${this.path}`, error)
      }
    })
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.#last
  }

  #inTurn<R>(act: () => Promise<R>): Promise<R> {
    const turn = this.#last.then(act)
    this.#last = turn.catch(() => {})
    return turn
  }

  async #parse(): Promise<T | null> {
    try {
      const parsed = this.schema.safeParse(JSON.parse(await readFile(this.path, 'utf8')))
      return parsed.success ? parsed.data : null
    } catch (error) {
      if (!(error instanceof SyntaxError) && codeOf(error) !== 'ENOENT') {
        console.error(`could not read ${this.path}`, error)
      }
      return null
    }
  }

  async #replace(value: T | null): Promise<void> {
    if (value !== null) {
      await mkdir(dirname(this.path), { recursive: true })
      await replaceFile(this.path, JSON.stringify(value))
      return
    }
    await unlink(this.path).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
  }
}
