import { describe, expect, it } from 'vitest'
import type { PreparedData } from '../data/prepared'
import { END_TOKEN, START_TOKEN } from '../data/sequences'
import { backwardsData, backwardsDocument } from '../testing/backwardsWords'
import { float32Reference, openTestSession, wasmSession } from '../testing/testSession'
import { answersTo } from './answers'
import { predictRows } from './predictRows'
import type { Session } from './session'

/** What the predict program itself says of a source, up to the end symbol. */
function greedy(session: Session, source: Int32Array, data: PreparedData): number[] {
  const { summary } = data
  const width = summary.target.kind === 'sequence' ? summary.target.vocabulary : 0
  const logits = predictRows(session.pool.local, [{ tokens: source }], summary.maximumSteps)
  const said: number[] = []
  for (let t = 0; t < summary.maximumSteps; t++) {
    const scores = Array.from(logits.subarray(t * width, (t + 1) * width))
    const best = scores.indexOf(Math.max(...scores))
    if (best === END_TOKEN) break
    said.push(best)
  }
  return said
}

const settings = [{ attention: 'additive' }, { attention: 'general', cells: 'lstm' }, { attention: 'none' }]
const cases = [float32Reference, wasmSession('simd', false)].flatMap((backend) =>
  settings.map((setting) => [`${backend.name}, ${JSON.stringify(setting)}`, backend, setting] as const),
)

describe('answers of a decoder', () => {
  it.each(cases)('%s: a search of width 1 says what the program says', (_, backend, setting) => {
    const document = backwardsDocument(setting)
    const data = backwardsData(document)
    const session = openTestSession(document, data, backend)
    for (let step = 1; step <= 20; step++) session.step(step, 0.02, false)
    const { tokens, lengths } = data.splits.test
    const steps = data.summary.maximumSteps
    for (const [example, length] of [...lengths.slice(0, 5)].entries()) {
      const source = tokens?.slice(example * steps, example * steps + length) ?? new Int32Array(0)
      const [only, ...others] = answersTo(session.pool.local, source, steps, 1)
      expect(others).toEqual([])
      expect(only?.tokens).toEqual(greedy(session, source, data))
      expect(only?.tokens).not.toContain(START_TOKEN)
      for (const looks of only?.kept ?? []) {
        if (setting.attention === 'none') expect(looks).toBeNull()
        else {
          expect(looks).toHaveLength(length)
          expect(looks?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
        }
      }
    }
  })

  it('a wider search finds several answers, none less likely at best, the same on every run, and changes nothing of it', () => {
    const document = backwardsDocument({ attention: 'additive' })
    const data = backwardsData(document)
    const session = openTestSession(document, data, float32Reference)
    for (let step = 1; step <= 20; step++) session.step(step, 0.02, false)
    const before = session.evaluate('validation')
    const { tokens, lengths } = data.splits.validation
    const steps = data.summary.maximumSteps
    const source = tokens?.slice(0, lengths[0]) ?? new Int32Array(0)
    const [one] = answersTo(session.pool.local, source, steps, 1)
    const several = answersTo(session.pool.local, source, steps, 4)
    expect(several.length).toBeGreaterThan(1)
    expect(several.length).toBeLessThanOrEqual(4)
    const likeliest = Math.max(...several.map(({ logProbability }) => logProbability))
    expect(likeliest).toBeGreaterThanOrEqual((one?.logProbability ?? 0) - 1e-9)
    expect(answersTo(session.pool.local, source, steps, 4)).toEqual(several)
    expect(session.evaluate('validation')).toEqual(before)
  })

  it('learns from its own symbols too: half of them shown, by the same chance on every run', () => {
    const document = backwardsDocument({ attention: 'additive', teacherForcing: 0.5 })
    const data = backwardsData(document)
    const run = (seed: number) => {
      const seeded = { ...document, training: { ...document.training, seed } }
      const session = openTestSession(seeded, data, wasmSession('simd', false))
      const losses = Array.from({ length: 400 }, (_, step) => session.step(step + 1, 0.02, false).loss)
      return { losses, last: session.evaluate('validation') }
    }
    const [once, again, shown] = [
      run(3),
      run(3),
      openTestSession(backwardsDocument({}), data, wasmSession('simd', false)),
    ]
    expect(again.losses).toEqual(once.losses)
    // What it reads in the first step is the same, what follows is not: the first loss differs from that with all symbols shown.
    expect(shown.step(1, 0.02, false).loss).not.toBe(once.losses[0])
    expect(once.last?.metric).toBeGreaterThan(0.6)
    expect(once.losses.at(-1)).toBeLessThan((once.losses[0] ?? 0) / 2)
  })

  it('learns to say words backwards', () => {
    const document = backwardsDocument({ attention: 'additive' })
    const data = backwardsData(document)
    const session = openTestSession(document, data, wasmSession('simd', false))
    const first = session.evaluate('validation')
    for (let step = 1; step <= 700; step++) session.step(step, 0.02, false)
    const last = session.evaluate('validation')
    expect(last?.loss).toBeLessThan((first?.loss ?? 0) / 4)
    expect(last?.whole).toBeGreaterThan(0.5)
    expect(last?.metric).toBeGreaterThanOrEqual(last?.whole ?? 1)
  })
})
