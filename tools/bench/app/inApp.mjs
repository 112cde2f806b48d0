import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../setup/command.mjs'
import { root } from '../../setup/folders.mjs'
import { executableOrNode } from '../startPeers.mjs'
import { median, ratio } from '../statistics.mjs'
import { withApp } from './launch.mjs'

/** @typedef {import('@playwright/test').Page} Page */

/** The app may need this many times what the command line needs. */
const LIMIT = 1.1
/** Milliseconds that each side trains before the other has its turn. */
const BLOCK = 4000
/** Steps whose median a frame tells; after a pause so many must pass before it tells of what came since. */
const REMEMBERED = 63

/**
 * Milliseconds of a training step of the Moby Dick sample in the built app, as its telemetry frames tell them, and of the command
 * line with the same executable and flags, in turns. A display must be there.
 *
 * @param {{ rounds: number, folder: string }} effort
 * @returns {Promise<NonNullable<import('../tables.mjs').Result['inApp']>>}
 */
export async function measureInApp({ rounds, folder }) {
  const file = join(folder, 'moby-dick.unroll')
  const sample = JSON.parse(readFileSync(join(root, 'samples', 'moby-dick.unroll'), 'utf8'))
  // Long enough that it does not end by itself.
  writeFileSync(file, JSON.stringify({ ...sample, training: { ...sample.training, epochs: 10_000 } }))
  /** @type {number[]} */
  const app = []
  /** @type {number[]} */
  const commandLine = []
  await withApp([file], async ({ page }) => {
    await listen(page)
    await press(page, 'Train')
    for (let round = 0; round < rounds; round++) {
      if (round > 0) await press(page, 'Resume')
      const milliseconds = await trainInApp(page)
      app.push(milliseconds)
      await press(page, 'Pause')
      await page.getByRole('button', { name: 'Resume', exact: true }).waitFor()
      commandLine.push(await trainOnCommandLine(file, Math.ceil(BLOCK / milliseconds)))
    }
  })
  return { ms: median(app), commandLineMs: median(commandLine), ratio: ratio(app, commandLine), limit: LIMIT }
}

/** @param {Page} page @param {'Train' | 'Pause' | 'Resume'} name */
async function press(page, name) {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Keeps what the frames tell that the window hears. @param {Page} page */
async function listen(page) {
  await page.evaluate(() => {
    window.benchFrames = []
    window.unroll.engine.onEvent((event) => {
      if (event.kind !== 'frame') return
      const { step, stepMilliseconds } = event.frame
      window.benchFrames?.push({ step, milliseconds: stepMilliseconds })
    })
  })
}

/**
 * The median of what the frames tell while the app trains for a while; those that still remember steps of before do not count.
 *
 * @param {Page} page
 * @returns {Promise<number>}
 */
async function trainInApp(page) {
  await page.evaluate(() => window.benchFrames?.splice(0))
  const start = performance.now()
  for (;;) {
    await page.waitForTimeout(100)
    const frames = await page.evaluate(() => window.benchFrames ?? [])
    const first = frames[0]?.step ?? 0
    const fresh = frames.filter(({ step }) => step >= first + REMEMBERED)
    if (performance.now() - start > BLOCK && fresh.length > 0)
      return median(fresh.map(({ milliseconds }) => milliseconds))
  }
}

/**
 * The median of its steps, the first of which are not counted either.
 *
 * @param {string} file
 * @param {number} steps
 * @returns {Promise<number>}
 */
async function trainOnCommandLine(file, steps) {
  const program = join(root, 'out', 'cli', 'unroll.js')
  const args = [program, 'train', file, '--json', '--steps', String(Math.max(steps, 2 * REMEMBERED))]
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code, output } = await run(executableOrNode().executable, args, { quiet: true, env })
  if (code !== 0) throw new Error(`unroll train ended with ${code}:\n${output.slice(-2000)}`)
  const seconds = output
    .trim()
    .split('\n')
    .filter((line) => line.includes('"split":"training"'))
    .map((line) => Number(JSON.parse(line).seconds))
  const milliseconds = seconds.slice(1).map((second, index) => 1000 * (second - (seconds[index] ?? Number.NaN)))
  return median(milliseconds.slice(REMEMBERED))
}
