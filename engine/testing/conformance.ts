import { describe, expect, it } from 'vitest'
import { type Backend, float32Backend } from './backend'
import type { OpCase } from './opCase'
import { awkwardShapes, largeShapes, longCases, opCases } from './opCases'
import { type CaseResult, differenceOf, lengthsOf, runCase } from './runCase'
import { relativeError, tolerances } from './tolerances'

/** What kernels are tried on. */
export const conformanceCases: readonly OpCase[] = [
  ...[...awkwardShapes, ...largeShapes].flatMap(opCases),
  ...longCases(),
]

/** The reference's results, made once for all backends of a test file. */
const referenceResults = new Map<OpCase, CaseResult>()
const reference = float32Backend()

function referenceResult(opCase: OpCase): CaseResult {
  const known = referenceResults.get(opCase) ?? runCase(reference, opCase)
  referenceResults.set(opCase, known)
  return known
}

/**
 * What every set of kernels must do, op by op, forward and backward: agree with the reference, write nothing outside its outputs,
 * compute the same digits in place, and let nothing in that lies past an example's length.
 */
export function describeConformance(name: string, makeBackend: () => Backend): void {
  describe(`kernels: ${name}`, () => {
    const backend = makeBackend()

    it.each(named(conformanceCases))('%s: agrees with the reference', (_, opCase) => {
      const result = runCase(backend, opCase)
      expectAgreement(result, referenceResult(opCase))
      expect(result.damaged).toEqual([])
    })

    it.each(named(conformanceCases))('%s: the same digits in place', (_, opCase) => {
      const apart = runCase(backend, opCase)
      const over = runCase(backend, opCase, { inPlaceOffer: 0 })
      expect(differenceOf(over, apart)).toBeNull()
      for (let inPlaceOffer = 1; inPlaceOffer < over.inPlaceOffers; inPlaceOffer++) {
        expect(differenceOf(runCase(backend, opCase, { inPlaceOffer }), apart)).toBeNull()
      }
    })

    const padded = conformanceCases.filter((opCase) => lengthsOf(opCase) !== null)
    it.each(named(padded))('%s: blind to what lies past the lengths', (_, opCase) => {
      const result = runCase(backend, opCase, {}, 0)
      const disturbed = runCase(backend, opCase, {}, 1e6)
      expect(differenceOf(disturbed, result)).toBeNull()
    })
  })
}

/** Two sets of kernels give the same digits and harm nothing. */
export function describeSameDigits(name: string, makeBackends: () => readonly [Backend, Backend]): void {
  describe(name, () => {
    const [one, other] = makeBackends()

    it.each(named(conformanceCases))('%s', (_, opCase) => {
      const result = runCase(other, opCase)
      expect(differenceOf(result, runCase(one, opCase))).toBeNull()
      expect(result.damaged).toEqual([])
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
