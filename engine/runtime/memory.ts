import { invariant } from '../base/invariant'
import { bad, type Checked, good } from '../document/diagnostic'
import type { KernelMemory } from '../ops/kernel'

/** Bytes of one WebAssembly page. */
const PAGE = 65_536
/** The largest memory that 32-bit addresses reach: 4 GiB. */
const MAX_PAGES = 65_536

/** The memory of a run as kernels see it, and the object behind it that threads share. */
export interface RunMemory {
  views: KernelMemory
  /** null on the float64 backend, which has no SIMD kernels and no threads. */
  wasm: WebAssembly.Memory | null
}

/**
 * One shared WebAssembly memory of exactly the pages that `elements` (4 bytes each) need, all zero. Refuses in words what
 * cannot be had: more than 4 GiB, or more than the system gives.
 */
export function allocateWasmMemory(elements: number): Checked<RunMemory> {
  const pages = Math.max(1, Math.ceil((elements * 4) / PAGE))
  if (pages > MAX_PAGES) return bad(tooLarge(elements * 4, 'more than the 4 GB that one run can use'))
  try {
    // `maximum` bounds what is reserved; the kernels declare the same upper limit or a higher one.
    const wasm = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    return good({ views: viewWasmMemory(wasm), wasm })
  } catch (error) {
    if (error instanceof RangeError) return bad(tooLarge(elements * 4, 'more than this computer has free'))
    throw error
  }
}

/** Views of a memory that another thread allocated. */
export function viewWasmMemory(memory: WebAssembly.Memory): KernelMemory {
  return { f: new Float32Array(memory.buffer), i: new Int32Array(memory.buffer) }
}

/** Ordinary arrays in float64: the reference that tells rounding from mistakes. */
export function allocateFloat64Memory(elements: number): RunMemory {
  return { views: { f: new Float64Array(elements), i: new Int32Array(elements) }, wasm: null }
}

/** Ordinary arrays in float32, for reference kernels without WebAssembly. */
export function allocateFloat32Memory(elements: number): RunMemory {
  return { views: { f: new Float32Array(elements), i: new Int32Array(elements) }, wasm: null }
}

/** Copies `count` floats out of memory. */
export function copyFloats(memory: KernelMemory, offset: number, count: number): Float32Array | Float64Array {
  invariant(offset >= 0 && offset + count <= memory.f.length, 'copy outside the memory')
  return memory.f.slice(offset, offset + count)
}

function tooLarge(bytes: number, why: string) {
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`
  return {
    code: 'run.memory',
    severity: 'error' as const,
    message: `Training this model would need ${size} of memory, ${why}. Make the batch, the time steps or the layers smaller.`,
    place: { kind: 'training' as const, field: 'batchSize' },
  }
}
