import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import { emptyDocument } from '../document/create'
import type { UnrollDocument } from '../document/schema'
import { chain } from './smallDocument'

/** Words of a made-up language: every letter has its sound, read backwards. */
const words = Array.from({ length: 120 }, (_, index) =>
  [...(index * 7919 + 1).toString(3)].map((digit) => 'abc'[Number(digit)]).join(''),
)
const rows = [...new Set(words)].map((word) => `${word},${[...word].reverse().join(' ').toUpperCase()}`)

/** A GRU that reads a word, and a decoder with these settings that says its letters from last to first. */
export function backwardsDocument(settings: Record<string, unknown>): UnrollDocument {
  const document = emptyDocument('Backwards')
  return {
    ...document,
    data: {
      kind: 'pairs',
      source: { kind: 'file', path: 'words.csv' },
      from: 'word',
      fromUnit: 'letter',
      to: 'said',
      toUnit: 'word',
      maximumFrom: 12,
      maximumTo: 12,
      minimumCount: 1,
      split: { training: 0.8, validation: 0.1 },
    },
    models: [
      chain('m', [
        ['embedding', { type: 'embedding', settings: { size: 6 } }],
        ['encoder', { type: 'gru', settings: { hidden: 10 } }],
        ['answer', { type: 'decoder', settings: { hidden: 12, size: 5, ...settings } }],
      ]),
    ],
    training: { ...document.training, seed: 3, batchSize: 16, learningRate: 0.02 },
  }
}

export function backwardsData(document: UnrollDocument): PreparedData {
  const prepared = prepareData(document.data, new TextEncoder().encode(`word,said\n${rows.join('\n')}\n`))
  if (!prepared.ok) throw new Error(prepared.problems[0]?.message)
  return prepared.value
}
