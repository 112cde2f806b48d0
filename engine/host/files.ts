import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { DataDefinition, DataSource } from '../document/dataSchema'
import { bad, type Checked, good } from '../document/diagnostic'
import type { DataFolders } from './protocol'

/** A larger data file is refused before it is read. */
export const MAX_DATA_BYTES = 200 * 1024 * 1024

/** The bytes that a data definition names, or null for data that are made and not read. */
export function readData(definition: DataDefinition, folders: DataFolders): Checked<Uint8Array | null> {
  return definition.kind === 'generator' ? good(null) : readSource(definition.source, folders)
}

/**
 * Reads a shipped sample, or a file in the document's folder or below it. The document is untrusted: whatever it names, nothing
 * outside these folders is opened, neither by `..`, nor by an absolute path, nor through a symbolic link.
 */
export function readSource(source: DataSource, folders: DataFolders): Checked<Uint8Array> {
  const isSample = source.kind === 'sample'
  const name = isSample ? source.name : source.path
  const folder = isSample ? folders.samples : folders.document
  const where = isSample ? 'the sample data that come with Unroll' : "the document's folder"
  const refuse = (code: string, message: string) =>
    bad<Uint8Array>({ code, severity: 'error', message, place: { kind: 'file', path: name } })
  const outside = () =>
    refuse(
      'data.fileOutside',
      `The data file ${name} lies outside ${where}. Copy it beside the document and choose it again.`,
    )

  if (folder === null) {
    return refuse('data.unsaved', `Save the document first: its data file ${name} is looked for in the same folder.`)
  }
  if (name.includes('\0') || isAbsolute(name) || leaves(folder, resolve(folder, name))) return outside()
  const wanted = resolve(folder, name)
  try {
    const path = realpathSync(wanted)
    if (leaves(realpathSync(folder), path)) return outside()
    // Asked before opening: to open a pipe or a device could wait forever.
    if (!statSync(path).isFile()) {
      return refuse('data.fileKind', `${name} is a folder or device, not a data file. Choose a file.`)
    }
    return readBounded(path, (size) =>
      refuse(
        'data.fileTooLarge',
        `The data file ${name} has ${Math.ceil(size / 1024 / 1024)} MB; up to ${MAX_DATA_BYTES / 1024 / 1024} MB are read. Keep a part of it.`,
      ),
    )
  } catch (error) {
    return refuse(...sentenceFor(error, name, wanted))
  }
}

function readBounded(path: string, tooLarge: (size: number) => Checked<Uint8Array>): Checked<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    if (size > MAX_DATA_BYTES) return tooLarge(size)
    const bytes = new Uint8Array(size)
    let at = 0
    while (at < size) {
      const count = readSync(file, bytes, at, size - at, at)
      // The file became shorter meanwhile: what there is, is read.
      if (count === 0) break
      at += count
    }
    return good(at === size ? bytes : bytes.slice(0, at))
  } finally {
    closeSync(file)
  }
}

/** True when `path` is not inside `folder`. */
function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

/** Code and message for what the system says; anything unexpected is thrown on. */
function sentenceFor(error: unknown, name: string, wanted: string): [string, string] {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['data.fileAbsent', `There is no data file ${wanted}. Put it there, or choose another file in Data.`]
    case 'EACCES':
    case 'EPERM':
      return [
        'data.fileUnreadable',
        `The data file ${name} may not be read. Change its permissions or choose another file.`,
      ]
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return ['data.fileUnreadable', `The path of the data file ${name} leads nowhere. Choose the file again.`]
    case 'EIO':
    case 'EBUSY':
      return [
        'data.fileUnreadable',
        `The data file ${name} cannot be read just now. Close other programs that use it and try again.`,
      ]
    default:
      throw error
  }
}
