import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseDocument } from '../engine/document/parse'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import type { Opened, Saved } from './contract'
import { codeOf } from './errorCode'
import { replaceFile } from './replaceFile'

/**
 * Reads a document's text. The size is checked before a byte is read, and only the text of an Unroll document is handed on, so
 * that the window cannot be made to read anything else.
 */
export async function readDocument(path: string): Promise<Opened> {
  const name = basename(path)
  try {
    const status = await stat(path)
    if (!status.isFile()) {
      return refuse(`“${name}” is a folder or a device, not a file: choose a file that ends in .unroll.`)
    }
    if (status.size > MAX_DOCUMENT_BYTES) {
      return refuse(
        `“${name}” has ${megabytes(status.size)} MB, but an Unroll document has at most ${megabytes(MAX_DOCUMENT_BYTES)} MB: choose a file that ends in .unroll.`,
      )
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
    const parsed = parseDocument(text, name)
    if (!parsed.ok) return refuse(parsed.problems[0]?.message ?? `“${name}” is not an Unroll document.`)
    return { ok: true, file: { path, name, text } }
  } catch (error) {
    return refuse(openFailure(name, error))
  }
}

/** Saves a document; whatever fails, the old file stays whole. */
export async function writeDocument(path: string, text: string): Promise<Saved> {
  const name = basename(path)
  try {
    await replaceFile(path, text)
    return { ok: true, path, name }
  } catch (error) {
    return { ok: false, message: saveFailure(name, error) }
  }
}

function refuse(message: string): Opened {
  return { ok: false, message }
}

/** Rounded up: what is a little too large must not seem to fit. */
function megabytes(bytes: number): string {
  return Math.ceil(bytes / (1024 * 1024)).toString()
}

function openFailure(name: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `“${name}” is not there. It may have been moved or renamed; open it from its new place.`
    case 'EACCES':
    case 'EPERM':
      return `You are not allowed to read “${name}”. Ask its owner, or copy it to a folder of your own.`
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return `“${name}” is not text, so it is not an Unroll document: choose a file that ends in .unroll.`
    default:
      return `“${name}” could not be read (${reasonOf(error)}). Check the drive, then try again.`
  }
}

function saveFailure(name: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `“${name}” was not saved: the disk is full. Make room or save in another place; your work is still here.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `“${name}” was not saved: you are not allowed to write there. Save it in another place; your work is still here.`
    case 'ENOENT':
    case 'ENOTDIR':
      return `“${name}” was not saved: its folder is gone. Save it in another place; your work is still here.`
    case 'EISDIR':
      return `“${name}” was not saved: a folder has that name. Choose another name; your work is still here.`
    default:
      return `“${name}” was not saved (${reasonOf(error)}). Save it in another place; your work is still here.`
  }
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : 'unknown reason')
}
