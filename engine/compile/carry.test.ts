import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataDefinition } from '../document/dataSchema'
import { printProgram } from '../ir/print'
import type { RandomGraph } from '../testing/growGraph'
import { validGraphs } from '../testing/randomGraph'
import { runPlan } from '../testing/runPlan'
import { compileModel } from './compile'
import type { Plan } from './plan'

const SIZES = { rows: 3, steps: 4 }
const runningText: DataDefinition = {
  kind: 'nextSymbol',
  source: { kind: 'sample', name: 'none' },
  unit: 'letter',
  window: 4,
  minimumCount: 1,
  split: { training: 0.8, validation: 0.1 },
}

function planOf({ document, model, summary }: RandomGraph, carry: boolean, mode: 'train' | 'predict' = 'train'): Plan {
  const changed = { ...document, data: runningText, training: { ...document.training, carry } }
  const plan = compileModel(changed, model, summary, { mode, ...SIZES })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  return plan.value
}

describe('carried states', () => {
  it('change no number of any graph as long as nothing is remembered', () => {
    let carried = 0
    fc.assert(
      fc.property(validGraphs, (graph) => {
        for (const mode of ['train', 'predict'] as const) {
          const [carrying, without] = [planOf(graph, true, mode), planOf(graph, false, mode)]
          carried += carrying.program.carried?.length ?? 0
          expect(without.program.carried).toBeUndefined()
          const options = { ...SIZES, seed: 3, precision: 'float32' } as const
          expect(runPlan(carrying, graph.summary, options)).toEqual(runPlan(without, graph.summary, options))
        }
      }),
      { numRuns: 60, seed: 20_262 },
    )
    // Else the property says nothing.
    expect(carried).toBeGreaterThan(10)
  })

  it('begin where they are given, end where they can be read, and are printed', () => {
    const graphs = fc.sample(validGraphs, { numRuns: 60, seed: 20_262 })
    const plan = graphs.map((graph) => planOf(graph, true)).find(({ program }) => program.carried)
    const [state] = plan?.program.carried ?? []
    if (!plan || !state) throw new Error('no random graph remembers')
    expect(plan.locations[state.start]?.region).toBe('feeds')
    expect(plan.locations[state.end]?.region).toBe('arena')
    expect(printProgram(plan.program)).toContain(`state of ${state.node}: %${state.end} goes on as %${state.start}`)
    // The gradient is cut there.
    const start = plan.program.values[state.start]?.name ?? ''
    expect(plan.program.values.map(({ name }) => name)).not.toContain(`d.${start}`)
  })
})
