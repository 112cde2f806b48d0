import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { present } from '../base/invariant'
import { applyEdits } from '../document/applyEdit'
import { documentSchema } from '../document/schema'
import { verifyProgram } from '../ir/verify'
import { ops } from '../ops/index'
import { brokenGraphs } from '../testing/brokenGraph'
import { drawFrom } from '../testing/draw'
import type { RandomGraph } from '../testing/growGraph'
import { shuffleKeys, validGraphs } from '../testing/randomGraph'
import { analyseModel } from './analyse'
import { checkMemoryPlan } from './checkMemoryPlan'
import { type CompileOptions, compileModel } from './compile'
import { parameterCount, programFlops } from './cost'
import type { Plan } from './plan'
import { printPlan } from './printPlan'

const TRAIN: CompileOptions = { mode: 'train', rows: 3, steps: 5 }
const PREDICT: CompileOptions = { mode: 'predict', rows: 3, steps: 5 }

function planOf({ document, model, summary }: RandomGraph, options: CompileOptions): Plan {
  const result = compileModel(document, model, summary, options)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}

describe('any graph that is put together rightly', () => {
  test('compiles, verifies after every pass, and its memory plan holds', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const passes: string[] = []
        for (const options of [TRAIN, PREDICT]) {
          const result = compileModel(graph.document, graph.model, graph.summary, options, (pass, program) => {
            passes.push(pass)
            verifyProgram(program, ops, { gradients: pass !== 'lower' && options.mode === 'train' })
          })
          expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([])
          if (result.ok) checkMemoryPlan(result.value)
        }
        expect(passes).toEqual(['lower', 'gradients', 'prune', 'lower', 'prune'])
      }),
      { numRuns: 150 },
    )
  })

  test('prints the same plan whatever the order of keys in the file', () => {
    fc.assert(
      fc.property(validGraphs, fc.array(fc.nat(9999), { minLength: 5, maxLength: 30 }), (graph, numbers) => {
        const shuffled = shuffleKeys(graph, drawFrom(numbers))
        expect(printPlan(planOf(shuffled, TRAIN))).toBe(printPlan(planOf(graph, TRAIN)))
        expect(analyseModel(shuffled.document, graph.model, graph.summary)).toEqual(
          analyseModel(graph.document, graph.model, graph.summary),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('has one parameter block for training and prediction, and a gradient for every weight', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const train = planOf(graph, TRAIN)
        const predict = planOf(graph, PREDICT)
        const block = ({ program, locations, sizes }: Plan) => ({
          size: sizes.parameters,
          entries: program.parameters.map(({ value, ...parameter }) => ({ ...parameter, at: locations[value] })),
        })
        expect(block(predict)).toEqual(block(train))
        expect(train.program.gradients.length).toBe(train.program.parameters.length)
        expect(predict.program.gradients).toEqual([])
        expect(predict.program.instructions.every(({ phase }) => phase === 'forward')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('has as many weights and operations as the analysis says', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const analysis = analyseModel(graph.document, graph.model, graph.summary)
        const steps = graph.summary.maximumSteps
        const { program } = planOf(graph, { mode: 'predict', rows: 1, steps })
        expect(analysis.parameters).toBe(parameterCount(program))
        expect(analysis.flopsPerExample).toBe(programFlops(program, { rows: 1, steps }))
      }),
      { numRuns: 60 },
    )
  })

  test('survives structuredClone, as plans go to worker threads', () => {
    fc.assert(
      fc.property(validGraphs, (graph) => {
        const plan = planOf(graph, TRAIN)
        expect(structuredClone(plan)).toEqual(plan)
      }),
      { numRuns: 20 },
    )
  })
})

describe('any graph that a careless hand leaves', () => {
  test('gives problems, never an exception, and training is refused exactly when there is an error', () => {
    fc.assert(
      fc.property(brokenGraphs, ({ document, model, summary }) => {
        const unread = analyseModel(document, model, null)
        const analysis = analyseModel(document, model, summary)
        const result = compileModel(document, model, summary, TRAIN)
        const refused = analysis.problems.some(({ severity }) => severity === 'error')
        expect(result.ok).toBe(!refused)
        expect(result.problems).toEqual(analysis.problems)
        for (const { message, code } of [...analysis.problems, ...unread.problems]) {
          expect(message).toMatch(/^\S.*[.]$/)
          expect(code).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('offers only fixes that can be taken, each of which mends what it belongs to', () => {
    fc.assert(
      fc.property(brokenGraphs, ({ document, model, summary }) => {
        for (const problem of analyseModel(document, model, summary).problems) {
          if (!problem.fix) continue
          const mended = applyEdits(document, problem.fix.edits)
          expect(documentSchema.safeParse(mended).success).toBe(true)
          // Two nodes may feed each other in more than one way: then one fix is needed for each.
          if (problem.code === 'graph.cycle') continue
          const left = analyseModel(mended, model, summary).problems
          expect(left.map(({ message, place }) => ({ message, place }))).not.toContainEqual({
            message: problem.message,
            place: problem.place,
          })
        }
      }),
      { numRuns: 150 },
    )
  })

  test('comes to an end when the first fix is taken again and again', () => {
    fc.assert(
      fc.property(brokenGraphs, ({ document, model, summary }) => {
        let now = document
        for (let taken = 0; ; taken++) {
          const fix = analyseModel(now, model, summary).problems.find((problem) => problem.fix)?.fix
          if (!fix) break
          expect(taken).toBeLessThan(80)
          now = applyEdits(now, present(fix, 'found above').edits)
        }
      }),
      { numRuns: 100 },
    )
  })
})
