import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { present } from '../../base/invariant'
import { float32Backend, float64Backend } from '../backend'
import { Tape } from '../tape'
import { relativeError, tolerances } from '../tolerances'
import { wasmBackend } from '../wasmBackend'

const tensorSchema = z.object({ dims: z.array(z.number()), values: z.array(z.number()) })
const names = ['embedding', 'hidden', 'hiddenBias', 'bias'] as const
const weightsSchema = z.object(Object.fromEntries(names.map((name) => [name, tensorSchema])))
const cases = z
  .array(
    z.object({
      name: z.string(),
      blank: z.boolean(),
      tokens: tensorSchema,
      target: tensorSchema,
      weights: weightsSchema,
      loss: z.number(),
      gradients: weightsSchema,
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('tied.json', import.meta.url), 'utf8')))

const backends = [
  ['reference, float64', float64Backend],
  ['reference, float32', float32Backend],
  ['simd', () => wasmBackend({ build: 'simd', wideTiles: false })],
  ['relaxed', () => wasmBackend({ build: 'relaxed', wideTiles: true })],
] as const

describe.each(backends)('weights that an embedding and an output share: %s', (_, makeBackend) => {
  const backend = makeBackend()

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, golden) => {
    const [T = 0, B = 0] = golden.tokens.dims
    const tape = new Tape(backend, { T, B })
    const weight = Object.fromEntries(
      names.map((name) => {
        const tensor = present(golden.weights[name], name)
        return [name, tape.floats(tensor.dims, tensor.values)]
      }),
    )
    const one = (op: string, inputs: (number | undefined)[], attributes = {}) =>
      present(
        tape.run(
          op,
          inputs.map((input) => present(input, op)),
          attributes,
        )[0],
        op,
      )
    const tokens = tape.integers(['T', 'B'], golden.tokens.values)
    const embedded = one('embedding', [tokens, weight.embedding], golden.blank ? { padding: 0 } : {})
    const sum = one('linear', [embedded, weight.hidden, weight.hiddenBias])
    const logits = one('linear', [one('activation', [sum], { kind: 'tanh' }), weight.embedding, weight.bias])
    const counted = golden.target.values.filter((target) => target >= 0).length
    const target = tape.integers(['T', 'B'], golden.target.values)
    const loss = one('crossEntropy', [logits, target, tape.floats([1], [1 / counted])])
    expect(relativeError(tape.read(loss), [golden.loss])).toBeLessThan(tolerances.forward)
    const gradients = tape.backward(new Map([[loss, one('one', [])]]), Object.values(weight))
    for (const name of names) {
      const gradient = tape.read(present(gradients.get(present(weight[name], name)), name))
      expect(relativeError(gradient, golden.gradients[name]?.values ?? []), name).toBeLessThan(tolerances.gradient)
    }
  })
})
