import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { present } from '../base/invariant'
import { float32Backend } from '../testing/backend'
import { wasmBackend } from '../testing/wasmBackend'
import type { KernelFactory, KernelTable } from './kernel'
import { referenceKernels } from './referenceKernels'
import { checkKernels } from './selfTest'

const now = () => performance.now()

function check(table: KernelTable, backend = float32Backend()) {
  return checkKernels(table, backend.memory, backend.firstFree * 4, now)
}

/** The reference with the first output of `op` changed in one element. */
function spoiled(op: string, wrong: number): KernelTable {
  const factory: KernelFactory = (call) => {
    const run = present(referenceKernels[op], op)(call)
    const output = present(call.outputs[0], op)
    return () => {
      run()
      call.memory.f[output.offset + output.size - 1] = wrong
    }
  }
  return { ...referenceKernels, [op]: factory }
}

describe('self-test of the kernels', () => {
  it('passes the reference and measures it', () => {
    const { correct, gflops } = check(referenceKernels)
    expect(correct).toBe(true)
    expect(gflops).toBeGreaterThan(0)
  })

  it.each(['simd', 'relaxed'] as const)('passes the %s build', (build) => {
    const backend = wasmBackend({ build, wideTiles: false })
    const { correct, gflops } = check(backend.kernels, backend)
    expect(correct).toBe(true)
    expect(gflops).toBeGreaterThan(0)
  })

  it.each([
    ['linear', 1],
    ['lstmGradient', Number.NaN],
    ['crossEntropy', Number.POSITIVE_INFINITY],
  ])('refuses a table whose %s is wrong in one element', (op, wrong) => {
    expect(check(spoiled(op, wrong))).toEqual({ correct: false, gflops: 0 })
  })
})
