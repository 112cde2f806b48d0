import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { present } from '../../base/invariant'
import type { ValueId } from '../../ir/program'
import { type Backend, float32Backend, float64Backend } from '../backend'
import { Tape } from '../tape'
import { relativeError, tolerances } from '../tolerances'
import { wasmBackend } from '../wasmBackend'

const tensorSchema = z.object({ dims: z.array(z.number()), values: z.array(z.number()) })

const caseSchema = z.object({
  name: z.string(),
  op: z.string(),
  attributes: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  inputs: z.array(tensorSchema.nullable()),
  outputs: z.array(z.object({ place: z.number(), value: tensorSchema, gradient: tensorSchema })),
  gradients: z.array(tensorSchema.nullable()),
})

/** Where the op has its lengths, an i32 tensor. */
const lengthsAt = (op: string): number => (op === 'reverse' || op === 'maxOverTime' ? 1 : 5)

const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(new URL('recurrent.json', import.meta.url), 'utf8')))
  .map((one) => [one.name, one] as const)

const backends: [string, () => Backend][] = [
  ['reference, float32', float32Backend],
  ['reference, float64', float64Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
]

/** Every output and all gradients of the recurrent layers' variants, against PyTorch. */
describe.each(backends)('golden recurrent layers: %s', (_, makeBackend) => {
  const backend = makeBackend()

  it.each(cases)('%s', (_, { op, attributes, inputs, outputs, gradients }) => {
    const [T = 0, B = 0] = inputs[0]?.dims ?? []
    const tape = new Tape(backend, { B, T })
    const values = inputs.map((input, index) => {
      if (input === null) return null
      return index === lengthsAt(op) ? tape.integers(input.dims, input.values) : tape.floats(input.dims, input.values)
    })
    const made = tape.run(op, values, attributes)
    const seeds = new Map<ValueId, ValueId>()
    for (const { place, value, gradient } of outputs) {
      const output = present(made[place], `${op} has no output ${place}`)
      expect(relativeError(tape.read(output), value.values), `output ${place}`).toBeLessThan(tolerances.forward)
      seeds.set(output, tape.floats(gradient.dims, gradient.values))
    }
    const wanted = values.filter((value, index): value is ValueId => value !== null && gradients[index] !== null)
    const results = tape.backward(seeds, wanted)
    for (const [index, expected] of gradients.entries()) {
      if (expected === null) continue
      const gradient = results.get(present(values[index], `no input ${index}`))
      const found = tape.read(present(gradient, `input ${index} has no gradient`))
      expect(relativeError(found, expected.values), `gradient ${index}`).toBeLessThan(tolerances.gradient)
    }
  })
})
