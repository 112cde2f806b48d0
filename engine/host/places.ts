import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InternalError } from '../base/invariant'

/**
 * Where things lie beside this code. It runs from engine/host (sources) or from out/host and out/cli (built); in all of them the
 * folder above holds ops/build and, once built, host/worker.js.
 */
const base = dirname(dirname(fileURLToPath(import.meta.url)))

/** The compiled kernels. */
export const kernelFolder = join(base, 'ops', 'build')

/** Entry of every worker thread. */
export const workerFile = join(base, 'host', 'worker.js')

/** The folder of Unroll itself: the nearest one above whose package.json is named "unroll". */
export function packageRoot(from: string = base): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && /"name"\s*:\s*"unroll"/.test(readFileSync(file, 'utf8'))) return folder
    if (dirname(folder) === folder) throw new InternalError(`no package named "unroll" at or above ${from}`)
  }
}
