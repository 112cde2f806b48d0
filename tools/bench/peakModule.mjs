import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run, SetupError } from '../setup/command.mjs'
import { root } from '../setup/folders.mjs'

/** Compiles the probe of the processor (`peak.as.ts`). @returns {Promise<string>} the module's file */
export async function buildPeakModule() {
  const file = join(root, 'out', 'bench', 'peak.wasm')
  mkdirSync(join(root, 'out', 'bench'), { recursive: true })
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,relaxed-simd', '--importMemory']
  const args = [asc, 'tools/bench/peak.as.ts', ...flags, '--outFile', file]
  const { code, output } = await run(process.execPath, args, { quiet: true })
  if (code !== 0 || !existsSync(file)) throw new SetupError(`The benchmark's probe does not compile:\n${output.trim()}`)
  return file
}
