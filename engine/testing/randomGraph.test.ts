import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodeDefinitions } from '../nodes/index'
import { validGraphs } from './randomGraph'

const graphs = fc.sample(validGraphs, { numRuns: 600, seed: 20_261 })
const nodes = graphs.flatMap(({ document }) => document.models.flatMap((model) => Object.values(model.nodes)))

test('random graphs have nodes of every type', () => {
  const met = new Set(nodes.map(({ type }) => type))
  expect(Object.keys(nodeDefinitions).filter((type) => !met.has(type))).toEqual([])
})

test('random graphs share weights now and then', () => {
  expect(nodes.filter(({ settings }) => settings.shared === true).length).toBeGreaterThan(2)
})
