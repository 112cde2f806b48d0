import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scheduleSchema } from '../document/trainingSchema'
import { scheduleFactor } from './schedule'

const caseSchema = z.object({
  schedule: scheduleSchema,
  totalSteps: z.number(),
  stepsPerEpoch: z.number(),
  factors: z.array(z.number()),
})
const file = new URL('../testing/goldens/schedules.json', import.meta.url)
const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(file, 'utf8')))

describe('scheduleFactor', () => {
  it.each(cases)('$schedule over $totalSteps steps as in PyTorch', ({ schedule, factors, ...length }) => {
    expect(factors).toHaveLength(length.totalSteps)
    for (const [done, expected] of factors.entries()) {
      expect(scheduleFactor(schedule, done, length), `step ${done + 1}`).toBeCloseTo(expected, 9)
    }
  })

  it('is a share of the learning rate in runs of any length', () => {
    const schedules = cases.map(({ schedule }) => schedule)
    for (const schedule of [...schedules, { kind: 'cosine' as const, warmup: 1 }]) {
      for (const totalSteps of [1, 2, 3, 4, 10]) {
        for (let done = 0; done < totalSteps; done++) {
          const factor = scheduleFactor(schedule, done, { totalSteps, stepsPerEpoch: 2 })
          expect(factor, `${schedule.kind}, ${done} of ${totalSteps}`).toBeGreaterThan(0)
          expect(factor).toBeLessThanOrEqual(1)
        }
      }
    }
  })
})
