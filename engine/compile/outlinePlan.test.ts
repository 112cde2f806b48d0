import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareData } from '../data/prepare'
import { parseDocument } from '../document/parse'
import { compileModel } from './compile'
import { outlinePlan } from './outlinePlan'
import type { Plan } from './plan'

/** The plan of the sample that needs no file beside it. */
function samplePlan(): Plan {
  const parsed = parseDocument(readFileSync(join('samples', 'adding.unroll'), 'utf8'))
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  const prepared = prepareData(parsed.value.data, null)
  if (!prepared.ok) throw new Error(prepared.problems[0]?.message)
  const { summary } = prepared.value
  const plan = compileModel(parsed.value, 'lstm', summary, { mode: 'train', rows: 16, steps: summary.maximumSteps })
  if (!plan.ok) throw new Error(plan.problems[0]?.message)
  return plan.value
}

describe('outline of a plan', () => {
  const plan = samplePlan()
  const outline = outlinePlan(plan)
  const lines = outline.groups.flatMap((group) => group.lines)

  it('holds every instruction once, in the order in which they run', () => {
    expect(lines.map(({ index }) => index)).toEqual(plan.program.instructions.map((_, index) => index))
    expect(lines.map(({ op }) => op)).toEqual(plan.program.instructions.map(({ op }) => op))
    for (const { node, phase, lines: held } of outline.groups) {
      for (const { index } of held) expect(plan.program.instructions[index]).toMatchObject({ node, phase })
    }
  })

  it('tells every weight once, with its node', () => {
    const weights = outline.groups.flatMap(({ node, weights: own }) => own.map(({ id }) => `${node} ${id}`))
    expect(weights.sort()).toEqual(plan.program.parameters.map(({ node, value }) => `${node} ${value}`).sort())
  })

  it('counts memory at the largest sizes, where the plan has it', () => {
    for (const line of lines) {
      for (const { id, bytes, place } of line.results) {
        const location = plan.locations[id]
        expect(bytes).toBe((location?.size ?? 0) * 4)
        expect(place?.byte).toBe((location?.offset ?? 0) * 4)
      }
    }
    expect(outline.bytes.arena).toBe(plan.sizes.arena * 4)
    const scratch = plan.scratch.reduce((sum, { offset, size }) => sum + (offset < 0 ? 0 : size), 0)
    expect(lines.reduce((sum, line) => sum + line.scratchBytes, 0)).toBe(scratch * 4)
  })

  it('names values as seen from their node', () => {
    const lstm = outline.groups.find(({ node, phase }) => node === 'lstm' && phase === 'forward')
    expect(lstm?.weights.map(({ name }) => name)).toContain('weight_hh_l0')
    expect(lstm?.lines[0]?.results.map(({ name }) => name)).toEqual(['out', 'gates', 'cells'])
  })
})
