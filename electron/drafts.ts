import { z } from 'zod'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import type { OpenedFile } from './contract'
import { JsonFile } from './jsonFile'

export const draftSchema = z.object({
  path: z.string().max(4096).nullable(),
  name: z.string().max(1000),
  text: z.string().max(MAX_DOCUMENT_BYTES),
})
export type Draft = z.infer<typeof draftSchema>

/** What was unsaved when the app last ended without asking. A clean close removes it. */
export class Drafts {
  readonly #file: JsonFile<Draft>

  constructor(path: string) {
    this.#file = new JsonFile(path, draftSchema)
  }

  keep(draft: Draft | null): Promise<void> {
    return this.#file.write(draft)
  }

  async recover(): Promise<OpenedFile | null> {
    return this.#file.read()
  }
}
