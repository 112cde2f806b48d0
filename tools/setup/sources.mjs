import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from './folders.mjs'

/** @param {string} path @returns {string} relative to the checkout, with forward slashes on every system */
function nameOf(path) {
  return relative(root, path).split(sep).join('/')
}

/**
 * Every file under the folders (paths relative to the checkout; a missing one is empty) that `wanted` accepts by name, sorted.
 *
 * @param {readonly string[]} folders
 * @param {(name: string) => boolean} wanted gets a path such as `engine/ops/matmul.ts`
 * @returns {string[]}
 */
export function filesUnder(folders, wanted) {
  /** @type {string[]} */
  const names = []
  /** @param {string} folder */
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path)
      else if (wanted(nameOf(path))) names.push(nameOf(path))
    }
  }
  for (const folder of folders) {
    try {
      visit(join(root, folder))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return names.sort()
}

/** One digest of the files' names and contents. @param {readonly string[]} names relative to the checkout */
export function fingerprint(names) {
  const hash = createHash('sha256')
  for (const name of names)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, name)))
      .update('\0')
  return hash.digest('hex')
}

/** @param {string} path @returns {string} the file's text, or '' when there is none */
export function textOrNothing(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
