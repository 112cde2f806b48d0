import { expect, test } from 'vitest'
import { sentences } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('looks up a row of its table for every symbol, padding left at 0', () => {
  const input = { kind: 'tokens', vocabulary: 900, unit: 'word' } as const
  const alone = lowerAlone('embedding', { data: sentences, input, settings: { size: 16 } })
  expect(alone.parameters).toEqual({ weight: { dims: [900, 16], initializer: { kind: 'normal', deviation: 0.1 } } })
  expect(alone.instructions).toEqual(['embedding'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 16]' })
})

test('keeps the row of rare symbols blank when told to', () => {
  const input = { kind: 'tokens', vocabulary: 900, unit: 'word' } as const
  const alone = lowerAlone('embedding', { data: sentences, input, settings: { size: 16, rare: 'blank' } })
  expect(alone.parameters.weight?.initializer).toEqual({ kind: 'normal', deviation: 0.1, blankRow: 0 })
  expect(alone.instructions).toEqual(['embedding {"padding":0}'])
})
