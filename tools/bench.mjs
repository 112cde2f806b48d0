/**
 * `npm run bench`: training steps of the engine against PyTorch, where a Python with it is found, and TensorFlow.js; then how cost
 * grows, how long the compiler takes, how fast the engine is inside the app and how fast the canvas answers. `--quick` times three
 * configurations, `--json` prints one object as the last line, `--write` keeps the tables in BENCHMARKS.md; names choose what is
 * measured; `--from=FILE` takes the JSON of earlier runs instead of measuring. What a run has measured so far is kept in
 * test-results/bench.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LARGE, measureCanvas } from './bench/app/canvas.mjs'
import { withDisplay } from './bench/app/display.mjs'
import { measureInApp } from './bench/app/inApp.mjs'
import { compilerFigures, roundsOf } from './bench/compilerFigures.mjs'
import { measureGrowth } from './bench/growth.mjs'
import { blasHint, describeMachine } from './bench/machine.mjs'
import { measure } from './bench/measure.mjs'
import { parseOptions } from './bench/options.mjs'
import { markdown, printTables } from './bench/report.mjs'
import { keepResult, mergeResults, readResult } from './bench/results.mjs'
import { rowOf } from './bench/rows.mjs'
import { startEngine, startTensorFlow, startTorch } from './bench/startPeers.mjs'
import { build } from './build.mjs'
import { say } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { runTool } from './setup/runTool.mjs'

/** @typedef {import('./bench/options.mjs').Options} Options */
/** @typedef {import('./bench/peer.mjs').Peer} Peer */
/** @typedef {import('./bench/tables.mjs').Result} Result */

/** What the app is measured with later. @typedef {{ file: string, analysis: number[] }} LargeDocument */

/**
 * Everything that needs no window.
 *
 * @param {Options} options
 * @param {string} folder for what one side writes and another reads
 * @returns {Promise<{ result: Result, large: LargeDocument }>}
 */
async function measureEngine({ chosen, parts, quick }, folder) {
  const engine = await startEngine()
  /** @type {Peer[]} */
  let others = []
  try {
    const needsPeers = chosen.length > 0 || parts.includes('growth')
    const torch = needsPeers ? await startTorch() : []
    others = torch
    if (chosen.length > 0) others = [...torch, await startTensorFlow()]
    const machine = describeMachine(engine, others)
    say(machine.text)
    const hint = await blasHint(torch)
    if (hint !== null) say(hint)
    /** @type {Result} */
    const result = { date: new Date().toISOString().slice(0, 10), machine, rows: [] }
    const effort = { rounds: quick ? 5 : 9, scalingRounds: quick ? 3 : 7, folder }
    for (const configuration of chosen) {
      const row = rowOf(await measure(configuration, engine.peer, others, effort), machine.peak ?? machine.productPeak)
      result.rows.push(row)
      for (const { peer, disagreement } of row.peers) {
        if (disagreement !== null) say(`${configuration.name}: ${peer} is not compared: ${disagreement}.`)
      }
      keepResult(result)
      say(`${configuration.name} is timed`)
    }
    if (parts.includes('growth')) {
      const effortEach = { rounds: quick ? 3 : 5, scalingRounds: 0, folder }
      result.growth = await measureGrowth(engine.peer, torch, effortEach)
      say('growth is timed')
    }
    if (parts.includes('compile')) result.compile = await compilerFigures(engine.peer)
    keepResult(result)
    const file = join(folder, 'large.unroll')
    const analysis = roundsOf(await engine.peer.ask({ analyse: { ...LARGE, file } }))
    return { result, large: { file, analysis } }
  } finally {
    await Promise.all([engine.peer, ...others].map((peer) => peer.stop()))
  }
}

/** @param {Options} options @param {string} folder @returns {Promise<Result>} */
async function measureAll(options, folder) {
  const { parts, quick } = options
  const needsApp = parts.includes('in-app') || parts.includes('canvas')
  await build(needsApp ? ['engine', 'app'] : ['engine'])
  const { result, large } = await measureEngine(options, folder)
  if (needsApp) {
    await withDisplay(async () => {
      if (parts.includes('in-app')) result.inApp = await measureInApp({ rounds: quick ? 2 : 13, folder })
      keepResult(result)
      if (parts.includes('canvas'))
        result.canvas = await measureCanvas({
          ...(quick ? { rounds: 1, edits: 1 } : { rounds: 5, edits: 11 }),
          ...large,
        })
    })
    keepResult(result)
  }
  return result
}

await runTool(async () => {
  const options = parseOptions(process.argv.slice(2))
  const folder = mkdtempSync(join(tmpdir(), 'unroll-bench-'))
  try {
    /** @type {Result} */
    const result =
      options.from.length > 0 ? mergeResults(options.from.map(readResult)) : await measureAll(options, folder)
    process.stdout.write(`${printTables(result)}\n`)
    if (options.write) writeFileSync(join(root, 'BENCHMARKS.md'), markdown(result))
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
    // What was not computed alike was not compared: that is a mistake of the benchmark, not a figure.
    return result.rows.some(({ peers }) => peers.some(({ disagreement }) => disagreement !== null)) ? 1 : 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
