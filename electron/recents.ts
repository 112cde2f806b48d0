import { basename, dirname } from 'node:path'
import { z } from 'zod'
import type { RecentFile } from './contract'
import { JsonFile } from './jsonFile'

const MOST = 10
const schema = z.array(z.string().min(1).max(4096)).max(100)

/** Paths opened or saved last, newest first. */
export class Recents {
  readonly #file: JsonFile<string[]>

  /** @param changed told after every change of the list */
  constructor(
    path: string,
    readonly changed: (files: readonly RecentFile[]) => void = () => {},
  ) {
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

  async add(path: string): Promise<void> {
    await this.#file.update((paths) => [path, ...without(paths, path)].slice(0, MOST))
    this.changed(await this.list())
  }

  async remove(path: string): Promise<void> {
    await this.#file.update((paths) => without(paths, path))
    this.changed(await this.list())
  }
}

function without(paths: readonly string[] | null, path: string): string[] {
  return (paths ?? []).filter((other) => other !== path)
}
