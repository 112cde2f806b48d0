/**
 * Builds what is out of date: `engine` (host, worker threads and command line into out/host and out/cli, with the kernels
 * beside them in out/ops/build, as in the sources), `app` (out/main, out/preload, out/renderer), or both.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildKernels, kernelFiles } from './buildKernels.mjs'
import { run, SetupError, say } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { withLock } from './setup/lock.mjs'
import { isProgram, runTool } from './setup/runTool.mjs'
import { filesUnder, fingerprint, textOrNothing } from './setup/sources.mjs'

/** @typedef {'engine' | 'app'} Part */

const out = join(root, 'out')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/**
 * `folders` are read, `outputs` are written and removed before; a build whose `proof` is absent was cut off.
 *
 * @type {Record<Part, { folders: string[], config: string, command: string[], outputs: string[], proof: string }>}
 */
const parts = {
  engine: {
    folders: ['engine', 'tools/bench/engine'],
    config: 'vite.engine.config.ts',
    command: [vite, 'build', '--config', 'vite.engine.config.ts', '--logLevel', 'warn'],
    outputs: ['host', 'cli', 'bench', 'ops'],
    proof: 'cli/unroll.js',
  },
  app: {
    folders: ['electron', 'engine', 'renderer'],
    config: 'electron.vite.config.ts',
    command: [electronVite, 'build', '--logLevel', 'warn'],
    outputs: ['main', 'preload', 'renderer'],
    proof: 'renderer/index.html',
  },
}

/** Tests, golden values and kernel sources are no part of a bundle. @param {string} name */
function isSource(name) {
  return !/\.test\.tsx?$|\.as\.ts$|\/goldens\/|^engine\/ops\/build\/|\.(?:md|py)$/.test(name)
}

function builtKernels() {
  return kernelFiles().filter((path) => existsSync(join(root, path)))
}

/** @param {Part} part */
function currentFingerprint(part) {
  const kernels = part === 'engine' ? builtKernels() : []
  const { folders, config } = parts[part]
  return fingerprint([...filesUnder(folders, isSource), ...kernels, config, 'package-lock.json', 'tools/build.mjs'])
}

/** @param {Part} part */
function stampOf(part) {
  return join(out, `.${part}.sha256`)
}

/** @param {Part} part @param {string} wanted */
function isUpToDate(part, wanted) {
  return existsSync(join(out, parts[part].proof)) && textOrNothing(stampOf(part)) === wanted
}

function copyKernels() {
  const target = join(out, 'ops', 'build')
  mkdirSync(target, { recursive: true })
  for (const path of builtKernels()) copyFileSync(join(root, path), join(target, basename(path)))
}

/** @param {Part} part */
async function buildPart(part) {
  const wanted = currentFingerprint(part)
  if (isUpToDate(part, wanted)) return
  say(part === 'engine' ? 'Building the engine …' : 'Building the app …')
  rmSync(stampOf(part), { force: true })
  for (const folder of parts[part].outputs) rmSync(join(out, folder), { recursive: true, force: true })
  const env = { ...process.env, NODE_ENV: 'production' }
  const { code, output } = await run(process.execPath, parts[part].command, { quiet: true, env })
  if (code !== 0) throw new SetupError(`The ${part} does not build:\n${output.trim()}`)
  if (output.trim() !== '') say(output.trim())
  if (part === 'engine') copyKernels()
  writeFileSync(stampOf(part), wanted)
}

/** @param {readonly Part[]} wanted */
export async function build(wanted) {
  await buildKernels()
  if (wanted.every((part) => isUpToDate(part, currentFingerprint(part)))) return
  await withLock(join(root, 'node_modules', '.cache', 'unroll-build.lock'), async () => {
    for (const part of wanted) await buildPart(part)
  })
}

/** @returns {Promise<undefined>} */
async function main() {
  const named = process.argv[2]
  if (named !== undefined && named !== 'engine' && named !== 'app') {
    throw new SetupError(`There is no part "${named}" to build: engine, app, or nothing for both.`)
  }
  await build(named === undefined ? ['engine', 'app'] : [named])
}

if (isProgram(import.meta.url)) await runTool(main)
