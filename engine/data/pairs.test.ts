import { describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import type { PairsData } from '../document/dataSchema'
import { BatchPlan } from './batches'
import { prepareData } from './prepare'
import type { PreparedData, Split } from './prepared'
import { END_TOKEN, START_TOKEN } from './sequences'

function definition(changes: Partial<PairsData> = {}): PairsData {
  return {
    kind: 'pairs',
    source: { kind: 'file', path: 'spoken.csv' },
    from: 'word',
    fromUnit: 'letter',
    to: 'sounds',
    toUnit: 'word',
    maximumFrom: 10,
    maximumTo: 10,
    minimumCount: 1,
    split: { training: 0.5, validation: 0.25 },
    ...changes,
  }
}

function table(rows: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`word,sounds\n${rows.join('\n')}\n`)
}

function prepared(changes: Partial<PairsData>, rows: readonly string[]): PreparedData {
  const result = prepareData(definition(changes), table(rows))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** "cat: K AE T ‹end›" of every example of a part, sorted. */
function spelled({ vocabulary, targetVocabulary, summary, splits }: PreparedData, split: Split): string[] {
  const { tokens, targetTokens, lengths, targetLengths } = splits[split]
  const texts = [...lengths].map((length, example) => {
    const start = example * summary.maximumSteps
    const word = Array.from({ length }, (_, step) => vocabulary?.[tokens?.[start + step] ?? 0]).join('')
    const said = Array.from(
      { length: targetLengths?.[example] ?? 0 },
      (_, step) => targetVocabulary?.[targetTokens?.[start + step] ?? 0],
    )
    return `${word}: ${said.join(' ')}`
  })
  return texts.sort()
}

const rows = ['cat,K AE T', 'dog,D AO G', 'at,AE T', 'tea,T IY', 'cod,K AO D', 'act,AE K T', 'go,G OW', 'ode,OW D']

describe('pairs of sequences', () => {
  it('keeps every word with its answer, which ends with the end symbol', () => {
    const data = prepared({}, rows)
    expect(data.summary).toMatchObject({
      title: 'Spoken',
      input: { kind: 'tokens', unit: 'letter' },
      target: { kind: 'sequence', unit: 'word', vocabulary: data.targetVocabulary?.length },
      maximumSteps: 4,
      stepWord: 'letter',
      examples: { training: 4, validation: 2, test: 2 },
    })
    const possible = rows.map((row) => `${row.replace(',', ': ')} ‹end›`)
    for (const text of spelled(data, 'training')) expect(possible).toContain(text)
    const all = (['training', 'validation', 'test'] as const).flatMap((split) =>
      spelled(data, split).map((text) => text.slice(0, text.indexOf(':'))),
    )
    expect(new Set(all).size).toBe(8)
    expect(prepared({}, rows)).toEqual(data)
  })

  it('gives batches what a decoder reads and is to say, and counts every symbol with the end', () => {
    const data = prepared({}, rows)
    const { splits } = data
    const plan = new BatchPlan(splits.training, data.summary, 4, 1)
    plan.startEpoch(rng(1))
    plan.startBatch(0)
    const cells = plan.steps * plan.rows
    const [target, targetInput, input] = [0, 1, 2].map(() => new Int32Array(cells).fill(99))
    const [lengths, targetLengths] = [new Int32Array(plan.rows), new Int32Array(plan.rows)]
    const lossScale = new Float32Array(1)
    if (!target || !targetInput || !input) throw new Error('three arrays')
    plan.fill(0, { input, lengths, target, targetInput, targetLengths, lossScale })
    let counted = 0
    for (let row = 0; row < plan.rows; row++) {
      const length = targetLengths[row] ?? 0
      counted += length
      for (let t = 0; t < plan.steps; t++) {
        const at = t * plan.rows + row
        if (t < length) expect(target[at]).toBeGreaterThanOrEqual(END_TOKEN)
        else expect([target[at], targetInput[at]]).toEqual([-1, START_TOKEN])
        if (t === 0) expect(targetInput[at]).toBe(START_TOKEN)
        else if (t < length) expect(targetInput[at]).toBe(target[at - plan.rows])
        if (t === length - 1) expect(target[at]).toBe(END_TOKEN)
      }
    }
    expect([...plan.counted]).toEqual([counted])
    expect(lossScale[0]).toBeCloseTo(1 / counted, 6)
    expect(Math.max(...targetLengths, ...lengths)).toBe(plan.steps)
  })

  it('keeps all answers of one source in one part', () => {
    const twice = rows.flatMap((row) => [row, `${row} X`])
    const data = prepared({}, twice)
    for (const split of ['training', 'validation', 'test'] as const) {
      const words = spelled(data, split).map((text) => text.slice(0, text.indexOf(':')))
      for (const word of words) expect(words.filter((other) => other === word)).toHaveLength(2)
    }
  })

  it('knows what guessing without learning costs', () => {
    // Every answer is "X Y": the first place is always X, the second Y, the third the end.
    const data = prepared(
      {},
      ['ab', 'ba', 'bb', 'aa', 'a', 'b', 'abb', 'bba'].map((word) => `${word},X Y`),
    )
    const [place, symbol] = data.baselines
    expect(place?.name).toBe('the usual symbol of each place')
    expect(place?.metric.test).toBeCloseTo(1, 12)
    // Of five symbols (start, end, rare, X, Y) each right one was seen 4 of 4 times, with one added to every count.
    expect(place?.loss.test).toBeCloseTo(-Math.log(5 / 9), 12)
    expect(symbol?.name).toBe('symbol for symbol')
    expect(symbol?.metric.test).toBeLessThan(1)
    expect(data.metric).toEqual({ kind: 'accuracy', label: 'right symbols', unit: '%' })
  })

  it('shows the first example as it stands in the table', () => {
    const { preview } = prepared(
      { toUnit: 'letter' },
      Array.from({ length: 8 }, (_, row) => `${'ab'.repeat(row + 1).slice(0, row + 1)},xyz`),
    ).summary
    expect(preview).toMatchObject({ kind: 'pair', to: 'xyz' })
  })

  it('gives rare symbols one token each side', () => {
    const data = prepared({ minimumCount: 2 }, rows)
    expect(data.splits.training.targetTokens?.includes(2)).toBe(true)
  })

  it('leaves out rows that are empty or too long, and says so', () => {
    const result = prepareData(definition({ maximumTo: 3 }), table([',X', ...rows, 'ant,AE N T X']))
    expect(result.ok && result.value.summary.examples.training).toBe(4)
    const sentences = result.problems.map(({ message }) => message)
    expect(sentences).toContain(
      '“spoken.csv”: 1 row without a “word” or without a “sounds” (the first in line 2) is left out.',
    )
    expect(sentences).toContain(
      '“spoken.csv”: 1 row with more than 10\u00a0symbols in “word” or 3\u00a0symbols in “sounds” (the first in line 11) is left out.'.replaceAll(
        '\u00a0',
        ' ',
      ),
    )
  })

  it.each([
    ['no row with both', ['a,', ',b'], 'has no row with both a “word” and a “sounds”'],
    ['only long rows', ['abcdefghijkl,X'], 'every row is longer than'],
    ['too few rows', ['a,X', 'b,Y'], 'Use more'],
  ])('refuses %s', (_, lines, sentence) => {
    const result = prepareData(definition(), table(lines))
    expect(result.ok).toBe(false)
    expect(result.problems.map(({ message }) => message).join(' ')).toContain(sentence)
  })
})
