import { randomBytes } from 'node:crypto'
import { access, constants, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf } from './errorCode'

/**
 * Atomic: the text is written and flushed to a new file in the same folder, which then takes the old one's place. Whatever fails,
 * the old file stays whole and nothing is left behind. A symbolic link stays one: the file that it names is replaced. A file that
 * is protected from writing is refused, and permissions stay as they were.
 *
 * @throws what the file system says
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await orNullWhenAbsent(realpath(path))
  const mode = target === null ? null : await modeOf(target)
  const place = target ?? path
  const temporary = join(dirname(place), `.unroll-${randomBytes(8).toString('hex')}.tmp`)
  const handle = await open(temporary, 'wx')
  try {
    try {
      await handle.writeFile(text, 'utf8')
      if (mode !== null) await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, place)
  } catch (error) {
    await unlink(temporary).catch((reason: unknown) => {
      // Must not hide why writing failed.
      console.error(`could not remove ${temporary}`, reason)
    })
    throw error
  }
  await syncFolder(dirname(place))
}

/** Permission bits of a file that may be written; a rename would take the place even of one that may not. */
async function modeOf(target: string): Promise<number> {
  await access(target, constants.W_OK)
  return (await stat(target)).mode & 0o777
}

/** Makes the rename itself last through a power cut. Windows has no such call, and some network drives refuse it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    // The file is written; only its survival of a power cut in this very second is less sure.
    console.error(`could not flush ${folder}`, error)
  }
}

async function orNullWhenAbsent(wanted: Promise<string>): Promise<string | null> {
  try {
    return await wanted
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}
