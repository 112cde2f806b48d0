import fc from 'fast-check'
import { emptyDocument } from '../document/create'
import type { DataDefinition } from '../document/dataSchema'
import { isReserved } from '../document/ids'
import { findRawProblem } from '../document/rawJson'
import type { GraphNode, Model, UnrollDocument, Wire } from '../document/schema'
import { contentOf } from '../document/versions'

/** A small sound document with two nodes and a wire, to be broken by tests. */
export function soundDocument(): UnrollDocument {
  const document = emptyDocument('Test')
  return {
    ...document,
    models: [
      {
        id: 'model-1',
        name: 'LSTM',
        nodes: {
          data: { type: 'dataset', settings: {} },
          memory: { type: 'lstm', name: 'Memory', settings: { hidden: 8 } },
        },
        wires: { 'wire-1': { from: { node: 'data', port: 'out' }, to: { node: 'memory', port: 'in' } } },
      },
    ],
    layout: { 'model-1': { nodes: { data: { x: 0, y: 0 }, memory: { x: 224, y: 0 } } } },
  }
}

const idArbitrary = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-_'), minLength: 1, maxLength: 8 })
  .filter((id) => !isReserved(id))
/** What any JSON comes to when it is read (which knows no −0), without the keys that no document may have. */
const plainArbitrary = fc
  .jsonValue({ maxDepth: 2 })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
  .filter((value) => findRawProblem(value) === null)
/** What a newer version may have added. */
const unknownFields = fc.dictionary(fc.stringMatching(/^future[A-Za-z]{1,6}$/), plainArbitrary, {
  maxKeys: 2,
  noNullPrototype: true,
})
const fractions = fc.constantFrom(
  { training: 0.7, validation: 0.15 },
  { training: 1, validation: 0 },
  { training: 0, validation: 0.5 },
)

const dataArbitrary: fc.Arbitrary<DataDefinition> = fc.oneof(
  fc.record({
    kind: fc.constant('generator' as const),
    generator: fc.constantFrom('adding' as const, 'recall' as const),
    length: fc.integer({ min: 2, max: 10_000 }),
    examples: fc.integer({ min: 10, max: 1_000_000 }),
    split: fractions,
  }),
  fc.record({
    kind: fc.constant('forecast' as const),
    title: fc.string({ maxLength: 20 }),
    source: fc.constant({ kind: 'file' as const, path: 'data/weather 2.csv' }),
    inputs: fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
    targets: fc.array(fc.string({ maxLength: 20 }), { maxLength: 4 }),
    stepWord: fc.string({ maxLength: 10 }),
    window: fc.integer({ min: 1, max: 10_000 }),
    horizon: fc.integer({ min: 1, max: 10_000 }),
    stride: fc.integer({ min: 1, max: 10_000 }),
    missing: fc.constantFrom('previous' as const, 'skip' as const),
    scaling: fc.constantFrom('standard' as const, 'range' as const, 'none' as const),
    split: fractions,
  }),
)

const nodeArbitrary: fc.Arbitrary<GraphNode> = fc
  .tuple(
    fc.record({
      type: fc.oneof(fc.constantFrom('lstm', 'dense', 'dataset'), fc.stringMatching(/^[a-z]{1,8}$/)),
      settings: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), plainArbitrary, { maxKeys: 3, noNullPrototype: true }),
    }),
    unknownFields,
  )
  .map(([node, more]) => ({ ...more, ...node }))

/** A model with arbitrary wires between existing nodes, cycles included. */
export const modelArbitrary: fc.Arbitrary<Model> = fc
  .tuple(
    idArbitrary,
    fc.string({ maxLength: 20 }),
    fc.dictionary(idArbitrary, nodeArbitrary, { minKeys: 1, maxKeys: 7, noNullPrototype: true }),
    fc.array(fc.tuple(idArbitrary, fc.nat(), fc.nat()), { maxLength: 10 }),
  )
  .map(([id, name, nodes, ends]) => {
    const ids = Object.keys(nodes)
    const wires: Record<string, Wire> = {}
    for (const [wire, from, to] of ends) {
      wires[wire] = {
        from: { node: ids[from % ids.length] ?? '', port: 'out' },
        to: { node: ids[to % ids.length] ?? '', port: 'in' },
      }
    }
    return { id, name, nodes, wires }
  })

/** Any sound document, with unknown fields and node types; some have saved versions of themselves. */
export const documentArbitrary: fc.Arbitrary<UnrollDocument> = fc
  .tuple(
    fc.uniqueArray(modelArbitrary, { minLength: 1, maxLength: 3, selector: (model) => model.id }),
    dataArbitrary,
    fc.string({ maxLength: 30 }),
    unknownFields,
    fc.integer({ min: -1000, max: 1000 }),
  )
  .map(([models, data, name, more, offset]) => ({
    ...more,
    ...emptyDocument(name),
    data,
    models,
    layout: Object.fromEntries(
      models.map((model) => [
        model.id,
        {
          nodes: Object.fromEntries(
            Object.keys(model.nodes).map((id, index) => [id, { x: offset + index * 8, y: 64 }]),
          ),
          ...(offset % 3 === 0
            ? { groups: { g: { name, nodes: Object.keys(model.nodes).slice(0, 2), closed: offset % 2 === 0 } } }
            : {}),
          ...(offset % 4 === 0 ? { notes: { n: { text: name, x: offset, y: 0, width: 160, height: 96 } } } : {}),
        },
      ]),
    ),
  }))
  .chain((document) =>
    fc.array(fc.string({ maxLength: 12 }), { maxLength: 2 }).map((names) => {
      if (names.length === 0) return document
      const savedAt = '2026-11-22T10:00:00.000Z'
      const content = contentOf(document)
      return { ...document, versions: names.map((name, n) => ({ id: `v${n}`, name, savedAt, content })) }
    }),
  )
