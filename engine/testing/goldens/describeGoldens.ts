import { describe, expect, it } from 'vitest'
import { present } from '../../base/invariant'
import type { Dim, ValueId } from '../../ir/program'
import type { Backend } from '../backend'
import { Tape } from '../tape'
import { relativeError, tolerances } from '../tolerances'
import { type GoldenLayer, goldenLayers, goldenModels } from './goldenFiles'
import { trainGolden } from './trainGolden'

/** Holds a set of kernels against PyTorch: every layer's output and gradients, and ten training losses of every model. */
export function describeGoldens(name: string, makeBackend: () => Backend): void {
  describe(`golden values: ${name}`, () => {
    const backend = makeBackend()

    it.each(goldenLayers().map((layer) => [layer.name, layer] as const))('%s', (_, layer) => {
      const { output, gradients } = runLayer(backend, layer)
      expect(relativeError(output, layer.output.values)).toBeLessThan(tolerances.forward)
      for (const [index, expected] of layer.gradients.entries()) {
        const gradient = gradients[index] ?? null
        expect(gradient === null, `input ${index} has no gradient`).toBe(expected === null)
        if (gradient && expected) {
          expect(relativeError(gradient, expected.values), `gradient ${index}`).toBeLessThan(tolerances.gradient)
        }
      }
    })

    const runs = goldenModels().flatMap((model) =>
      model.runs.map((run) => [`${model.name}, ${run.optimizer}, clip ${run.clipNorm}`, model, run] as const),
    )
    it.each(runs)('ten steps of %s', (_, model, run) => {
      const { losses, firstGradients } = trainGolden(backend, model, run)
      expect(relativeError(losses, run.losses)).toBeLessThan(tolerances.forward)
      for (const [parameter, expected] of Object.entries(model.firstGradients)) {
        const gradient = firstGradients[parameter] ?? []
        expect(relativeError(gradient, expected.values), parameter).toBeLessThan(tolerances.gradient)
      }
    })
  })
}

const INTEGER_INPUTS: Readonly<Record<string, readonly number[]>> = {
  attention: [3],
  embedding: [0],
  crossEntropy: [1],
  binaryCrossEntropy: [1],
  rnn: [5],
  lstm: [5],
  gru: [5],
}

function runLayer(backend: Backend, layer: GoldenLayer): { output: number[]; gradients: (number[] | null)[] } {
  const tape = new Tape(backend, { B: 0, T: 0 })
  const inputs = layer.inputs.map((input, index) => {
    if (input === null) return null
    const dims: readonly Dim[] = input.dims
    const isInteger = INTEGER_INPUTS[layer.op]?.includes(index) === true
    return isInteger ? tape.integers(dims, input.values) : tape.floats(dims, input.values)
  })
  const output = present(tape.run(layer.op, inputs, layer.attributes)[0], 'no output')
  const seed = tape.floats(layer.dOutput.dims, layer.dOutput.values)
  const wanted = inputs.filter((input, index): input is ValueId => input !== null && layer.gradients[index] !== null)
  const results = tape.backward(new Map([[output, seed]]), wanted)
  const gradients = inputs.map((input) => {
    const gradient = input === null || !wanted.includes(input) ? undefined : results.get(input)
    return gradient === undefined ? null : tape.read(gradient)
  })
  return { output: tape.read(output), gradients }
}
