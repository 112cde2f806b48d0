import fc from 'fast-check'
import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import { nodeDefinitions } from '../nodes/index'
import { type Draw, drawFrom } from './draw'
import { Growing, type RandomGraph } from './growGraph'

const decisions = fc.array(fc.nat(9999), { minLength: 8, maxLength: 120 })

/** Data of every kind of input and target, small: what a model can be built on, whether or not an importer makes it today. */
export const summaries: fc.Arbitrary<DataSummary> = fc
  .record({
    input: fc.oneof(
      fc.record({
        kind: fc.constant('numbers' as const),
        features: fc.integer({ min: 1, max: 5 }).map((count) => names('column', count)),
      }),
      fc.record({ kind: fc.constant('tokens' as const), vocabulary: fc.integer({ min: 2, max: 20 }), unit: units() }),
    ),
    target: fc.oneof(
      fc.record({
        kind: fc.constant('numbers' as const),
        names: fc.integer({ min: 1, max: 3 }).map((count) => names('target', count)),
      }),
      fc.record({
        kind: fc.constant('class' as const),
        classes: fc.integer({ min: 2, max: 5 }).map((count) => names('class', count)),
      }),
      fc.record({ kind: fc.constant('symbol' as const), vocabulary: fc.integer({ min: 2, max: 20 }), unit: units() }),
      fc.record({
        kind: fc.constant('tag' as const),
        tags: fc.integer({ min: 2, max: 5 }).map((count) => names('tag', count)),
      }),
      fc.record({ kind: fc.constant('sequence' as const), vocabulary: fc.integer({ min: 3, max: 9 }), unit: units() }),
    ),
    // At least as many as tests run: a plan is never bound to more steps than its data have.
    maximumSteps: fc.integer({ min: 5, max: 9 }),
    variableLength: fc.boolean(),
    stepWord: fc.constantFrom('day', 'letter', 'step', 'entry'),
  })
  .map(({ input, target, ...drawn }) => ({
    ...drawn,
    input,
    // What is foretold of symbols is one of the same.
    target: input.kind === 'tokens' && target.kind === 'symbol' ? { ...target, vocabulary: input.vocabulary } : target,
    title: 'Random data',
    sentence: 'a few examples',
    examples: { training: 20, validation: 5, test: 5 },
    fingerprint: 'random',
  }))

function units(): fc.Arbitrary<'letter' | 'word'> {
  return fc.constantFrom('letter', 'word')
}

function names(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`)
}

/** Graphs that compile: grown from the data by nodes that fit, branches included, ended by one to three outputs. */
export const validGraphs: fc.Arbitrary<RandomGraph> = fc
  .tuple(summaries, decisions)
  .map(([summary, numbers]) => growGraph(summary, drawFrom(numbers), 1 + ((numbers[0] ?? 0) % 12)))

/** @param size nodes between the data and the outputs, those in frames not counted, at most */
export function growGraph(summary: DataSummary, draw: Draw, size: number): RandomGraph {
  const graph = new Growing(summary, draw)
  const data = Object.values(nodeDefinitions).find(({ count }) => count === 'exactlyOne')
  graph.add(present(data, 'there is a data set'), {}, [])
  for (let node = 0; node < size; node++) graph.growAny()
  const heads = Object.values(nodeDefinitions).filter(({ isHead, target }) => isHead && target === summary.target.kind)
  for (let head = draw(3); head >= 0; head--) graph.end(present(heads[draw(heads.length)], 'there are outputs'))
  graph.shareWeights()
  return graph.finish()
}

/** The same document with the keys of its models in another order. */
export function shuffleKeys({ document, ...rest }: RandomGraph, draw: Draw): RandomGraph {
  const shuffled = <V>(record: Readonly<Record<string, V>>): Record<string, V> => {
    const entries = Object.entries(record)
    for (let last = entries.length - 1; last > 0; last--) {
      const other = draw(last + 1)
      const [a, b] = [entries[last], entries[other]]
      if (a && b) {
        entries[last] = b
        entries[other] = a
      }
    }
    return Object.fromEntries(entries)
  }
  const models = document.models.map((model) => ({
    ...model,
    nodes: shuffled(model.nodes),
    wires: shuffled(model.wires),
  }))
  return { document: { ...document, models }, ...rest }
}
