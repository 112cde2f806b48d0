import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('keeps the shape, words included, and turns within the lengths', () => {
  const measured = { kind: 'sequence', features: 4, word: 'measurement' } as const
  const alone = lowerAlone('reverse', { data: weather, input: measured })
  expect(alone.shapes).toEqual({ out: measured })
  expect(alone.instructions).toEqual(['reverse'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 4]' })
  expect(alone.parameters).toEqual({})
})

test('is refused where the next letter is to be foretold', () => {
  const input = { kind: 'sequence', features: 4 } as const
  expect(lowerAlone('reverse', { data: letters, input }).problems).toEqual([
    'Reverse begins with the end of the text, so the model could read off the next letter instead of learning to foretell it. Take it out, and go on with the sequence as it was.',
  ])
})
