import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scheduleSchema } from '../document/trainingSchema'
import { Plateau } from './plateau'

const caseSchema = z.object({
  schedule: scheduleSchema,
  learningRate: z.number(),
  losses: z.array(z.number()),
  rates: z.array(z.number()),
})
const file = new URL('../testing/goldens/plateaus.json', import.meta.url)
const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(file, 'utf8')))

describe('Plateau', () => {
  it.each(cases)('lowers the rate when PyTorch does: $schedule', ({ schedule, learningRate, losses, rates }) => {
    if (schedule.kind !== 'plateau') throw new Error('plateaus.json holds plateaus')
    const plateau = new Plateau(schedule)
    const actual = losses.map((loss) => {
      plateau.observe(loss, learningRate)
      return learningRate * plateau.state.factor
    })
    for (const [epoch, rate] of rates.entries()) {
      expect(Math.abs((actual[epoch] ?? 0) / rate - 1), `epoch ${epoch + 1}`).toBeLessThan(1e-9)
    }
  })
})
