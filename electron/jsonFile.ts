import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { codeOf } from './documents'

/**
 * A small file of the app's own (recent files, window state, the draft). One that is absent or damaged counts as empty: losing
 * it must never keep the app from starting.
 */
export class JsonFile<T> {
  #last: Promise<void> = Promise.resolve()

  constructor(
    readonly path: string,
    readonly schema: z.ZodType<T>,
  ) {}

  async read(): Promise<T | null> {
    await this.#last
    try {
      const parsed = this.schema.safeParse(JSON.parse(await readFile(this.path, 'utf8')))
      return parsed.success ? parsed.data : null
    } catch (error) {
      if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return null
      console.error(`could not read ${this.path}`, error)
      return null
    }
  }

  /** Atomic; writes follow one another in the order of the calls. null removes the file. */
  write(value: T | null): Promise<void> {
    this.#last = this.#last
      .then(() => this.#replace(value))
      .catch((error: unknown) => {
        console.error(`could not write ${this.path}`, error)
      })
    return this.#last
  }

  async #replace(value: T | null): Promise<void> {
    if (value === null) {
      await unlink(this.path).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error
      })
      return
    }
    await mkdir(dirname(this.path), { recursive: true })
    await writeFile(`${this.path}.tmp`, JSON.stringify(value))
    await rename(`${this.path}.tmp`, this.path)
  }
}
