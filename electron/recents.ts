import { basename, dirname } from 'node:path'
import { z } from 'zod'
import type { RecentFile } from './contract'
import { JsonFile } from './jsonFile'

const MOST = 10
const schema = z.array(z.string().min(1).max(4096)).max(100)

/** Paths opened or saved last, newest first. */
export class Recents {
  readonly #file: JsonFile<string[]>

  constructor(path: string) {
    this.#file = new JsonFile(path, schema)
  }

  async list(): Promise<RecentFile[]> {
    const paths = (await this.#file.read()) ?? []
    return paths.slice(0, MOST).map((path) => ({ path, name: basename(path), folder: dirname(path) }))
  }

  /** Only paths the user chose before may be opened without a dialog. */
  async has(path: string): Promise<boolean> {
    return ((await this.#file.read()) ?? []).includes(path)
  }

  add(path: string): Promise<void> {
    return this.#file.update((paths) => [path, ...without(paths, path)].slice(0, MOST))
  }

  remove(path: string): Promise<void> {
    return this.#file.update((paths) => without(paths, path))
  }
}

function without(paths: readonly string[] | null, path: string): string[] {
  return (paths ?? []).filter((other) => other !== path)
}
