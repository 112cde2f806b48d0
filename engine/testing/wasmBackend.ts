import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { simdOptimizer } from '../ops/optimizer/optimizerSimd'
import { heapBase, simdKernels } from '../ops/simdKernels'
import type { Backend } from './backend'

/** Which build of the kernels, and in which tiles its products run. */
export interface WasmVariant {
  build: 'simd' | 'relaxed'
  wideTiles: boolean
}

const PAGES = 256

/** The compiled kernels over a memory of their own. Throws what WebAssembly throws when this engine refuses the build. */
export function wasmBackend({ build, wideTiles }: WasmVariant): Backend {
  const bytes = readFileSync(new URL(`../ops/build/kernels.${build}.wasm`, import.meta.url))
  // Node.js 20 knows relaxed SIMD behind a flag; later versions have it and no longer know the flag.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd')
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
  return {
    name: `${build}, tiles of ${wideTiles ? 'four' : 'two'} rows`,
    kernels: simdKernels(exports, { wideTiles }),
    optimizer: simdOptimizer(exports),
    memory: { f: new Float32Array(memory.buffer), i: new Int32Array(memory.buffer) },
    firstFree: Math.ceil(heapBase(exports) / 4),
  }
}
