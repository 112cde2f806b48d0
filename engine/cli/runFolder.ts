import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readSafetensors, type TensorFile, writeSafetensors } from '../export/safetensors'
import { writeAtomically } from '../host/atomicFile'
import { UserFailure } from './command'

/** What `unroll train --out DIR` leaves behind. */
const WEIGHTS = 'weights.safetensors'
const RUN = 'run.json'
const CHECKPOINT = 'checkpoint.safetensors'

/** Makes sure, before any work is done, that the folder is there and can be written. */
export function prepareRunFolder(folder: string): void {
  try {
    makeFolder(resolve(folder))
    writeAtomically(join(folder, RUN), new Uint8Array(), true)
  } catch (error) {
    throw failure(folder, error, 'cannot be written. Choose another folder for --out.')
  }
}

/** Writes both files; each appears whole or not at all, run.json last. */
export function writeRunFolder(folder: string, weights: TensorFile, run: unknown): void {
  try {
    writeAtomically(join(folder, WEIGHTS), writeSafetensors(weights))
    writeAtomically(join(folder, RUN), new TextEncoder().encode(`${JSON.stringify(run, null, 2)}\n`))
  } catch (error) {
    throw failure(folder, error, 'cannot be written. Free some space or choose another folder for --out.')
  }
}

/** From where `--resume` goes on. */
export function writeCheckpoint(folder: string, checkpoint: TensorFile): void {
  writeFile(join(folder, CHECKPOINT), writeSafetensors(checkpoint))
}

export function readCheckpointFile(folder: string): { file: TensorFile; path: string } {
  return readTensors(join(folder, CHECKPOINT))
}

/** Weights of a run folder, or of a safetensors file named directly. */
export function readWeights(path: string): { file: TensorFile; path: string } {
  const chosen = isFolder(path) ? join(path, WEIGHTS) : path
  return readTensors(chosen)
}

function readTensors(path: string): { file: TensorFile; path: string } {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw failure(path, error, 'cannot be read. Name the folder that unroll train --out wrote.')
  }
  const read = readSafetensors(bytes, path)
  if (!read.ok) throw new UserFailure(read.problems)
  return { file: read.value, path }
}

/** Writes one file so that it appears whole or not at all. */
export function writeFile(path: string, bytes: Uint8Array): void {
  try {
    writeAtomically(path, bytes)
  } catch (error) {
    throw failure(path, error, 'cannot be written. Choose another path.')
  }
}

/** With the folders above it. Not Node's recursive mkdir, which never returns where nothing can be made (/proc). */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder)
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Not there: reading it says so in words.
    return false
  }
}

/** Errors of the file system are the user's to mend; anything else is ours and passes through. */
function failure(path: string, error: unknown, advice: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const reason = 'code' in error ? String(error.code) : error.message
  const words = REASONS[reason] ?? reason
  return new UserFailure([
    { code: 'file.access', severity: 'error', message: `${path} (${words}) ${advice}`, place: { kind: 'file', path } },
  ])
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'not there',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'read-only',
  ENOSPC: 'no space left',
  ENOTDIR: 'not a folder',
  EEXIST: 'there is a file of that name',
  EISDIR: 'a folder',
}
