import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('hands out measurements as a sequence', () => {
  const alone = lowerAlone('dataset', { data: weather })
  expect(alone.shapes).toEqual({ out: { kind: 'sequence', features: 4, word: 'measurement' } })
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 4]' })
  expect(alone.instructions).toEqual([])
})

test('hands out text as letters', () => {
  const alone = lowerAlone('dataset', { data: letters })
  expect(alone.shapes).toEqual({ out: { kind: 'tokens', vocabulary: 65, unit: 'letter' } })
  expect(alone.outputs).toEqual({ out: 'i32 [T, B]' })
})
