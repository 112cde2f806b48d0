import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../build.mjs'
import { run } from '../setup/command.mjs'
import { root } from '../setup/folders.mjs'

/**
 * How a stage ended. `passed` and `failed` count tests and are absent where a stage runs none.
 *
 * @typedef {{ ok: boolean, passed?: number, failed?: number, note?: string }} Outcome
 */

/**
 * One part of `npm test`. `needs` names the stage that must not have failed before; `more` are arguments for its runner.
 *
 * @typedef {{ name: string, needs?: string, run: (more: readonly string[]) => Promise<Outcome> }} Stage
 */

const results = join(root, 'test-results')

/** @param {string} path inside node_modules @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
async function succeeds(path, args, env = {}) {
  const program = join(root, 'node_modules', ...path.split('/'))
  const { code } = await run(process.execPath, [program, ...args], { env: { ...process.env, ...env } })
  return code === 0
}

/** Reads the named counts out of a runner's report. @param {unknown} report @param {readonly string[]} names */
function counts(report, names) {
  const entries = Object.entries(report ?? {})
  return names.map((name) => {
    const value = entries.find(([key]) => key === name)?.[1]
    if (typeof value !== 'number') throw new Error(`The test report has no count "${name}".`)
    return value
  })
}

/**
 * Skipped tests and an empty run are failures too: a check that does not run must not look green.
 *
 * @param {{ ok: boolean, passed: number, failed: number, skipped: number }} result
 * @returns {Outcome}
 */
function outcomeOf({ ok, passed, failed, skipped }) {
  const note = skipped > 0 ? `${skipped} skipped` : passed + failed === 0 ? 'no test ran' : ''
  return { ok: ok && failed === 0 && note === '', passed, failed, note }
}

/** @returns {Promise<Outcome>} */
async function types() {
  let ok = true
  for (const project of ['tsconfig.engine.json', 'tsconfig.node.json', 'tsconfig.web.json']) {
    ok = (await succeeds('typescript/bin/tsc', ['-p', project])) && ok
  }
  return { ok }
}

/** @returns {Promise<Outcome>} */
async function lint() {
  const style = await succeeds('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
  const { code } = await run(process.execPath, [join(root, 'tools', 'lint', 'checkImports.mjs')])
  return { ok: style && code === 0, note: 'style, import table' }
}

/** @returns {Promise<Outcome>} */
async function buildAll() {
  await build(['engine', 'app'])
  return { ok: true }
}

/** @param {readonly string[]} more @returns {Promise<Outcome>} */
async function unit(more) {
  const file = join(results, 'unit.json')
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const ok = await succeeds('vitest/vitest.mjs', ['run', ...reporters, ...more])
  const names = ['numPassedTests', 'numFailedTests', 'numPendingTests', 'numTodoTests']
  const [passed = 0, failed = 0, pending = 0, todo = 0] = counts(JSON.parse(readFileSync(file, 'utf8')), names)
  return outcomeOf({ ok, passed, failed, skipped: pending + todo })
}

/** @param {readonly string[]} more @returns {Promise<Outcome>} */
async function endToEnd(more) {
  const file = join(results, 'e2e.json')
  rmSync(file, { force: true })
  const args = ['test', '--reporter=list,json', ...more]
  const ok = await succeeds('@playwright/test/cli.js', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  const names = ['expected', 'unexpected', 'flaky', 'skipped']
  const [passed = 0, failed = 0, flaky = 0, skipped = 0] = counts(JSON.parse(readFileSync(file, 'utf8')).stats, names)
  const outcome = outcomeOf({ ok, passed: passed + flaky, failed, skipped })
  return flaky === 0
    ? outcome
    : { ...outcome, note: [outcome.note, `${flaky} needed a second try`].filter(Boolean).join(', ') }
}

/**
 * In the order they run. Unit tests come after the build, since those of the engine host start the built threads.
 *
 * @type {readonly Stage[]}
 */
export const stages = [
  { name: 'types', run: types },
  { name: 'lint', run: lint },
  { name: 'build', run: buildAll },
  { name: 'unit', needs: 'build', run: unit },
  { name: 'e2e', needs: 'build', run: endToEnd },
]
