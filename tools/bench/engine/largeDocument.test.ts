import { expect, it } from 'vitest'
import { timeAnalysis, timeCompiler } from './compilerTimes'
import { largeDocument } from './largeDocument'

it('is a valid model of the size that was asked for', () => {
  // Throws when the model has a problem.
  const { nodes, wires, rounds } = timeAnalysis(largeDocument(500, 800))
  expect({ nodes, wires }).toEqual({ nodes: 500, wires: 800 })
  expect(rounds.every((milliseconds) => milliseconds > 0)).toBe(true)
})

it('compiles for training', () => {
  const { nodes, wires, rounds } = timeCompiler(200)
  expect({ nodes, wires }).toEqual({ nodes: 200, wires: 280 })
  expect(rounds).toHaveLength(9)
})

it('cannot have fewer wires than it takes to reach every node', () => {
  expect(() => largeDocument(500, 400)).toThrow('500 nodes cannot have 400 wires')
})

it('gives every node a place of its own', () => {
  const { nodes = {} } = largeDocument(500, 800).layout['model-1'] ?? {}
  expect(new Set(Object.values(nodes).map(({ x, y }) => `${x} ${y}`)).size).toBe(500)
})
