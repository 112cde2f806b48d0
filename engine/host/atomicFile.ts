import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/**
 * Writes a file so that it appears whole or not at all, even if the computer stops. Throws what the file system says.
 * @param onlyTry writes it beside and takes it away again: can it be done?
 */
export function writeAtomically(path: string, bytes: Uint8Array, onlyTry = false): void {
  const partial = `${path}.partial-${process.pid}`
  try {
    const file = openSync(partial, 'w')
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (!onlyTry) renameSync(partial, path)
  } finally {
    rmSync(partial, { force: true })
  }
}
