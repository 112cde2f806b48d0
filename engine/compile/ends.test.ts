import { describe, expect, test } from 'vitest'
import { chain } from '../testing/smallDocument'
import { readersOf, wireInto } from './ends'

const OUT = { node: 'memory', port: 'out' }
const model = chain('small', [
  ['memory', { type: 'lstm', settings: {} }],
  ['last', { type: 'lastStep', settings: {} }],
])

describe('the ends of wires', () => {
  test('are found from either side', () => {
    expect(wireInto(model, { node: 'last', port: 'in' })).toBe(model.wires['wire-1'])
    expect(readersOf(model, OUT)).toEqual([{ node: 'last', port: 'in' }])
  })

  test('are those of the port that is asked for', () => {
    expect(wireInto(model, { node: 'last', port: 'state' })).toBeNull()
    expect(wireInto(model, { node: 'nowhere', port: 'in' })).toBeNull()
    expect(readersOf(model, { node: 'memory', port: 'memory' })).toEqual([])
  })

  test('are those of the model that is asked about, in the order of its file', () => {
    const more = {
      'wire-9': { from: OUT, to: { node: 'b', port: 'in' } },
      'wire-2': { from: OUT, to: { node: 'a', port: 'in' } },
    }
    const grown = { ...model, wires: { ...model.wires, ...more } }
    expect(readersOf(grown, OUT).map(({ node }) => node)).toEqual(['last', 'b', 'a'])
    expect(readersOf({ ...grown, wires: {} }, OUT)).toEqual([])
    expect(readersOf(model, OUT)).toHaveLength(1)
  })
})
