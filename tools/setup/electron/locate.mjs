import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder, root } from '../folders.mjs'

/** The folder of the stand-in runtime (see standIn.mjs); the last part counts changes of its recipe. */
export const standInFolder = join(cacheFolder, 'electron-33.2.1-linux-x64-1')

/** The executable inside an Electron folder, as Electron's own package names it. */
function executableInside() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** The runtime that Electron's own installer has put into node_modules, in the version that package.json names. */
function declaredRuntime() {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const installed = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return installed === version ? join(folder, 'dist', executableInside()) : null
  } catch {
    return null
  }
}

/**
 * The Electron to use: the one ELECTRON_OVERRIDE_DIST_PATH names, else the declared one, else the stand-in, else null.
 *
 * @returns {{ executablePath: string, kind: 'override' | 'declared' | 'stand-in' } | null}
 */
export function locateElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  // Set-up hands the stand-in on to child processes by this same variable.
  const kind = override === standInFolder ? 'stand-in' : 'override'
  if (override) return { executablePath: join(override, executableInside()), kind }
  const declared = declaredRuntime()
  if (declared && existsSync(declared)) return { executablePath: declared, kind: 'declared' }
  const standIn = join(standInFolder, executableInside())
  return existsSync(standIn) ? { executablePath: standIn, kind: 'stand-in' } : null
}

/** The folder that ELECTRON_OVERRIDE_DIST_PATH has to name for an executable. @param {string} executablePath */
export function distFolder(executablePath) {
  const depth = executableInside().split(/[\\/]/).length
  return Array.from({ length: depth }).reduce((/** @type {string} */ path) => dirname(path), executablePath)
}
