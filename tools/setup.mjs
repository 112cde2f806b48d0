/**
 * Makes a fresh clone ready to run, and skips what is ready. Uses nothing but Node.js, since it runs before the packages are
 * there. `npm start` and `npm test` begin with it; `npm run setup` runs it alone.
 */
import { buildKernels } from './buildKernels.mjs'
import { installDependencies } from './setup/dependencies.mjs'
import { installElectron } from './setup/electron/install.mjs'
import { checkNode } from './setup/node.mjs'
import { isProgram, runTool } from './setup/runTool.mjs'
import { installSystemLibraries } from './setup/systemLibraries.mjs'
import { linkUnrollCommand } from './setup/unrollCommand.mjs'

/** @returns {Promise<undefined>} */
export async function setup() {
  checkNode()
  await installDependencies()
  linkUnrollCommand()
  await buildKernels()
  await installElectron()
  await installSystemLibraries()
}

if (isProgram(import.meta.url)) await runTool(setup)
