import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { analyseModel } from '../engine/compile/analyse'
import { prepareData } from '../engine/data/prepare'
import type { PreparedData } from '../engine/data/prepared'
import { parseDocument } from '../engine/document/parse'
import type { UnrollDocument } from '../engine/document/schema'
import { serializeDocument } from '../engine/document/serialize'

const folder = fileURLToPath(new URL('.', import.meta.url))
const entrySchema = z.array(
  z.strictObject({ id: z.string(), title: z.string().max(40), goal: z.string().max(40), summary: z.string().max(120) }),
)
const entries = entrySchema.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')))

function read(id: string): { text: string; document: UnrollDocument } {
  const text = readFileSync(join(folder, `${id}.unroll`), 'utf8')
  const parsed = parseDocument(text, `${id}.unroll`)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  expect(parsed.problems).toEqual([])
  return { text, document: parsed.value }
}

function prepare({ data }: UnrollDocument): PreparedData {
  const source = data.kind === 'generator' ? null : data.source
  if (source?.kind === 'file') throw new Error('a sample brings its data along')
  const result = prepareData(data, source && new Uint8Array(readFileSync(join(folder, 'data', source.name))))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  expect(result.problems).toEqual([])
  return result.value
}

/** What each sample must be made of; a change here is a change of what its claim rests on. */
const expected: Record<
  string,
  { sentence: string; examples: number[]; baselines: [name: string, testLoss: number][]; fingerprint: string }
> = {
  'seattle-weather': {
    sentence: '1 461 days × 4 measurements',
    examples: [993, 219, 219],
    baselines: [
      ['same as today', 0.1565],
      ['always the average', 1.3815],
    ],
    fingerprint: 'b5df9c82c91fc400',
  },
  'moby-dick': {
    sentence: '230 855 letters',
    examples: [3246, 180, 180],
    baselines: [
      ['guessing by frequency', 3.0831],
      ['guessing by the letter before', 2.4572],
    ],
    fingerprint: 'fc2bc85ef469aa94',
  },
  speeches: {
    sentence: '3 919 texts, 2 labels',
    examples: [2743, 588, 588],
    baselines: [['always “modern”', 0.6926]],
    fingerprint: '8f46d7749789a76b',
  },
  'parts-of-speech': {
    sentence: '1 619 texts, 19 128 words, 17 tags',
    examples: [1133, 243, 243],
    baselines: [
      ['always “NOUN”', 2.4914],
      ['the most frequent tag of each word', 1.007],
    ],
    fingerprint: '49bec1ee713be279',
  },
  pronunciation: {
    sentence: '7 376 pairs, 26 letters to 39 symbols',
    examples: [5901, 737, 738],
    baselines: [
      ['the usual symbol of each place', 2.9398],
      ['symbol for symbol', 1.8835],
    ],
    fingerprint: 'c628831bf2cc9c86',
  },
  adding: {
    sentence: '10 000 examples × 100 steps',
    examples: [8000, 1000, 1000],
    baselines: [['always 1', 0.1654]],
    fingerprint: '133a76d1b42adefc',
  },
  'lstm-vs-transformer-recall': {
    sentence: '3 000 examples × 100 letters, 8 answers',
    examples: [2400, 300, 300],
    baselines: [['always “D”', 2.0831]],
    fingerprint: '02baffdbb3d71509',
  },
  'lstm-vs-transformer-moby-dick': {
    sentence: '230 855 letters',
    examples: [3246, 180, 180],
    baselines: [
      ['guessing by frequency', 3.0831],
      ['guessing by the letter before', 2.4572],
    ],
    fingerprint: 'fc2bc85ef469aa94',
  },
}

describe('samples', () => {
  it('are all in the list, and the list has no others', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.unroll'))
    expect(files.toSorted()).toEqual(entries.map((entry) => `${entry.id}.unroll`).toSorted())
    expect(Object.keys(expected).toSorted()).toEqual(entries.map((entry) => entry.id).toSorted())
  })

  it('name source and licence of every data file', () => {
    const readme = readFileSync(join(folder, 'data', 'README.md'), 'utf8')
    const files = readdirSync(join(folder, 'data')).filter((name) => name !== 'README.md')
    for (const file of files)
      expect(readme).toMatch(
        new RegExp(`\\| ${file.replaceAll('.', '\\.')} \\|.*(?:public domain|CC BY-SA 4\\.0|BSD-2-Clause)`),
      )
    const used = entries.flatMap(({ id }) => {
      const { data } = read(id).document
      return data.kind !== 'generator' && data.source.kind === 'sample' ? [data.source.name] : []
    })
    // Several samples may read the same file.
    expect(files.toSorted()).toEqual([...new Set(used)].toSorted())
  })

  describe.each(entries)('$title', ({ id }) => {
    const { text, document } = read(id)
    const data = prepare(document)

    it('is written as the app would write it, byte for byte', () => {
      expect(serializeDocument(document)).toBe(text)
    })

    it('says what it shows and what to look for', () => {
      expect(document.claim).toMatch(/\.$/)
      expect(document.lookFor).toMatch(/\.$/)
      // Baselines that the text quotes are those that the charts draw.
      const quoted = [...`${document.claim} ${document.lookFor}`.matchAll(/“([^”]+)”/g)].map((match) => match[1])
      for (const name of quoted) expect(data.baselines.map((baseline) => baseline.name)).toContain(name)
    })

    it('has the data that its claim rests on', () => {
      const { summary } = data
      expect({
        sentence: summary.sentence.replaceAll('\u00a0', ' '),
        examples: [summary.examples.training, summary.examples.validation, summary.examples.test],
        baselines: data.baselines.map((baseline) => [baseline.name, Number(baseline.loss.test.toFixed(4))]),
        fingerprint: summary.fingerprint,
      }).toEqual(expected[id])
    })

    it('is ready to train in each of its models', () => {
      for (const model of document.models) {
        const analysis = analyseModel(document, model.id, data.summary)
        expect(analysis.problems).toEqual([])
        expect(analysis.parameters).toBeGreaterThan(1000)
      }
    })

    it('has as many weights in each of its models, where it compares kinds', () => {
      if (!id.includes('-vs-')) return
      const counts = document.models.map((model) => analyseModel(document, model.id, data.summary).parameters)
      expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.03)
    })

    it('has its cards on the grid, apart from each other, data flowing to the right and down', () => {
      for (const model of document.models) {
        const places = document.layout[model.id]?.nodes ?? {}
        expect(Object.keys(places).toSorted()).toEqual(Object.keys(model.nodes).toSorted())
        const cards = Object.entries(places)
        const holder = (node: string) => model.nodes[node]?.parent
        for (const [one, a] of cards) {
          expect([a.x % 8, a.y % 8]).toEqual([0, 0])
          for (const [other, b] of cards) {
            if (one !== other && holder(one) === holder(other))
              expect(Math.abs(a.x - b.x) >= 184 || Math.abs(a.y - b.y) >= 96).toBe(true)
          }
        }
        for (const { from, to } of Object.values(model.wires)) {
          if (holder(from.node) !== holder(to.node)) continue
          const [a, b] = [places[from.node], places[to.node]]
          expect((b?.x ?? 0) > (a?.x ?? 0) || (b?.y ?? 0) > (a?.y ?? 0)).toBe(true)
        }
      }
    })
  })
})
