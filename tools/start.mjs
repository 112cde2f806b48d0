/** `npm start`: sets up what is missing, builds what changed and opens the app. `npm start -- FILE` opens a document in it. */
import { spawn } from 'node:child_process'
import { build } from './build.mjs'
import { electronExecutable, electronFlags } from './electronRuntime.mjs'
import { SetupError } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { runTool } from './setup/runTool.mjs'
import { hasDisplay } from './setup/systemLibraries.mjs'
import { setup } from './setup.mjs'

/** @param {readonly string[]} args what the user typed after `--` @returns {Promise<number>} the app's exit code */
function openApp(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(electronExecutable(), [...electronFlags(), root, ...args], { stdio: 'inherit' })
    // Ctrl+C reaches the app too, as a member of the same terminal's group; a plain `kill` of this process does not.
    process.once('SIGTERM', () => child.kill('SIGTERM'))
    process.on('SIGINT', () => {})
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 0))
  })
}

await runTool(async () => {
  if (!hasDisplay()) {
    throw new SetupError(
      'Unroll opens a window and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it on a ' +
        'desktop, or under a virtual display: xvfb-run -a npm start',
    )
  }
  await setup()
  await build(['engine', 'app'])
  return openApp(process.argv.slice(2))
})
