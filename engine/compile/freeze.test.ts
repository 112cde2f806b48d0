import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { present } from '../base/invariant'
import { prepareData } from '../data/prepare'
import type { DataSummary } from '../data/prepared'
import { applyEdits } from '../document/applyEdit'
import type { UnrollDocument } from '../document/schema'
import { validGraphs } from '../testing/randomGraph'
import { runPlan } from '../testing/runPlan'
import { chain, smallDocument } from '../testing/smallDocument'
import { analyseModel } from './analyse'
import { compileModel } from './compile'
import { isFrozen } from './freeze'
import type { Plan } from './plan'

const SIZES = { rows: 3, steps: 4 }

function freeze(document: UnrollDocument, nodes: readonly string[]): UnrollDocument {
  const [model] = document.models
  const edits = nodes.map((node) => ({ kind: 'setFrozen' as const, model: model?.id ?? '', node, frozen: true }))
  return applyEdits(document, edits)
}

/** Gradient of every parameter by "node.name". */
function gradientsOf(plan: Plan, summary: DataSummary): Record<string, number[]> {
  const { gradients } = runPlan(plan, summary, { ...SIZES, seed: 3, precision: 'float32' })
  const { parameters, gradients: pairs } = plan.program
  return Object.fromEntries(
    pairs.map(({ parameter }, index) => {
      const { node, name } = present(
        parameters.find(({ value }) => value === parameter),
        'a gradient of a parameter',
      )
      return [`${node}.${name}`, present(gradients[index], 'a gradient')]
    }),
  )
}

/** Two LSTMs and a Dense one after another, over the adding problem. */
function twoLayers(): { document: UnrollDocument; summary: DataSummary } {
  const model = chain('two', [
    ['first', { type: 'lstm', settings: { hidden: 5 } }],
    ['second', { type: 'lstm', settings: { hidden: 4 } }],
    ['last', { type: 'lastStep', settings: {} }],
    ['out', { type: 'dense', settings: { size: null, activation: 'none' } }],
    ['answer', { type: 'forecast', settings: {} }],
  ])
  const document = { ...smallDocument(), models: [model] }
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return { document, summary: data.value.summary }
}

function planOf(document: UnrollDocument, summary: DataSummary, mode: 'train' | 'predict' = 'train'): Plan {
  const plan = compileModel(document, document.models[0]?.id ?? '', summary, { mode, ...SIZES })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  return plan.value
}

const opsOf = ({ program }: Plan) => program.instructions.map(({ op, node }) => `${node}: ${op}`)

describe('frozen nodes', () => {
  it('change no gradient of the others, in any graph', () => {
    fc.assert(
      fc.property(validGraphs, fc.nat(1), ({ document, model, summary }, parity) => {
        const graph = document.models.find(({ id }) => id === model)
        const whole = planOf({ ...document, models: graph ? [graph] : [] }, summary)
        const nodes = [...new Set(whole.program.parameters.map(({ node }) => node))]
        const frozen = nodes.filter((_, index) => index % 2 === parity)
        fc.pre(frozen.length < nodes.length)
        const plan = planOf(freeze({ ...document, models: graph ? [graph] : [] }, frozen), summary)
        const all = gradientsOf(whole, summary)
        const kept = Object.entries(all).filter(([name]) => !frozen.includes(name.slice(0, name.indexOf('.'))))
        expect(gradientsOf(plan, summary)).toEqual(Object.fromEntries(kept))
        expect(plan.sizes.parameters).toBe(whole.sizes.parameters)
      }),
      { numRuns: 60, seed: 20_261 },
    )
  })

  it('have nothing computed for them backwards that nobody else needs', () => {
    const { document, summary } = twoLayers()
    const below = opsOf(planOf(freeze(document, ['first']), summary))
    expect(below).not.toContain('first: lstmGradient')
    expect(below).toContain('second: lstmGradient')
    const above = planOf(freeze(document, ['second', 'out']), summary)
    expect(opsOf(above)).not.toContain('out: linearWeightGradient')
    const through = above.program.instructions.find(({ op, node }) => node === 'second' && op === 'lstmGradient')
    // What is below learns through it, but its own weights' products are not made.
    expect(through?.attributes).toMatchObject({ inputGradient: true, weightGradient: false })
  })

  it('come after the others in the block of weights, in training and prediction alike', () => {
    const { document, summary } = twoLayers()
    const frozen = freeze(document, ['first'])
    const plans = (['train', 'predict'] as const).map((mode) => planOf(frozen, summary, mode))
    const layouts = plans.map(({ program, locations }) =>
      program.parameters.map(({ node, name, value }) => [node, name, locations[value]?.offset]),
    )
    expect(layouts[0]).toEqual(layouts[1])
    expect(layouts[0]?.slice(-4).map(([node]) => node)).toEqual(Array(4).fill('first'))
    expect(plans[0]?.sizes.gradients).toBeLessThan(plans[0]?.sizes.parameters ?? 0)
  })

  it('are frozen with the frame that holds them', () => {
    const { models } = smallDocument()
    const model = structuredClone(present(models[0], 'a model'))
    Object.assign(model.nodes, { frame: { type: 'stack', settings: {}, frozen: true } })
    Object.assign(model.nodes.memory ?? {}, { parent: 'frame' })
    expect([isFrozen(model, 'memory'), isFrozen(model, 'out'), isFrozen(model, 'nowhere')]).toEqual([
      true,
      false,
      false,
    ])
    // A file may hold anything, a frame within itself too.
    Object.assign(model.nodes.frame ?? {}, { frozen: false, parent: 'frame' })
    expect(isFrozen(model, 'memory')).toBe(false)
  })

  it('cannot be all of them: there is a problem whose fix lets them learn', () => {
    const { document, summary } = twoLayers()
    const all = freeze(document, ['first', 'second', 'out'])
    const { problems, nodes } = analyseModel(all, 'two', summary)
    expect(nodes.first?.description).toBe('5 memory cells, frozen')
    expect(nodes.last?.description).not.toContain('frozen')
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['model.allFrozen', 'error']])
    expect(compileModel(all, 'two', summary, { mode: 'train', ...SIZES }).problems).toEqual(problems)
    expect(compileModel(all, 'two', summary, { mode: 'predict', ...SIZES }).ok).toBe(true)
    const mended = applyEdits(all, problems[0]?.fix?.edits ?? [])
    expect(mended).toEqual(document)
    expect(analyseModel(mended, 'two', summary).problems).toEqual([])
  })
})
