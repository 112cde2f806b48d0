import { expect, it } from 'vitest'
import { disagreement } from './agreement.mjs'

const own = { loss: 4.17, gradientNorm: 0.5 }

it('lets rounding pass and nothing else', () => {
  expect(disagreement(own, { loss: 4.17 * (1 + 5e-5), gradientNorm: 0.5 * (1 + 5e-4) })).toBeNull()
  expect(disagreement(own, { loss: 4.17 * (1 + 2e-4), gradientNorm: 0.5 })).toContain('first loss is 4.17')
  expect(disagreement(own, { loss: 4.17, gradientNorm: 0.49 })).toContain('first gradient is 0.49 long')
})

it('takes no number for an answer', () => {
  expect(disagreement(own, { loss: Number.NaN, gradientNorm: 0.5 })).not.toBeNull()
  expect(disagreement(own, { loss: 4.17, gradientNorm: Number.NaN })).not.toBeNull()
  expect(disagreement(own, { loss: 4.17, gradientNorm: null })).toBe('only one side has a gradient')
})

it('compares losses alone where nothing is trained', () => {
  expect(disagreement({ loss: 0.1, gradientNorm: null }, { loss: 0.1, gradientNorm: null })).toBeNull()
  expect(disagreement({ loss: 0, gradientNorm: null }, { loss: 0, gradientNorm: null })).toBeNull()
})
