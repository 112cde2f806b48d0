import { describe, expect, it } from 'vitest'
import { type Backend, float32Backend } from './backend'
import type { OpCase } from './opCase'
import { awkwardShapes, largeShapes, longCases, opCases } from './opCases'
import { type CaseResult, lengthsOf, runCase } from './runCase'
import { relativeError, tolerances } from './tolerances'

/**
 * What every set of kernels must do, op by op, forward and backward: agree with the reference, write nothing outside its outputs,
 * compute the same digits in place, and let nothing in that lies past an example's length.
 */
export function describeConformance(name: string, makeBackend: () => Backend): void {
  const cases = [...[...awkwardShapes, ...largeShapes].flatMap(opCases), ...longCases()]
  const reference = float32Backend()

  describe(`kernels: ${name}`, () => {
    const backend = makeBackend()

    it.each(named(cases))('%s: agrees with the reference', (_, opCase) => {
      const result = runCase(backend, opCase)
      expectAgreement(result, runCase(reference, opCase))
      expect(result.damaged).toEqual([])
    })

    it.each(named(cases))('%s: the same digits in place', (_, opCase) => {
      const apart = runCase(backend, opCase)
      for (const inPlaceOffer of [0, 1]) {
        const over = runCase(backend, opCase, { inPlaceOffer })
        expect(over.outputs).toEqual(apart.outputs)
        expect(over.gradients).toEqual(apart.gradients)
      }
    })

    const padded = cases.filter((opCase) => lengthsOf(opCase) !== null)
    it.each(named(padded))('%s: blind to what lies past the lengths', (_, opCase) => {
      const result = runCase(backend, opCase, {}, 0)
      const disturbed = runCase(backend, opCase, {}, 1e6)
      expect(disturbed.outputs).toEqual(result.outputs)
      expect(disturbed.gradients).toEqual(result.gradients)
    })
  })
}

function named(cases: readonly OpCase[]): [string, OpCase][] {
  return cases.map((opCase) => [opCase.name, opCase])
}

function expectAgreement(actual: CaseResult, expected: CaseResult): void {
  for (const [index, output] of expected.outputs.entries()) {
    expect(relativeError(actual.outputs[index] ?? [], output), `output ${index}`).toBeLessThan(tolerances.kernel)
  }
  for (const [index, gradient] of expected.gradients.entries()) {
    const found = actual.gradients[index] ?? null
    expect(found === null, `input ${index} has a gradient`).toBe(gradient === null)
    expect(relativeError(found ?? [], gradient ?? []), `gradient ${index}`).toBeLessThan(tolerances.kernel)
  }
}
