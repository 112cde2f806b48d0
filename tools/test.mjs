/**
 * `npm test`: sets up what is missing and runs every check. `npm test -- lint unit` runs the stages named; what follows a
 * second `--` goes to the last of them (`npm test -- unit -- engine/ops`). The last line counts the tests that ran.
 */
import { SetupError, say } from './setup/command.mjs'
import { runTool } from './setup/runTool.mjs'
import { setup } from './setup.mjs'
import { stages } from './test/stages.mjs'

/** @typedef {import('./test/stages.mjs').Stage} Stage */
/** @typedef {import('./test/stages.mjs').Outcome & { name: string, seconds: number }} Result */

/** @param {readonly string[]} args @returns {{ wanted: readonly Stage[], more: string[] }} */
function parse(args) {
  const end = args.indexOf('--')
  const names = end < 0 ? args : args.slice(0, end)
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown !== undefined) {
    throw new SetupError(`There is no stage "${unknown}": ${stages.map((stage) => stage.name).join(', ')}.`)
  }
  const wanted = names.length === 0 ? stages : stages.filter((stage) => names.includes(stage.name))
  return { wanted, more: end < 0 ? [] : args.slice(end + 1) }
}

/** @param {Stage} stage @param {readonly string[]} more @returns {Promise<Result>} */
async function runStage(stage, more) {
  say(`\n── ${stage.name} ──`)
  const start = performance.now()
  const seconds = () => (performance.now() - start) / 1000
  try {
    const outcome = await stage.run(more)
    return { name: stage.name, seconds: seconds(), ...outcome }
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error))
    return { name: stage.name, seconds: seconds(), ok: false, note: 'could not be run' }
  }
}

/** @param {readonly Stage[]} wanted @param {readonly string[]} more @returns {Promise<Result[]>} */
async function runStages(wanted, more) {
  /** @type {Result[]} */
  const resultsSoFar = []
  for (const stage of wanted) {
    if (resultsSoFar.some((result) => result.name === stage.needs && !result.ok)) {
      resultsSoFar.push({ name: stage.name, seconds: 0, ok: false, note: `not run, since ${stage.needs} failed` })
    } else {
      resultsSoFar.push(await runStage(stage, stage === wanted[wanted.length - 1] ? more : []))
    }
  }
  return resultsSoFar
}

/** @param {Result} result */
function lineOf({ name, ok, seconds, passed, failed, note }) {
  const count = passed === undefined ? '' : `${passed} passed, ${failed} failed`
  const cells = [ok ? '  ok  ' : ' FAIL ', name.padEnd(6), `${seconds.toFixed(1)} s`.padStart(8), count, note ?? '']
  return cells.filter((cell) => cell !== '').join('  ')
}

/** @param {readonly Result[]} results @returns {number} the exit code */
function printSummary(results) {
  say(['', ...results.map(lineOf)].join('\n'))
  const passed = results.reduce((sum, result) => sum + (result.passed ?? 0), 0)
  // A stage that fails without a failed test (types, lint, build, a runner that breaks) counts as one failure.
  const failed = results.reduce((sum, result) => sum + (result.ok ? 0 : Math.max(1, result.failed ?? 0)), 0)
  process.stdout.write(`UNROLL: ${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

await runTool(async () => {
  const { wanted, more } = parse(process.argv.slice(2))
  await setup()
  return printSummary(await runStages(wanted, more))
})
