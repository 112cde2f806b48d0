import { describe, expect, it } from 'vitest'
import { present } from '../base/invariant'
import { dataOf, samples } from '../testing/smallSamples'
import { float32Reference, openTestSession } from '../testing/testSession'
import { captureStep } from './captureStep'

const ROWS = 3

describe('a dumped step of every sample', () => {
  it.each(samples)('has every tensor that another framework needs: $name', ({ document, model }) => {
    const data = dataOf(document)
    const session = openTestSession(document, data, float32Reference, model)
    const { tensors, metadata } = captureStep(session, document.training)
    const graph = present(
      document.models.find(({ id }) => id === model),
      'the model of the sample',
    )
    const { parameters, heads, instructions } = session.pool.local.spec.predict.program
    const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]))

    for (const { node, name, dims } of parameters) {
      expect(Object.keys(graph.nodes), `${node} is a node of the document`).toContain(node)
      for (const prefix of ['param', 'grad', 'after']) expect(shapes[`${prefix}.${node}.${name}`]).toEqual(dims)
    }
    expect(parameters.length).toBeGreaterThan(0)
    for (const { node } of heads) {
      expect(shapes[`output.${node}`]?.[0]).toBe(ROWS)
      expect(JSON.parse(metadata[`loss.${node}`] ?? 'null')).toMatchObject({ op: expect.any(String), weight: 1 })
    }
    const [rows, steps] = shapes['batch.input'] ?? []
    expect(rows).toBe(ROWS)
    expect(steps).toBeLessThanOrEqual(data.summary.maximumSteps)
    expect([shapes['batch.lengths'], shapes['batch.target']?.[0], shapes.loss]).toEqual([[ROWS], ROWS, [1]])

    const speaks = data.summary.target.kind === 'sequence'
    expect([shapes['batch.targetInput'], shapes['batch.targetLengths']]).toEqual(
      speaks ? [[ROWS, steps], [ROWS]] : [undefined, undefined],
    )

    // One mask for each dropout; each says what was hidden and how much the rest was enlarged.
    const { train } = session.pool.local.spec
    const dropouts =
      train?.program.instructions.filter(({ attributes, phase }) => 'rate' in attributes && phase === 'forward') ?? []
    const masks = Object.keys(tensors).filter((name) => name.startsWith('mask.'))
    expect(masks).toHaveLength(dropouts.length)
    expect(instructions.filter(({ op }) => op === 'dropout')).toEqual([])
    for (const name of masks) expect(new Set(tensors[name]?.data).size, name).toBeLessThanOrEqual(2)

    const promised =
      /^(batch\.(input|lengths|target|targetInput|targetLengths)|(param|grad|after|output|mask|chosen)\..+|loss)$/
    expect(Object.keys(tensors).filter((name) => !promised.test(name))).toEqual([])
    expect(metadata).toMatchObject({ seed: String(document.training.seed), optimizer: document.training.optimizer })
    expect(Number(metadata.learningRate)).toBeGreaterThan(0)
  })
})
