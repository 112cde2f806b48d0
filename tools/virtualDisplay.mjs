import { spawn } from 'node:child_process'
import { SetupError } from './setup/command.mjs'

/** Xvfb answers in well under a second; this is for a machine that is very busy. */
const startLimitMs = 20_000

/**
 * Starts a display without a screen and returns its name (such as `:99`) and a function that ends it. Xvfb itself looks for a
 * free number and writes it to the pipe when it is ready.
 *
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 */
export function startVirtualDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((/** @type {(value: void) => void} */ resolve) => child.once('exit', () => resolve()))
  const stop = () => {
    child.kill()
    return ended
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill()
      reject(new SetupError('Xvfb does not become ready.'))
    }, startLimitMs)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new SetupError(`Xvfb cannot be started (${error.message}); type: npm run setup`))
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new SetupError(`Xvfb ended at once with code ${code}.`))
    })
    let text = ''
    child.stdio[3]?.on('data', (chunk) => {
      text += chunk
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve({ display: `:${text.trim()}`, stop })
    })
  })
}
