import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Diagnostic } from '../document/diagnostic'
import { parseDocument } from '../document/parse'
import { MAX_DOCUMENT_BYTES, type Model, type UnrollDocument } from '../document/schema'
import { packageRoot } from '../host/places'
import type { DataFolders } from '../host/protocol'
import { type Given, UserFailure } from './command'

export interface OpenDocument {
  document: UnrollDocument
  folders: DataFolders
  /** What was mended while reading. */
  warnings: Diagnostic[]
}

/** Reads the document that a command names; every way it can be wrong is a sentence. */
export function openDocument(path: string): OpenDocument {
  const parsed = parseDocument(readText(path), path)
  if (!parsed.ok) throw new UserFailure(parsed.problems)
  const folders = { samples: join(packageRoot(), 'samples', 'data'), document: dirname(resolve(path)) }
  return { document: parsed.value, folders, warnings: parsed.problems }
}

/** The model that `--model` names by id or name; the first one without it. */
export function chooseModel(document: UnrollDocument, given: Given): Model {
  const wanted = given.values.get('model')
  const { models } = document
  const model =
    wanted === undefined
      ? models[0]
      : (models.find(({ id }) => id === wanted) ?? models.find(({ name }) => name === wanted))
  if (model) return model
  const names = models.map(({ id, name }) => `${id} (“${name}”)`).join(', ')
  throw new UserFailure([
    {
      code: 'model.unknown',
      severity: 'error',
      message: `The document has no model “${wanted}”. It has ${names}.`,
      place: { kind: 'document' },
    },
  ])
}

function readText(path: string): string {
  const refuse = (code: string, message: string) =>
    new UserFailure([{ code: `document.${code}`, severity: 'error', message, place: { kind: 'file', path } }])
  let file: number
  try {
    // Asked before opening: to open a pipe or a device could wait forever.
    if (!statSync(path).isFile()) throw refuse('kind', `${path} is not a file. Name an .unroll document.`)
    file = openSync(path, 'r')
  } catch (error) {
    if (error instanceof UserFailure) throw error
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR') throw refuse('absent', `There is no file ${path}. Check the path.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw refuse('unreadable', `${path} may not be read. Change its permissions.`)
    throw refuse('unreadable', `${path} cannot be read (${String(code ?? error)}). Check the path.`)
  }
  try {
    const { size } = fstatSync(file)
    if (size > MAX_DOCUMENT_BYTES) {
      const limit = MAX_DOCUMENT_BYTES / 1024 / 1024
      throw refuse('size', `${path} is larger than ${limit} MB, too large to be an Unroll document. Name another file.`)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (error instanceof TypeError)
      throw refuse('encoding', `${path} is not UTF-8 text, so it is no Unroll document. Name another file.`)
    throw error
  } finally {
    closeSync(file)
  }
}
