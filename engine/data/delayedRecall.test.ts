import { describe, expect, it } from 'vitest'
import type { GeneratorData } from '../document/dataSchema'
import { encodeText } from './encodeInput'
import { prepareData } from './prepare'
import type { PreparedData } from './prepared'

const recall: GeneratorData = {
  kind: 'generator',
  generator: 'recall',
  length: 20,
  examples: 2000,
  split: { training: 0.6, validation: 0.2 },
}

function prepared(changes: Partial<GeneratorData> = {}): PreparedData {
  const result = prepareData({ ...recall, ...changes }, null)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** An example as a person reads it. */
function textOf(data: PreparedData, example: number): string {
  const { training } = data.splits
  const steps = data.summary.maximumSteps
  const tokens = training.tokens?.slice(example * steps, (example + 1) * steps) ?? new Int32Array(0)
  return Array.from(tokens, (token) => data.vocabulary?.[token] ?? '').join('')
}

describe('delayed recall', () => {
  it('shows a capital letter first, small letters between, a question mark last, and asks for the capital', () => {
    const data = prepared()
    expect(data.summary).toMatchObject({
      title: 'Delayed recall',
      sentence: '2\u00a0000 examples × 20 letters, 8 answers',
      target: { kind: 'class', classes: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] },
      input: { kind: 'tokens', vocabulary: 18, unit: 'letter' },
      examples: { training: 1200, validation: 400, test: 400 },
    })
    for (let example = 0; example < data.splits.training.count; example++) {
      const text = textOf(data, example)
      expect(text).toMatch(/^[A-H][a-h]{18}\?$/)
      expect(text.charCodeAt(0) - 65).toBe(data.splits.training.targetTokens?.[example])
    }
  })

  it('has the known loss of guessing among equal answers: ln 8, right for one of eight', () => {
    const { baselines } = prepared({ examples: 40_000, length: 3 })
    expect(baselines.map(({ name }) => name)).toEqual([expect.stringMatching(/^always “[A-H]”$/)])
    expect(baselines[0]?.loss.test).toBeCloseTo(Math.log(8), 2)
    expect(baselines[0]?.metric.test).toBeCloseTo(1 / 8, 1)
  })

  it('lets the letters to remember be chosen, down to two and up to all', () => {
    const few = prepared({ choices: 2 })
    expect(few.summary.target).toEqual({ kind: 'class', classes: ['A', 'B'] })
    expect(few.baselines[0]?.loss.test).toBeCloseTo(Math.log(2), 1)
    expect(prepared({ choices: 26 }).summary.target).toMatchObject({ classes: expect.arrayContaining(['A', 'Z']) })
    expect(few.summary.fingerprint).not.toBe(prepared().summary.fingerprint)
  })

  it('makes the same examples whatever their number, and the shortest ones', () => {
    const [few, many] = [prepared({ examples: 10, length: 2 }), prepared({ examples: 100, length: 2 })]
    expect(textOf(few, 0)).toMatch(/^[A-H]\?$/)
    expect(many.splits.training.tokens?.slice(0, 12)).toEqual(few.splits.training.tokens)
  })

  it('reads what somebody types as its own letters, and keeps the first when it is too long', () => {
    const data = prepared({ length: 5 })
    const encoded = encodeText({ ...recall, length: 5 }, data, 'Cab?')
    if (!encoded.ok) throw new Error(encoded.problems[0]?.message)
    expect(Array.from(encoded.value, (token) => data.vocabulary?.[token])).toEqual(['C', 'a', 'b', '?'])
  })

  it('refuses more than memory holds, and empty parts', () => {
    const refused = (changes: Partial<GeneratorData>) => prepareData({ ...recall, ...changes }, null)
    expect(refused({ examples: 1_000_000, length: 10_000 }).problems[0]?.message).toContain('40.0 GB of memory')
    expect(refused({ split: { training: 1, validation: 0 } }).ok).toBe(false)
  })
})
