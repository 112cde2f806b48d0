import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import type { TagData } from '../document/dataSchema'
import { BatchPlan } from './batches'
import { prepareData } from './prepare'
import type { PreparedData, Split } from './prepared'
import { UNKNOWN_SYMBOL } from './vocabulary'

function definition(changes: Partial<TagData> = {}): TagData {
  return {
    kind: 'tag',
    source: { kind: 'file', path: 'tagged.csv' },
    tokens: 'words',
    tags: 'tags',
    capitals: 'keep',
    maximumLength: 10,
    minimumCount: 1,
    split: { training: 0.5, validation: 0.25 },
    ...changes,
  }
}

function table(rows: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`words,tags\n${rows.join('\n')}\n`)
}

function prepared(changes: Partial<TagData>, rows: readonly string[]): PreparedData {
  const result = prepareData(definition(changes), table(rows))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** "the/D cat/N" of every example of a part, sorted. */
function spelled({ vocabulary, summary, splits }: PreparedData, split: Split): string[] {
  if (summary.target.kind !== 'tag') throw new Error('no tags')
  const { tags } = summary.target
  const { tokens, targetTokens, lengths } = splits[split]
  const texts = [...lengths].map((length, example) =>
    Array.from({ length }, (_, step) => {
      const at = example * summary.maximumSteps + step
      return `${vocabulary?.[tokens?.[at] ?? 0]}/${tags[targetTokens?.[at] ?? -1]}`
    }).join(' '),
  )
  return texts.sort()
}

const rows = ['the cat,D N', 'the Dog barks,D N V', 'a cat sleeps now,D N V A', 'go,V']

describe('words with tags', () => {
  it('keeps each word with its tag, and marks what lies past the end', () => {
    const data = prepared({}, [...rows, ...rows])
    expect(data.summary).toMatchObject({
      title: 'Tagged',
      sentence: '8 texts, 20 words, 4 tags',
      input: { kind: 'tokens', unit: 'word' },
      target: { kind: 'tag', tags: ['A', 'D', 'N', 'V'] },
      maximumSteps: 4,
      variableLength: true,
      stepWord: 'word',
      examples: { training: 4, validation: 2, test: 2 },
    })
    const possible = ['the/D cat/N', 'the/D Dog/N barks/V', 'a/D cat/N sleeps/V now/A', 'go/V']
    for (const text of spelled(data, 'training')) expect(possible).toContain(text)
    const { lengths, targetTokens } = data.splits.training
    targetTokens?.forEach((tag, place) => {
      expect(tag >= 0).toBe(place % 4 < (lengths[Math.floor(place / 4)] ?? 0))
    })
    expect(prepared({}, [...rows, ...rows])).toEqual(data)
  })

  it('gives batches a target for every step, −1 past the end, and counts the real ones', () => {
    const data = prepared({}, [...rows, ...rows])
    const plan = new BatchPlan(data.splits.training, data.summary, 4, 1)
    plan.startEpoch(rng(1))
    plan.startBatch(0)
    const target = new Int32Array(plan.steps * plan.rows)
    const lossScale = new Float32Array(1)
    plan.fill(0, { input: null, lengths: null, target, lossScale })
    const words = data.splits.training.lengths.reduce((sum, length) => sum + length, 0)
    expect(target.filter((tag) => tag >= 0)).toHaveLength(words)
    expect([...plan.counted]).toEqual([words])
    expect(lossScale[0]).toBeCloseTo(1 / words, 6)
  })

  it('cuts long texts, ignores capitals when told to, and gives rare words one token', () => {
    const many = Array.from({ length: 8 }, (_, row) => `The the rest,D ${row % 2 ? 'D' : 'E'} N`)
    const data = prepared({ maximumLength: 2, capitals: 'ignore' }, many)
    expect(data.vocabulary).toEqual([UNKNOWN_SYMBOL, 'the'])
    expect(data.summary).toMatchObject({ maximumSteps: 2, variableLength: false, target: { tags: ['D', 'E'] } })
  })

  it('knows what guessing without learning costs', () => {
    // Training is four times "x y": x is A, y is B. In all parts alike, so that the shuffle does not matter.
    const data = prepared(
      {},
      Array.from({ length: 8 }, () => 'x y y,A B B'),
    )
    const [always, ofWord] = data.baselines
    expect(always?.name).toBe('always “B”')
    expect(always?.metric.test).toBeCloseTo(2 / 3, 12)
    expect(always?.loss.test).toBeCloseTo(-(Math.log(5 / 14) + 2 * Math.log(9 / 14)) / 3, 12)
    expect(ofWord?.name).toBe('the most frequent tag of each word')
    expect(ofWord?.metric.test).toBeCloseTo(1, 12)
    expect(ofWord?.loss.test).toBeCloseTo(-(Math.log(5 / 6) + 2 * Math.log(9 / 10)) / 3, 12)
    expect(data.metric).toEqual({ kind: 'accuracy', label: 'right tags', unit: '%' })
  })

  it('guesses the most frequent tag where training has no rare word', () => {
    const seen = Array.from({ length: 30 }, () => 'x y y,A B B')
    const data = prepared({}, [...seen.slice(0, 15), 'new y,A B', ...seen.slice(15)])
    for (const { loss } of data.baselines) expect(Number.isFinite(loss.test + loss.validation)).toBe(true)
  })

  it('shows the words of the first example beside their tags', () => {
    const { preview } = prepared(
      {},
      Array.from({ length: 8 }, () => 'the cat,D N'),
    ).summary
    expect(preview).toEqual({ kind: 'tagged', words: ['the', 'cat'], tags: ['D', 'N'] })
  })

  it('leaves out rows whose words and tags do not match, and says so', () => {
    const result = prepareData(definition(), table(['a b,D', ...rows, ...rows, ',N']))
    expect(result.ok && result.value.summary.sentence).toBe('8 texts, 20 words, 4 tags')
    expect(result.problems.map(({ message }) => message)).toContain(
      '“tagged.csv”: 2 rows without words or with another number of tags than of words are left out; line 2 has 2 words and 1 tag.',
    )
  })

  it('warns of tags that the training part lacks', () => {
    const common = Array.from({ length: 12 }, () => 'a b,D N')
    const outcomes = common.map((_, place) => {
      const result = prepareData(definition(), table(common.toSpliced(place, 1, 'a b,D X')))
      if (!result.ok) throw new Error('refused')
      const warned = result.problems.some(({ message }) => message.includes('too few words have the tag “X”'))
      expect(result.value.splits.training.targetTokens?.includes(2)).toBe(!warned)
      return warned
    })
    expect(new Set(outcomes)).toEqual(new Set([true, false]))
  })

  it.each([
    ['columns that do not match', ['a b,D', 'c d,N'], 'Line 2 has 2 words and 1 tag. Choose other columns'],
    ['a single tag', ['a b,D D', 'c d,D D'], 'has only one tag, “D”, so there is nothing to tell apart.'],
    [
      'texts for tags',
      Array.from({ length: 1002 }, (_, row) => `a,tag${row}`),
      'has 1 002 different tags. Choose the column that holds the tags.',
    ],
    ['too few rows', ['a b,D N', 'c,V'], '“tagged.csv” has 2 texts. Use more'],
  ])('refuses %s', (_, lines, sentence) => {
    const result = prepareData(definition(), table(lines))
    expect(result.ok).toBe(false)
    expect(result.problems.map(({ message }) => message.replaceAll('\u00a0', ' ')).join(' ')).toContain(sentence)
  })

  it('refuses a column that is not there', () => {
    const result = prepareData(definition({ tags: 'parts' }), table(rows))
    expect(result.problems[0]?.message).toContain('“tagged.csv” has no column “parts”. It has “words”, “tags”')
  })
})
