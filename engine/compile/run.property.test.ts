import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RandomGraph } from '../testing/growGraph'
import { validGraphs } from '../testing/randomGraph'
import { runPlan, spreadOut } from '../testing/runPlan'
import { compileModel } from './compile'
import type { Plan } from './plan'

/** Settled, so that no run meets a kink of ReLU by chance: a failure here is a failure. */
const SEED = 20_260

const SIZES = { rows: 3, steps: 4 }

function planOf({ document, model, summary }: RandomGraph, mode: 'train' | 'predict'): Plan {
  const result = compileModel(document, model, summary, { mode, ...SIZES })
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

describe('any compiled graph, run on the reference kernels', () => {
  test('has the gradient that central differences measure', () => {
    fc.assert(
      fc.property(validGraphs, fc.nat(999), (graph, seed) => {
        const plan = planOf(graph, 'train')
        const at = (along: number) => runPlan(plan, graph.summary, { ...SIZES, seed, precision: 'float64', along })
        const { slope, gradients, loss } = at(0)
        const scale = gradients
          .flat()
          .reduce((most, value) => Math.max(most, Math.abs(value)), Math.max(1, Math.abs(loss)))
        const errorAt = (step: number) => Math.abs((at(step).loss - at(-step).loss) / (2 * step) - slope) / scale
        // Some graphs bend so sharply that only short steps measure their slope; a wrong rule is wrong at every step.
        expect([1e-6, 1e-7, 1e-8].some((step) => errorAt(step) < 1e-6)).toBe(true)
      }),
      { numRuns: 100, seed: SEED },
    )
  })

  test('gives the same digits when nothing shares memory, in small batches too', () => {
    fc.assert(
      fc.property(validGraphs, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), (graph, rows, steps) => {
        for (const mode of ['train', 'predict'] as const) {
          const plan = planOf(graph, mode)
          const options = { rows, steps, seed: 5, precision: 'float32' } as const
          const run = runPlan(plan, graph.summary, options)
          expect(run).toEqual(runPlan(spreadOut(plan), graph.summary, options))
          expect(
            [run.loss, ...run.gradients.flat(), ...Object.values(run.predictions).flat()].every(Number.isFinite),
          ).toBe(true)
        }
      }),
      { numRuns: 100, seed: SEED },
    )
  })

  test('does not change a digit for telemetry', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const plan = planOf(graph, 'train')
        const options = { ...SIZES, seed: 7, precision: 'float32' } as const
        const { probes, ...watched } = runPlan(plan, graph.summary, options)
        const { probes: none, ...quiet } = runPlan(plan, graph.summary, { ...options, probes: false })
        expect(quiet).toEqual(watched)
        expect(none).toEqual([])
        for (const rows of probes) for (const value of rows) expect(Number.isFinite(value)).toBe(true)
      }),
      { numRuns: 50, seed: SEED },
    )
  })

  test('predicts what training computes, where nothing is left to chance', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const plan = planOf(graph, 'train')
        fc.pre(plan.program.feeds.randomSeed === undefined)
        const options = { ...SIZES, seed: 9, precision: 'float32' } as const
        const train = runPlan(plan, graph.summary, options)
        const predict = runPlan(planOf(graph, 'predict'), graph.summary, options)
        // A decoder that predicts reads its own symbols; its loss is that with the right ones shown.
        if (graph.summary.target.kind !== 'sequence') expect(predict.predictions).toEqual(train.predictions)
        expect(predict.loss).toBe(train.loss)
      }),
      { numRuns: 50, seed: SEED },
    )
  })
})
