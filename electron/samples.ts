import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Opened, SampleEntry } from './contract'
import { readDocument } from './documents'

const entrySchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  title: z.string(),
  goal: z.string(),
  summary: z.string(),
})

/** The samples that come with the app; their list is samples/index.json. */
export async function listSamples(folder: string): Promise<SampleEntry[]> {
  return z.array(entrySchema).parse(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')))
}

/** A sample opens as an unsaved document, so that the shipped file is never written. */
export async function openSample(folder: string, id: string): Promise<Opened> {
  const known = (await listSamples(folder)).some((sample) => sample.id === id)
  if (!known) return { ok: false, message: `There is no sample named “${id}”. Choose one from the start screen.` }
  const opened = await readDocument(join(folder, `${id}.unroll`))
  return opened.ok === true ? { ok: true, file: { ...opened.file, path: null } } : opened
}
