/**
 * Compiles the kernels (AssemblyScript, the files named *.as.ts under engine/) to WebAssembly when their sources changed. Two
 * builds: SIMD, which every supported V8 runs, and relaxed SIMD, with fused multiply-add. Both import one shared memory, which
 * the engine lays out itself, so there is no allocator (`--runtime stub`).
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, SetupError, say } from './setup/command.mjs'
import { root } from './setup/folders.mjs'
import { isProgram, runTool } from './setup/runTool.mjs'
import { filesUnder, fingerprint, textOrNothing } from './setup/sources.mjs'

const entry = 'engine/ops/kernels.as.ts'
const outFolder = join(root, 'engine', 'ops', 'build')
const stamp = join(outFolder, 'sources.sha256')
const builds = [
  { name: 'simd', features: 'simd,threads' },
  { name: 'relaxed', features: 'simd,threads,relaxed-simd' },
]

/**
 * Bytes 0–1023 stay unused, so that address 0 is never a buffer; the kernels' constants follow and must end within the first
 * page of 64 KiB: the engine's own memory begins with the second.
 */
const memoryFlags = [
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
  '--memoryBase',
  '1024',
]

/** The files that a build writes, relative to the checkout. */
export function kernelFiles() {
  return builds.map((build) => `engine/ops/build/kernels.${build.name}.wasm`)
}

function currentFingerprint() {
  const sources = filesUnder(['engine'], (name) => name.endsWith('.as.ts'))
  return fingerprint([...sources, 'tools/buildKernels.mjs', 'node_modules/assemblyscript/package.json'])
}

/** @param {{ name: string, features: string }} build */
async function compile(build) {
  const partial = join(outFolder, `partial.${build.name}.${process.pid}.wasm`)
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', build.features, ...memoryFlags]
  const { code, output } = await run(process.execPath, [asc, entry, ...flags, '--outFile', partial], { quiet: true })
  if (code !== 0 || !existsSync(partial)) {
    rmSync(partial, { force: true })
    throw new SetupError(`The ${build.name} kernels do not compile:\n${output.trim()}`)
  }
  const target = join(outFolder, `kernels.${build.name}.wasm`)
  renameSync(partial, target)
  return `kernels.${build.name}.wasm ${Math.ceil(statSync(target).size / 1024)} KiB`
}

/** @returns {Promise<undefined>} */
export async function buildKernels() {
  if (!existsSync(join(root, entry))) {
    say(`There are no kernels to build: ${entry} does not exist.`)
    return
  }
  const wanted = currentFingerprint()
  const built = builds.every((build) => existsSync(join(outFolder, `kernels.${build.name}.wasm`)))
  if (built && textOrNothing(stamp) === wanted) return
  say('Compiling the kernels …')
  mkdirSync(outFolder, { recursive: true })
  const sizes = []
  for (const build of builds) sizes.push(await compile(build))
  writeFileSync(stamp, wanted)
  say(sizes.join(', '))
}

if (isProgram(import.meta.url)) await runTool(buildKernels)
