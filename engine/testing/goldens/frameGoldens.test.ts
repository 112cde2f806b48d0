import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Backend, float32Backend, float64Backend } from '../backend'
import { runFrame } from '../runFrame'
import { relativeError, tolerances } from '../tolerances'
import { wasmBackend } from '../wasmBackend'

const tensorSchema = z.object({ dims: z.array(z.number()), values: z.array(z.number()) })
const tensorsSchema = z.record(z.string(), tensorSchema)

const caseSchema = z.object({
  name: z.string(),
  nodes: z.record(
    z.string(),
    z.object({ type: z.string(), settings: z.record(z.string(), z.unknown()), parent: z.string().optional() }),
  ),
  wires: z.array(z.string()),
  lengths: z.array(z.number()),
  input: tensorSchema,
  weights: tensorsSchema,
  output: tensorSchema,
  dOutput: tensorSchema,
  gradients: tensorsSchema,
})

const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(new URL('frames.json', import.meta.url), 'utf8')))
  .map(({ nodes, ...one }) => {
    const held = Object.entries(nodes).map(([id, { parent, ...node }]) => [id, parent ? { ...node, parent } : node])
    return [one.name, { ...one, nodes: Object.fromEntries(held) }] as const
  })

const backends: [string, () => Backend][] = [
  ['reference, float32', float32Backend],
  ['reference, float64', float64Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
]

/** Frames as the compiler lays them out, against PyTorch's num_layers and bidirectional, and against layers put together there. */
describe.each(backends)('golden frames: %s', (_, makeBackend) => {
  const backend = makeBackend()

  it.each(cases)('%s', (_, golden) => {
    const { output, gradients, parameters } = runFrame(golden, backend)
    const [, rows = 0, width = 0] = golden.output.dims
    const valid = (_: number, index: number): boolean => {
      const cell = Math.floor(index / width)
      return Math.floor(cell / rows) < (golden.lengths[cell % rows] ?? 0)
    }
    const expected = golden.output.values.filter(valid)
    expect(relativeError(output.filter(valid), expected), 'output').toBeLessThan(tolerances.forward)
    expect(Object.keys(parameters).sort()).toEqual(Object.keys(golden.weights).sort())
    for (const [name, gradient] of Object.entries(golden.gradients)) {
      const found = gradients[name] ?? []
      expect(relativeError(found, gradient.values), `gradient of ${name}`).toBeLessThan(tolerances.gradient)
    }
  })
})
