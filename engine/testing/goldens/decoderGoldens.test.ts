import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { present } from '../../base/invariant'
import { compileModel } from '../../compile/compile'
import type { DataSummary } from '../../data/prepared'
import { referenceKernels } from '../../ops/referenceKernels'
import { bindPlan } from '../../runtime/bindPlan'
import { allocateFloat64Memory } from '../../runtime/memory'
import { chainOf } from '../graphs'
import { relativeError } from '../tolerances'
import { readGolden, tensorsSchema } from './goldenFiles'

const caseSchema = z.object({
  name: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  sources: z.array(z.array(z.number())),
  answers: z.array(z.array(z.number())),
  weights: tensorsSchema,
  loss: z.number(),
  gradients: tensorsSchema,
})

const cases = z.array(caseSchema).parse(readGolden('decoders.json'))
const START = 0

function summaryOf(steps: number): DataSummary {
  return {
    title: 'Pairs',
    sentence: '3 pairs',
    input: { kind: 'tokens', vocabulary: 5, unit: 'letter' },
    target: { kind: 'sequence', vocabulary: 6, unit: 'letter' },
    maximumSteps: steps,
    variableLength: true,
    stepWord: 'letter',
    examples: { training: 3, validation: 1, test: 1 },
    fingerprint: '',
  }
}

describe('encoder and decoder against PyTorch, in float64', () => {
  it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const { sources, answers } = golden
    const [rows, steps] = [sources.length, Math.max(...[...sources, ...answers].map((row) => row.length))]
    const document = chainOf({
      data: { type: 'dataset' },
      embedding: { type: 'embedding', settings: { size: 3 } },
      encoder: { type: 'gru', settings: { hidden: 4 } },
      decoder: { type: 'decoder', settings: golden.settings },
    })
    const model = present(document.models[0], 'one model').id
    const compiled = compileModel(document, model, summaryOf(steps), { mode: 'train', rows, steps })
    if (!compiled.ok) throw new Error(compiled.problems[0]?.message)
    const { program, sizes } = compiled.value
    const starts = { parameters: 0, gradients: sizes.parameters, feeds: 0, arena: 0 }
    const places = {
      ...starts,
      feeds: starts.gradients + sizes.gradients,
      arena: starts.gradients + sizes.gradients + sizes.feeds,
    }
    const { views } = allocateFloat64Memory(places.arena + sizes.arena)
    views.f.fill(Number.NaN, sizes.parameters)
    const binding = bindPlan(compiled.value, places, views, referenceKernels, rows, steps)

    expect(program.parameters.map(({ node, name }) => `${node}.${name}`).sort()).toEqual(
      Object.keys(golden.weights).sort(),
    )
    for (const { node, name, value, dims } of program.parameters) {
      const weight = present(golden.weights[`${node}.${name}`], `no golden ${name}`)
      expect(weight.dims).toEqual(dims)
      views.f.set(weight.values, binding.span(value).offset)
    }
    const timeMajor = (of: (row: number, t: number) => number): number[] =>
      Array.from({ length: steps * rows }, (_, cell) => of(cell % rows, Math.floor(cell / rows)))
    const feeds = {
      input: timeMajor((row, t) => sources[row]?.[t] ?? 0),
      lengths: sources.map((row) => row.length),
      target: timeMajor((row, t) => answers[row]?.[t] ?? -1),
      targetInput: timeMajor((row, t) => (t < (answers[row]?.length ?? 0) ? (answers[row]?.[t - 1] ?? START) : START)),
      targetLengths: answers.map((row) => row.length),
    }
    for (const [name, values] of Object.entries(feeds)) {
      const value = Object.entries(program.feeds).find(([feed]) => feed === name)?.[1]
      views.i.set(values, binding.span(present(value, `no feed ${name}`)).offset)
    }
    const counted = answers.reduce((sum, row) => sum + row.length, 0)
    views.f[binding.span(present(program.feeds.lossScale, 'a loss scale')).offset] = 1 / counted
    binding.run(true)

    expect(views.f[binding.span(program.loss).offset]).toBeCloseTo(golden.loss, 8)
    for (const { parameter, gradient } of program.gradients) {
      const { node, name } = present(
        program.parameters.find(({ value }) => value === parameter),
        'a parameter',
      )
      const { offset, size } = binding.span(gradient)
      const expected = present(golden.gradients[`${node}.${name}`], `no golden gradient of ${name}`).values
      expect(relativeError([...views.f.subarray(offset, offset + size)], expected), name).toBeLessThan(1e-7)
    }
  })
})
