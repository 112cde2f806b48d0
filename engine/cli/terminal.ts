import type { Terminal } from './command'

/** The process's own streams. A reader of our output that leaves early (`| head`) is no mistake of anybody's. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
  let shown = 0
  const progress = (line: string) => {
    if (!process.stderr.isTTY) return
    const text = line.slice(0, Math.max(0, (process.stderr.columns ?? 80) - 1))
    process.stderr.write(`\r${text.padEnd(shown)}${text === '' ? '\r' : ''}`)
    shown = text.length
  }
  return {
    out(line) {
      if (shown > 0) progress('')
      process.stdout.write(`${line}\n`)
    },
    err(line) {
      if (shown > 0) progress('')
      process.stderr.write(`${line}\n`)
    },
    progress,
    env: process.env,
    now: () => performance.now(),
  }
}
