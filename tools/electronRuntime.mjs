/**
 * Which Electron to run in a checkout and how, for `npm start`, end-to-end tests and benchmarks:
 * `_electron.launch({ executablePath: electronExecutable(), args: [...electronFlags(), appFolder] })`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { SetupError } from './setup/command.mjs'
import { distFolder, locateElectron } from './setup/electron/locate.mjs'

/** @returns {string} absolute path of the executable; throws SetupError when there is none yet */
export function electronExecutable() {
  const found = locateElectron()
  if (found && existsSync(found.executablePath)) return found.executablePath
  throw new SetupError('There is no Electron runtime yet; type: npm run setup')
}

/** The environment in which Electron's own package and tools built on it (electron-vite) find the same runtime. */
export function electronEnvironment() {
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: distFolder(electronExecutable()) }
}

/** Ubuntu 24.04 and later let only programs with an AppArmor profile make the user namespaces that the sandbox needs. */
function namespacesAreRestricted() {
  try {
    return readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '1'
  } catch {
    return false
  }
}

/**
 * Command-line flags that Chromium needs on this machine: it refuses its sandbox to root, and without a graphics device it
 * would try one in vain. Packaged builds never get them.
 *
 * @returns {string[]}
 */
export function electronFlags() {
  if (process.platform !== 'linux') return []
  const flags = []
  if (process.getuid?.() === 0 || namespacesAreRestricted()) flags.push('--no-sandbox')
  if (!existsSync('/dev/dri')) flags.push('--disable-gpu')
  return flags
}
