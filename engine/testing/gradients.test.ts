import { describe, expect, it } from 'vitest'
import { present } from '../base/invariant'
import { ops } from '../ops'
import type { KernelFactory } from '../ops/kernel'
import { referenceKernels } from '../ops/referenceKernels'
import { float64Backend } from './backend'
import { checkGradient } from './gradientCheck'
import { awkwardShapes, longCases, opCases } from './opCases'
import { tolerances } from './tolerances'

const cases = [...awkwardShapes.flatMap(opCases), ...longCases()]

describe('gradient rules against central differences in float64', () => {
  const differentiable = cases.filter((opCase) => opCase.differentiable.length > 0)

  it.each(differentiable.map((opCase) => [opCase.name, opCase] as const))('%s', (_, opCase) => {
    for (const seed of [1, 2]) expect(checkGradient(opCase, seed).error).toBeLessThan(tolerances.gradientCheck)
  })

  it('covers every op that has a gradient rule', () => {
    const covered = new Set(differentiable.map((opCase) => opCase.op))
    const ruled = Object.values(ops).filter((definition) => definition.gradient)
    expect(ruled.map((definition) => definition.name).filter((name) => !covered.has(name))).toEqual([])
  })

  it('finds one element that is off', () => {
    const [opCase] = cases.filter(({ op, sizes }) => op === 'lstm' && sizes.T === 5)
    const backend = float64Backend()
    const spoiled: KernelFactory = (call) => {
      const run = present(referenceKernels.lstmGradient, 'no lstmGradient')(call)
      const dWeightHh = present(call.outputs[3], 'no dWeight_hh')
      return () => {
        run()
        backend.memory.f[dWeightHh.offset + 17] = 0.01
      }
    }
    const kernels = { ...referenceKernels, lstmGradient: spoiled }
    const check = checkGradient(present(opCase, 'no case'), 1, { ...backend, kernels })
    expect(check.error).toBeGreaterThan(100 * tolerances.gradientCheck)
  })
})
