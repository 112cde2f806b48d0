/**
 * `npm run bench`: training steps of the engine against PyTorch, where a Python with it is found. `--quick` times three
 * configurations, `--json` prints one object as the last line, `--write` keeps the tables in BENCHMARKS.md; names choose
 * configurations.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { configurations, quickNames } from './bench/configurations.mjs'
import { measure } from './bench/measure.mjs'
import { numberOf } from './bench/peer.mjs'
import { markdown, printTable, rowOf } from './bench/report.mjs'
import { startEngine, startTorch } from './bench/startPeers.mjs'
import { build } from './build.mjs'
import { SetupError, say } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { runTool } from './setup/runTool.mjs'

/** @typedef {import('./bench/peer.mjs').Peer} Peer */

const switches = ['--quick', '--json', '--write']
/** A matrix product slower than this, in GFLOP/s of one thread, is no BLAS made for speed. */
const SLOW_BLAS = 15

/** @param {readonly string[]} args */
function parse(args) {
  const names = args.filter((arg) => !arg.startsWith('-'))
  const known = [...switches, ...configurations.map(({ name }) => name)]
  const unknown = args.find((arg) => !known.includes(arg))
  if (unknown !== undefined) throw new SetupError(`There is no "${unknown}": ${known.join(', ')}.`)
  const wanted = names.length > 0 ? names : args.includes('--quick') ? quickNames : known
  return {
    chosen: configurations.filter(({ name }) => wanted.includes(name)),
    json: args.includes('--json'),
    write: args.includes('--write'),
  }
}

/** @param {import('./bench/startPeers.mjs').Engine} engine @param {readonly Peer[]} torch */
function describeMachine({ peer, runtime }, torch) {
  const { greeting } = peer
  const productPeak = numberOf(greeting, 'productPeak')
  const flags = Array.isArray(greeting.flags) && greeting.flags.length > 0 ? greeting.flags.join(' ') : 'none'
  const parts = [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`,
    `${runtime}, V8 ${greeting.v8}, flags set: ${flags}`,
    `kernels: ${greeting.kernels}, product ${productPeak.toFixed(0)} GFLOP/s on one thread`,
    ...torch.slice(0, 1).map(describeTorch),
  ]
  return { text: parts.join(' · '), productPeak }
}

/** @param {Peer} peer */
function describeTorch({ greeting }) {
  const blas = typeof greeting.blas === 'string' && greeting.blas !== '' ? greeting.blas : 'its own BLAS'
  const speed = numberOf(greeting, 'productPeak')
  const slow = speed < SLOW_BLAS ? ' (a BLAS not made for speed: the ratios flatter Unroll)' : ''
  return `PyTorch ${greeting.version} with ${blas}, product ${speed.toFixed(0)} GFLOP/s on one thread${slow}`
}

await runTool(async () => {
  const { chosen, json, write } = parse(process.argv.slice(2))
  await build(['engine'])
  const engine = await startEngine()
  /** @type {Peer[]} */
  let torch = []
  try {
    torch = await startTorch()
    const machine = describeMachine(engine, torch)
    say(machine.text)
    const rows = []
    for (const configuration of chosen) {
      rows.push(rowOf(await measure(configuration, engine.peer, torch), machine.productPeak))
      say(`${configuration.name} is timed`)
    }
    process.stdout.write(`${printTable(rows)}\n`)
    const date = new Date().toISOString().slice(0, 10)
    if (write) writeFileSync(join(root, 'BENCHMARKS.md'), markdown(date, machine, rows))
    if (json) process.stdout.write(`${JSON.stringify({ machine, rows })}\n`)
  } finally {
    await Promise.all([engine.peer, ...torch].map((peer) => peer.stop()))
  }
  return 0
})
