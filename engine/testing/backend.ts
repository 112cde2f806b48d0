import type { KernelMemory, KernelTable } from '../ops/kernel'
import type { OptimizerKernels } from '../ops/optimizer/optimizerKernels'
import { referenceOptimizer } from '../ops/optimizer/optimizerReference'
import { referenceKernels } from '../ops/referenceKernels'

/** Kernels with the memory they run on. */
export interface Backend {
  name: string
  kernels: KernelTable
  optimizer: OptimizerKernels
  memory: KernelMemory
  /** First element of memory that is free. */
  firstFree: number
}

const ELEMENTS = 1 << 20

/** The reference kernels in the precision that training uses. */
export function float32Backend(): Backend {
  const buffer = new ArrayBuffer(ELEMENTS * 4)
  const memory = { f: new Float32Array(buffer), i: new Int32Array(buffer) }
  return { name: 'reference', kernels: referenceKernels, optimizer: referenceOptimizer, memory, firstFree: 0 }
}

/** The same kernels in double precision, exact enough for central differences. */
export function float64Backend(): Backend {
  const memory = { f: new Float64Array(ELEMENTS), i: new Int32Array(ELEMENTS) }
  return { name: 'float64', kernels: referenceKernels, optimizer: referenceOptimizer, memory, firstFree: 0 }
}
