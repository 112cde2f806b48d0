import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, SetupError, say } from './command.mjs'
import { locateElectron } from './electron/locate.mjs'

/** Debian's and Ubuntu's packages; of alternatives (Ubuntu renamed some in 2024) the first that the system knows is taken. */
const debianPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libasound2t64', 'libasound2'],
  ['libatk1.0-0t64', 'libatk1.0-0'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libcups2t64', 'libcups2'],
  ['libglib2.0-0t64', 'libglib2.0-0'],
  ['libnss3'],
  ['libnspr4'],
  ['libdbus-1-3'],
  ['libdrm2'],
  ['libgbm1'],
  ['libcairo2'],
  ['libpango-1.0-0'],
  ['libx11-6'],
  ['libxcb1'],
  ['libxcomposite1'],
  ['libxdamage1'],
  ['libxext6'],
  ['libxfixes3'],
  ['libxkbcommon0'],
  ['libxrandr2'],
  ['libexpat1'],
  ['libudev1'],
  ['fonts-liberation'],
]

/** What to type where this set-up does not install by itself. */
const otherSystems = [
  {
    program: 'apt-get',
    command: (/** @type {string} */ list) => `sudo apt-get update && sudo apt-get install -y ${list}`,
  },
  {
    program: 'dnf',
    command: () =>
      'sudo dnf install -y gtk3 nss nspr alsa-lib mesa-libgbm cups-libs at-spi2-core liberation-fonts xorg-x11-server-Xvfb',
  },
  {
    program: 'pacman',
    command: () =>
      'sudo pacman -S --needed gtk3 nss alsa-lib mesa libcups at-spi2-core ttf-liberation xorg-server-xvfb',
  },
  {
    program: 'zypper',
    command: () =>
      'sudo zypper install -y libgtk-3-0 mozilla-nss libasound2 libgbm1 libcups2 at-spi2-core liberation-fonts xorg-x11-server-Xvfb',
  },
]

/** @param {string} name */
function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)))
}

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function isDebianLike() {
  try {
    return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** @param {string} executablePath @returns {Promise<string[]>} names of the shared libraries the system does not have */
async function missingLibraries(executablePath) {
  const { output } = await run('ldd', [executablePath], { quiet: true })
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
}

/** The packages of the list under the names that this system's package lists know. */
async function namesHere() {
  const all = debianPackages.flat()
  const { output } = await run('apt-cache', ['policy', ...all], { quiet: true })
  // A name that is only provided by another package is listed too, but has no candidate.
  const known = new Set(
    [...output.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map((match) => match[1]),
  )
  return debianPackages.map((names) => names.find((name) => known.has(name)) ?? names[names.length - 1] ?? '')
}

/** @param {readonly string[]} packages */
async function installWithApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    quiet: true,
    env,
  })
  if (code !== 0) throw new SetupError(`The system libraries could not be installed:\n${output.trim().slice(-2000)}`)
}

/**
 * Electron on Linux needs libraries of the desktop, and tests without a display need Xvfb. As root on Debian or Ubuntu
 * they are installed; elsewhere the sentence says what to type. Other systems bring all of it.
 */
export async function installSystemLibraries() {
  const electron = locateElectron()
  if (process.platform !== 'linux' || !electron) return
  const missing = await missingLibraries(electron.executablePath)
  if (!hasDisplay() && !isOnPath('Xvfb')) missing.push('Xvfb')
  if (missing.length === 0) return
  if (isDebianLike() && process.getuid?.() === 0) {
    say(`Installing the system libraries that Electron needs (${missing.join(', ')}) …`)
    const updated = await run('apt-get', ['update'], { quiet: true })
    if (updated.code !== 0)
      say(`apt-get update failed; going on with the package lists there are. ${updated.output.trim().slice(-300)}`)
    await installWithApt([...(await namesHere()), 'xvfb'])
    const stillMissing = await missingLibraries(electron.executablePath)
    if (stillMissing.length === 0) return
    throw new SetupError(`Electron still misses ${stillMissing.join(', ')} after the installation of its packages.`)
  }
  const system = otherSystems.find((one) => isOnPath(one.program))
  const list = isDebianLike() ? `${(await namesHere()).join(' ')} xvfb` : ''
  throw new SetupError(
    system
      ? `Electron needs ${missing.join(', ')}, which this system does not have; type: ${system.command(list)}`
      : `Electron needs ${missing.join(', ')}, which this system does not have; install them and try again.`,
  )
}
