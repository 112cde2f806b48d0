import { randomBytes } from 'node:crypto'
import { open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import type { Opened, Saved } from './contract'

/** Reads a document's text. The size is checked before a byte is read; what is inside is the renderer's parser's to judge. */
export async function readDocument(path: string): Promise<Opened> {
  const name = basename(path)
  try {
    const { size, isFile } = await describe(path)
    if (!isFile) return refuse(`“${name}” is a folder or a device, not a file. Choose a file that ends in .unroll.`)
    if (size > MAX_DOCUMENT_BYTES) {
      return refuse(
        `“${name}” has ${megabytes(size)} MB, but an Unroll document has at most ${megabytes(MAX_DOCUMENT_BYTES)} MB. Choose a file that ends in .unroll.`,
      )
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
    return { ok: true, file: { path, name, text } }
  } catch (error) {
    if (error instanceof TypeError) {
      return refuse(`“${name}” is not text, so it is not an Unroll document. Choose a file that ends in .unroll.`)
    }
    return refuse(openFailure(name, error))
  }
}

/**
 * Atomic: the text is written and flushed to a new file in the same folder, which then takes the old one's place. Whatever fails, the old
 * file stays whole.
 */
export async function writeDocument(path: string, text: string): Promise<Saved> {
  const name = basename(path)
  const temporary = join(dirname(path), `.${name}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    return { ok: true, path, name }
  } catch (error) {
    await unlink(temporary).catch((reason: unknown) => {
      // Usually it never came to be; anything else must not hide why saving failed.
      if (codeOf(reason) !== 'ENOENT') console.error(`could not remove ${temporary}`, reason)
    })
    return { ok: false, message: saveFailure(name, error) }
  }
}

async function describe(path: string): Promise<{ size: number; isFile: boolean }> {
  const status = await stat(path)
  return { size: status.size, isFile: status.isFile() }
}

function refuse(message: string): Opened {
  return { ok: false, message }
}

function megabytes(bytes: number): string {
  return Math.round(bytes / (1024 * 1024)).toString()
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

function openFailure(name: string, error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `“${name}” is not there any more. It may have been moved or renamed; open it from its new place.`
    case 'EACCES':
    case 'EPERM':
      return `You are not allowed to read “${name}”. Ask its owner, or copy it to a folder of your own.`
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
      return `“${name}” was not saved: you are not allowed to write in that folder. Save it in another place; your work is still here.`
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
