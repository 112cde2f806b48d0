import { describe, expect, it } from 'vitest'
import { present } from '../../base/invariant'
import { type Backend, float32Backend, float64Backend } from '../../testing/backend'
import { Tape } from '../../testing/tape'
import { wasmBackend } from '../../testing/wasmBackend'

const [T, B, HEADS, WIDTH] = [5, 3, 2, 6]
const LENGTHS = [5, 0, 2]

function run(backend: Backend, causal: boolean, size: number) {
  const tape = new Tape(backend, { T, B })
  const dims = ['T', 'B', WIDTH] as const
  const values = (shift: number) => Array.from({ length: T * B * WIDTH }, (_, i) => size * Math.sin(i * 1.7 + shift))
  const inputs = [0, 1, 2].map((shift) => tape.floats(dims, values(shift)))
  const outputs = tape.run('attention', [...inputs, tape.integers(['B'], LENGTHS)], { heads: HEADS, causal })
  const [y = 0, weights = 0] = outputs
  const gradients = tape.backward(new Map([[y, tape.floats(dims, values(3))]]), inputs)
  return {
    y: tape.read(y),
    weights: tape.read(weights),
    gradients: inputs.map((input) => tape.read(present(gradients.get(input), 'no gradient'))),
  }
}

describe.each([
  ['reference, float32', float32Backend],
  ['reference, float64', float64Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
] as const)('attention, %s', (_, makeBackend) => {
  it.each([false, true])('an example with nothing to see gives 0 and not NaN, causal %s', (causal) => {
    const { y, weights, gradients } = run(makeBackend(), causal, 1)
    for (const values of [y, weights, ...gradients]) expect(values.every(Number.isFinite)).toBe(true)
    for (const values of [y, ...gradients]) {
      for (let t = 0; t < T; t++) {
        for (const [row, length] of LENGTHS.entries()) {
          const start = (t * B + row) * WIDTH
          if (t >= length) expect(values.slice(start, start + WIDTH).map(Math.abs)).toEqual(Array(WIDTH).fill(0))
        }
      }
    }
  })

  it.each([false, true])('weights add up to 1 over what is seen, causal %s', (causal) => {
    const { weights } = run(makeBackend(), causal, 1)
    for (let cell = 0; cell < B * HEADS * T; cell++) {
      const length = LENGTHS[Math.floor(cell / (HEADS * T))] ?? 0
      const t = cell % T
      const visible = t >= length ? 0 : causal ? t + 1 : length
      const row = weights.slice(cell * T, (cell + 1) * T)
      expect(row.slice(visible).every((weight) => weight === 0)).toBe(true)
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(visible === 0 ? 0 : 1, 5)
    }
  })

  it('stays finite when scores are huge', () => {
    const { y, weights, gradients } = run(makeBackend(), false, 1e6)
    for (const values of [y, weights, ...gradients]) expect(values.every(Number.isFinite)).toBe(true)
  })
})
