import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from '../engine/document/parse'
import type { UnrollDocument } from '../engine/document/schema'
import { serializeDocument } from '../engine/document/serialize'
import { samplesFolder } from './launch'

/** Text of a shipped sample. */
export function sampleText(id: string): Promise<string> {
  return readFile(join(samplesFolder, `${id}.unroll`), 'utf8')
}

/** A shipped sample, to be changed and written as a document of the user's. */
export async function sampleDocument(id: string): Promise<UnrollDocument> {
  const parsed = parseDocument(await sampleText(id))
  if (!parsed.ok) throw new Error(`sample ${id} is broken: ${parsed.problems[0]?.message}`)
  return structuredClone(parsed.value)
}

export async function writeDocument(path: string, document: UnrollDocument): Promise<string> {
  const text = serializeDocument(document)
  await writeFile(path, text)
  return text
}

/** The weather sample reading a table beside it instead of the one that is shipped. */
export async function weatherWithTable(table: string): Promise<UnrollDocument> {
  const document = await sampleDocument('seattle-weather')
  if (document.data.kind !== 'forecast') throw new Error('the weather sample is a forecast')
  return { ...document, data: { ...document.data, source: { kind: 'file', path: table } } }
}
