import { describe, expect, it } from 'vitest'
import { float32Backend, float64Backend } from '../backend'
import { weather } from '../graphs'
import { runNode } from '../runNode'
import { relativeError, tolerances } from '../tolerances'
import { wasmBackend } from '../wasmBackend'
import { type GoldenNode, type GoldenTensor, goldenNodes } from './goldenFiles'

const backends = [
  ['reference, float64', float64Backend],
  ['reference, float32', float32Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
] as const

describe.each(backends)('nodes against PyTorch: %s', (_, makeBackend) => {
  const backend = makeBackend()

  it.each(goldenNodes().map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    const [time = 0, rows = 0] = golden.inputs.in?.dims ?? []
    const shapeOf = ({ dims }: GoldenTensor) => ({ kind: 'sequence' as const, features: dims[2] ?? 0 })
    const { output, gradients, parameters } = runNode(
      golden.type,
      {
        data: { ...weather, maximumSteps: time },
        settings: golden.settings,
        inputs: Object.fromEntries(Object.entries(golden.inputs).map(([port, tensor]) => [port, shapeOf(tensor)])),
      },
      {
        time,
        rows,
        lengths: golden.lengths,
        inputs: valuesOf(golden.inputs),
        weights: valuesOf(golden.weights),
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

function valuesOf(tensors: Readonly<Record<string, GoldenTensor>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]))
}

/** What stands past an example's length is nobody's concern, in PyTorch neither. */
function withinLengths({ output, lengths }: GoldenNode, values: readonly number[]): number[] {
  if (output.dims.length < 3) return [...values]
  const [, rows = 0, features = 0] = output.dims
  return values.map((value, element) => {
    const cell = Math.floor(element / features)
    return Math.floor(cell / rows) < (lengths[cell % rows] ?? 0) ? value : 0
  })
}
