#!/usr/bin/env node
/** `npx unroll …` in a checkout: the command line as built, built anew when its sources changed. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { SetupError, say } from './setup/command.mjs'
import { root } from './setup/folders.mjs'

try {
  await build(['engine'])
} catch (error) {
  // Exit code 2: no command of the user's can be at fault for a build that fails.
  say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error))
  process.exit(2)
}
await import(pathToFileURL(join(root, 'out', 'cli', 'unroll.js')).href)
