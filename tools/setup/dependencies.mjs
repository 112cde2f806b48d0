import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, SetupError, say } from './command.mjs'
import { root } from './folders.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** @param {string} path @returns {LockedPackages | null} null when the file is absent or was cut off */
function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/**
 * True when node_modules holds exactly what the lock file names. npm writes its own record of node_modules as the last act
 * of an installation, so an interrupted one is seen too. Optional packages are for other platforms and may be absent.
 */
export function dependenciesAreInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return false
  const isWanted = Object.entries(wanted).every(
    ([place, entry]) =>
      place === '' || (place in installed ? installed[place]?.version === entry.version : entry.optional === true),
  )
  return isWanted && Object.keys(installed).every((place) => place in wanted)
}

/** Installs the packages of the lock file when they are not there. No package needs an install script. */
export async function installDependencies() {
  if (dependenciesAreInstalled()) return
  say('Installing the packages that package-lock.json names …')
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
  if (code !== 0)
    throw new SetupError('The packages could not be installed: npm says above why. Mend that and try again.')
}
