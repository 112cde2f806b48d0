import { describe, expect, it } from 'vitest'
import { float32Backend, float64Backend } from '../backend'
import { weather } from '../graphs'
import { runNode } from '../runNode'
import { relativeError, tolerances } from '../tolerances'
import { wasmBackend } from '../wasmBackend'
import { type GoldenNode, goldenNodes } from './goldenFiles'

const backends = [
  ['reference, float64', float64Backend],
  ['reference, float32', float32Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
] as const

describe.each(backends)('nodes against PyTorch: %s', (_, makeBackend) => {
  const backend = makeBackend()

  it.each(goldenNodes().map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    const [time = 0, rows = 0, features = 0] = golden.input.dims
    const { output, gradients, parameters } = runNode(
      golden.type,
      {
        data: { ...weather, maximumSteps: time },
        settings: golden.settings,
        input: { kind: 'sequence', features },
      },
      {
        time,
        rows,
        lengths: golden.lengths,
        inputs: { in: golden.input.values },
        weights: Object.fromEntries(Object.entries(golden.weights).map(([name, { values }]) => [name, values])),
        dOutput: golden.dOutput.values,
      },
      backend,
    )
    expect(relativeError(withinLengths(golden, output), golden.output.values)).toBeLessThan(tolerances.forward)
    const dims = Object.entries(golden.weights).map(([name, weight]) => [name, weight.dims])
    expect(parameters).toEqual(Object.fromEntries(dims))
    expect(Object.keys(gradients).sort()).toEqual(Object.keys(golden.gradients).sort())
    for (const [name, expected] of Object.entries(golden.gradients)) {
      expect(relativeError(gradients[name] ?? [], expected.values), name).toBeLessThan(tolerances.gradient)
    }
  })
})

/** What stands past an example's length is nobody's concern, in PyTorch neither. */
function withinLengths({ input, lengths }: GoldenNode, values: readonly number[]): number[] {
  const [, rows = 0, features = 0] = input.dims
  return values.map((value, element) => {
    const cell = Math.floor(element / features)
    return Math.floor(cell / rows) < (lengths[cell % rows] ?? 0) ? value : 0
  })
}
