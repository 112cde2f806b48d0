import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupError } from '../setup/command.mjs'
import { root } from '../setup/folders.mjs'

/** @typedef {import('./tables.mjs').Result} Result */

/** What a run has measured so far; git-ignored. */
export const resultFile = join(root, 'test-results', 'bench.json')

/** Keeps it, so that what fails later takes nothing away. @param {Result} result */
export function keepResult(result) {
  mkdirSync(dirname(resultFile), { recursive: true })
  writeFileSync(resultFile, `${JSON.stringify(result)}\n`)
}

/** The last line of a file is a run's JSON, whatever was printed before it. @param {string} file @returns {Result} */
export function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
  } catch (error) {
    throw new SetupError(`${file} holds no result of a benchmark: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * One result of several runs on one machine: what a later one measured replaces what an earlier one did.
 *
 * @param {readonly Result[]} results at least one
 * @returns {Result}
 */
export function mergeResults(results) {
  const [first, ...laters] = results
  if (first === undefined) throw new RangeError('there is no result to merge')
  let merged = first
  for (const later of laters) merged = mergeTwo(merged, later)
  return merged
}

/** @param {Result} earlier @param {Result} later @returns {Result} */
function mergeTwo(earlier, later) {
  const renewed = earlier.rows.map((row) => later.rows.find(({ config }) => config === row.config) ?? row)
  const added = later.rows.filter(({ config }) => earlier.rows.every((row) => row.config !== config))
  // The machine is told best by a run that started the peers.
  const machine = later.rows.length > 0 ? later.machine : earlier.machine
  return { ...earlier, ...later, machine, rows: [...renewed, ...added] }
}
