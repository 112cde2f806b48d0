import { expect, it } from 'vitest'
import { ops } from '../ops'
import { referenceKernels } from '../ops/referenceKernels'
import { float32Backend } from './backend'
import { describeConformance } from './conformance'
import { opCases } from './opCases'

describeConformance('reference', float32Backend)

it('the reference has a kernel for every op', () => {
  expect(Object.keys(referenceKernels).sort()).toEqual(Object.keys(ops).sort())
})

it('every op is tried', () => {
  const tried = new Set(opCases({ T: 1, B: 1, I: 1, H: 1 }).map((opCase) => opCase.op))
  const forward = Object.keys(ops).filter((op) => !op.endsWith('Gradient'))
  expect(forward.filter((op) => !tried.has(op))).toEqual([])
})
