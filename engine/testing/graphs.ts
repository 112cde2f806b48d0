import type { DataSummary } from '../data/prepared'
import { emptyDocument } from '../document/create'
import type { GraphNode, UnrollDocument, Wire } from '../document/schema'

/** Running text of 65 letters, 64 at a time. */
export const letters: DataSummary = {
  title: 'Moby Dick',
  sentence: '231 000 letters',
  input: { kind: 'tokens', vocabulary: 65, unit: 'letter' },
  target: { kind: 'symbol', vocabulary: 65, unit: 'letter' },
  maximumSteps: 64,
  variableLength: false,
  stepWord: 'letter',
  examples: { training: 2800, validation: 400, test: 400 },
  fingerprint: 'letters',
}

/** Four measurements over 24 days, one of which is to be foretold. */
export const weather: DataSummary = {
  title: 'Seattle weather',
  sentence: '1 461 days × 4 measurements',
  input: { kind: 'numbers', features: ['precipitation', 'temp_max', 'temp_min', 'wind'] },
  target: { kind: 'numbers', names: ['temp_max'] },
  maximumSteps: 24,
  variableLength: false,
  stepWord: 'day',
  examples: { training: 1000, validation: 200, test: 200 },
  fingerprint: 'weather',
}

/** Sentences of up to 40 words, in three classes. */
export const sentences: DataSummary = {
  title: 'Speeches',
  sentence: '2 000 sentences',
  input: { kind: 'tokens', vocabulary: 900, unit: 'word' },
  target: { kind: 'class', classes: ['early', 'middle', 'late'] },
  maximumSteps: 40,
  variableLength: true,
  stepWord: 'word',
  examples: { training: 1400, validation: 300, test: 300 },
  fingerprint: 'sentences',
}

/** Sentences of up to 20 words, each word with one of four tags. */
export const taggedWords: DataSummary = {
  title: 'Tagged words',
  sentence: '800 sentences',
  input: { kind: 'tokens', vocabulary: 300, unit: 'word' },
  target: { kind: 'tag', tags: ['ADJ', 'DET', 'NOUN', 'VERB'] },
  maximumSteps: 20,
  variableLength: true,
  stepWord: 'word',
  examples: { training: 560, validation: 120, test: 120 },
  fingerprint: 'tagged',
}

/** Words of up to 9 letters and how they are spoken, in up to 11 sounds and an end. */
export const pronunciations: DataSummary = {
  title: 'Pronunciation',
  sentence: '700 pairs',
  input: { kind: 'tokens', vocabulary: 27, unit: 'letter' },
  target: { kind: 'sequence', vocabulary: 42, unit: 'word' },
  maximumSteps: 12,
  variableLength: true,
  stepWord: 'letter',
  examples: { training: 500, validation: 100, test: 100 },
  fingerprint: 'pronunciations',
}

/** "data:out > lstm:in"; ports may be left out. */
type WireText = string

/** A document of one model, `m`, for tests: nodes by id, wires as text; cards stand in a row, in the order given. */
export function documentOf(
  nodes: Record<
    string,
    { type: string; name?: string; settings?: Record<string, unknown>; parent?: string; bypassed?: boolean }
  >,
  wires: readonly WireText[],
): UnrollDocument {
  const empty = emptyDocument('Test')
  const entries = Object.entries(nodes).map(([id, node]): [string, GraphNode] => [id, { settings: {}, ...node }])
  const laid = wires.map((text, index): [string, Wire] => {
    const [from = '', to = ''] = text.split(' > ')
    return [`w${index}`, { from: end(from, 'out'), to: end(to, 'in') }]
  })
  const places = entries.map(([id], index) => [id, { x: 216 * index, y: 128 }])
  return {
    ...empty,
    models: [{ id: 'm', name: 'Model', nodes: Object.fromEntries(entries), wires: Object.fromEntries(laid) }],
    layout: { m: { nodes: Object.fromEntries(places) } },
  }
}

/** A chain: each node feeds the next. */
export function chainOf(nodes: Parameters<typeof documentOf>[0]): UnrollDocument {
  const ids = Object.keys(nodes)
  return documentOf(
    nodes,
    ids.slice(1).map((id, index) => `${ids[index]} > ${id}`),
  )
}

function end(text: string, port: string): { node: string; port: string } {
  const [node = '', named = port] = text.split(':')
  return { node, port: named }
}
