import { expect } from 'vitest'
import type { PreparedData } from '../data/prepared'
import type { UnrollDocument } from '../document/schema'
import { setKernelFlags } from '../host/flags'
import { instantiateKernels, loadVariant } from '../host/kernelVariants'
import { kernelFolder } from '../host/places'
import { referenceOptimizer } from '../ops/optimizer/optimizerReference'
import { referenceKernels } from '../ops/referenceKernels'
import { allocateFloat32Memory, allocateFloat64Memory, allocateWasmMemory, type RunMemory } from '../runtime/memory'
import { partCount } from '../runtime/optimizer'
import { compileRun, specifyRun } from '../runtime/planRun'
import { Session } from '../runtime/session'
import { SingleThreadPool } from '../runtime/shardPool'
import { type KernelSet, ShardWork } from '../runtime/shardWork'

/** What a session of a test computes with. */
export interface SessionBackend {
  name: string
  /** First byte that the kernels leave free. */
  heapBase: number
  open(elements: number): { memory: RunMemory; kernels: KernelSet }
}

const reference: KernelSet = { table: referenceKernels, optimizer: referenceOptimizer }

export const float32Reference: SessionBackend = {
  name: 'reference',
  heapBase: 0,
  open: (elements) => ({ memory: allocateFloat32Memory(elements), kernels: reference }),
}

/** The compiled kernels, as the host opens them. */
export function wasmSession(variant: 'simd' | 'relaxed', wideTiles: boolean): SessionBackend {
  // Node.js 20 takes relaxed SIMD only with this flag.
  setKernelFlags({})
  const choice = loadVariant(variant, kernelFolder)
  if (!choice) throw new Error(`the ${variant} kernels are not built, or this Node.js refuses them`)
  return {
    name: `${variant}, tiles of ${wideTiles ? 'four' : 'two'} rows`,
    heapBase: choice.heapBase,
    open(elements) {
      const allocated = allocateWasmMemory(elements)
      if (!allocated.ok || !allocated.value.wasm) throw new Error('no memory')
      return {
        memory: allocated.value,
        kernels: instantiateKernels({ ...choice, wideTiles }, allocated.value.wasm),
      }
    },
  }
}

export const float64Reference: SessionBackend = {
  name: 'float64',
  heapBase: 0,
  open: (elements) => ({ memory: allocateFloat64Memory(elements), kernels: reference }),
}

/** The first model of the document, compiled and opened on one thread. Fails the test when it has mistakes. */
export function openTestSession(
  document: UnrollDocument,
  data: PreparedData,
  backend: SessionBackend,
  model = document.models[0]?.id ?? '',
): Session {
  const plans = compileRun(document, model, data.summary)
  expect(plans.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  if (!plans.ok) throw new Error('the model does not compile')
  const spec = specifyRun(plans.value, document, backend.heapBase)
  const { memory, kernels } = backend.open(spec.layout.end)
  const work = new ShardWork(spec, memory.views, kernels, new Float64Array(partCount(spec.layout)))
  return new Session({ spec, pool: new SingleThreadPool(work), data, training: document.training })
}
