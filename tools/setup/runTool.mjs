import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { SetupError, say } from './command.mjs'

/** True when the module is the program that Node.js was started with. @param {string} moduleUrl its import.meta.url */
export function isProgram(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && moduleUrl === pathToFileURL(realpathSync(started)).href
}

/**
 * Runs a tool's main function, whose number is the exit code. A mistake the reader can mend is printed as a sentence, any
 * other error with its stack.
 *
 * @param {() => Promise<number | undefined>} main
 */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error))
    process.exitCode = 1
  }
}
