import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('keeps the shape, words included, and turns within the lengths', () => {
  const measured = { kind: 'sequence', features: 4, word: 'measurement' } as const
  const alone = lowerAlone('reverse', { data: weather, input: measured })
  expect(alone.shapes).toEqual({ out: measured })
  expect(alone.instructions).toEqual(['reverse'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 4]' })
  expect(alone.parameters).toEqual({})
})
