import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rng } from '../base/rng'
import { emptyDocument } from '../document/create'
import type { DataDefinition } from '../document/dataSchema'
import type { GraphNode, UnrollDocument } from '../document/schema'
import { serializeDocument } from '../document/serialize'
import { packageRoot } from '../host/places'
import { chain, smallDocument } from '../testing/smallDocument'

const program = join(packageRoot(), 'out', 'cli', 'unroll.js')
/** The machine may be busy with other things. */
const PATIENCE = 60_000

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-predict-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function unroll(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    // One build of the kernels, without trying out the others first.
    const env = { ...process.env, UNROLL_KERNELS: 'simd' }
    execFile(process.execPath, [program, ...args], { maxBuffer: 1 << 26, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
    })
  })
}

const split = { training: 0.8, validation: 0.1 }

/** A document over a table of its own, written and trained; returns its file and its weights. */
async function trained(
  name: string,
  table: readonly string[],
  data: (source: { kind: 'file'; path: string }) => DataDefinition,
  nodes: readonly (readonly [string, GraphNode])[],
  steps: number,
): Promise<[file: string, ...weights: string[]]> {
  writeFileSync(join(folder, `${name}.csv`), `${table.join('\n')}\n`)
  const model = chain('m', nodes)
  const document: UnrollDocument = {
    ...emptyDocument(name),
    data: data({ kind: 'file', path: `${name}.csv` }),
    models: [model],
    layout: {
      m: { nodes: Object.fromEntries(Object.keys(model.nodes).map((id, index) => [id, { x: 216 * index, y: 0 }])) },
    },
  }
  const training = { ...document.training, epochs: 1000, batchSize: 16, learningRate: 0.02 }
  const file = join(folder, `${name}.unroll`)
  writeFileSync(file, serializeDocument({ ...document, training }))
  const out = join(folder, name)
  const ran = await unroll('train', file, '--steps', String(steps), '--out', out, '--threads', '1')
  expect(ran.code).toBe(0)
  return [file, '--weights', out]
}

const embedding = ['embedding', { type: 'embedding', settings: { size: 8 } }] as const
const gru = ['gru', { type: 'gru', settings: { hidden: 12 } }] as const
const dense = ['dense', { type: 'dense', settings: { size: null } }] as const
const words = Array.from({ length: 160 }, (_, index) => {
  const random = rng(4).split(index)
  return Array.from({ length: 2 + random.integer(6) }, () => 'abc'[random.integer(3)]).join('')
})

describe('unroll predict', { timeout: PATIENCE }, () => {
  it('answers sequences, several ways when asked, and shows where it looked', async () => {
    const call = await trained(
      'spoken',
      ['word,said', ...words.map((word) => `${word},${[...word].join(' ').toUpperCase()}`)],
      (source) => ({
        kind: 'pairs',
        source,
        from: 'word',
        fromUnit: 'letter',
        to: 'said',
        toUnit: 'word',
        maximumFrom: 12,
        maximumTo: 12,
        minimumCount: 1,
        split,
      }),
      [embedding, gru, ['decoder', { type: 'decoder', settings: { hidden: 16 } }]],
      400,
    )
    const plain = await unroll('predict', ...call, '--input', 'abba', 'cab')
    expect(plain).toMatchObject({ code: 0, err: '' })
    expect(plain.out).toBe('abba  A B B A\ncab  C A B\n')
    const wide = JSON.parse((await unroll('predict', ...call, '--input', 'abba', '--beam', '3', '--json')).out)
    const [{ input, answers }] = wide.predictions
    expect(input).toBe('abba')
    expect(answers).toHaveLength(3)
    expect(answers[0]).toMatchObject({ text: 'A B B A', symbols: ['A', 'B', 'B', 'A'], complete: true })
    expect(answers[0].probability).toBeGreaterThan(answers[1].probability)
    expect(answers[0].attention).toHaveLength(4)
    for (const looks of answers[0].attention) expect(looks).toHaveLength(4)
    const refused = [
      ['--input', 'a'.repeat(40)],
      ['--input', 'ab', '--beam', '99'],
    ].map((args) => unroll('predict', ...call, ...args))
    const [long, wider] = await Promise.all(refused)
    expect(long?.err).toContain('error predict.long')
    expect(wider?.err).toContain('error arguments.number')
  })

  it('labels texts, and tags their words', async () => {
    const label = await trained(
      'labels',
      ['text,label', ...words.map((word) => `${word},${word.startsWith('a') ? 'first' : 'other'}`)],
      (source) => ({
        kind: 'classify',
        source,
        text: 'text',
        label: 'label',
        unit: 'letter',
        maximumLength: 12,
        minimumCount: 1,
        split,
      }),
      [
        embedding,
        gru,
        ['last', { type: 'lastStep', settings: {} }],
        dense,
        ['out', { type: 'classify', settings: {} }],
      ],
      200,
    )
    const labelled = JSON.parse((await unroll('predict', ...label, '--input', 'abc', '--json')).out)
    expect(labelled.predictions[0].classes[0]).toMatchObject({ name: 'first' })
    expect(labelled.predictions[0].classes[0].probability).toBeGreaterThan(0.5)
    expect((await unroll('predict', ...label, '--input', 'cab')).out).toMatch(
      /^cab {2}other \d+\.\d %, first \d+\.\d %\n$/,
    )

    const tag = await trained(
      'tags',
      ['words,tags', ...words.map((_, row) => (row % 2 ? 'the cat sleeps,D N V' : 'a dog runs now,D N V A'))],
      (source) => ({
        kind: 'tag',
        source,
        tokens: 'words',
        tags: 'tags',
        capitals: 'ignore',
        maximumLength: 8,
        minimumCount: 1,
        split,
      }),
      [embedding, gru, dense, ['out', { type: 'tagSteps', settings: {} }]],
      60,
    )
    expect((await unroll('predict', ...tag, '--input', 'The dog sleeps')).out).toBe('The/D dog/N sleeps/V\n')
  })

  it('goes on with a text, alike for the same seed, and foretells what comes after a table', async () => {
    const text = await trained(
      'running',
      [Array.from({ length: 200 }, () => 'abc').join('')],
      (source) => ({ kind: 'nextSymbol', source, unit: 'letter', window: 12, minimumCount: 1, split }),
      [embedding, gru, dense, ['out', { type: 'nextSymbol', settings: {} }]],
      80,
    )
    const likeliest = await unroll('predict', ...text, '--input', 'cab', '--length', '6', '--temperature', '0')
    expect(likeliest.out).toBe('cabcabcab\n')
    const chance = ['predict', ...text, '--input', 'ab', '--length', '30', '--temperature', '5', '--seed']
    const [one, again, other] = await Promise.all([...'112'].map((seed) => unroll(...chance, seed)))
    expect(again?.out).toBe(one?.out)
    expect(other?.out).not.toBe(one?.out)

    const forecast = await trained(
      'waves',
      ['height', ...Array.from({ length: 200 }, (_, row) => (10 + Math.sin(row / 2)).toFixed(4))],
      (source) => ({
        kind: 'forecast',
        source,
        inputs: ['height'],
        targets: ['height'],
        unit: 'm',
        stepWord: 'hour',
        window: 12,
        horizon: 1,
        stride: 1,
        missing: 'previous',
        scaling: 'standard',
        split,
      }),
      [gru, ['last', { type: 'lastStep', settings: {} }], dense, ['out', { type: 'forecast', settings: {} }]],
      150,
    )
    const { out } = await unroll('predict', ...forecast)
    expect(out).toMatch(/^height, 1 hour after the last row: \d+(?:\.\d+)? m\n$/)
    expect(Math.abs(Number(/: (\S+) m/.exec(out)?.[1]) - (10 + Math.sin(100)))).toBeLessThan(0.2)
  })

  it('says what is missing or cannot be', async () => {
    const file = join(folder, 'small.unroll')
    writeFileSync(file, serializeDocument(smallDocument()))
    expect((await unroll('predict', file)).err).toContain('This document makes its data itself')
    const seattle = join(packageRoot(), 'samples', 'seattle-weather.unroll')
    expect((await unroll('predict', seattle)).err).toContain('needs trained weights')
    expect((await unroll('predict', seattle, '--input', 'rain')).err).toContain('forecasts numbers, not texts')
    const speeches = join(packageRoot(), 'samples', 'speeches.unroll')
    expect((await unroll('predict', speeches)).err).toContain('needs something to read: --input TEXT')
  })
})
