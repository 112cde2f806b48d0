import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('makes one vector of a sequence', () => {
  const alone = lowerAlone('maxOverTime', { data: weather, input: { kind: 'sequence', features: 4 } })
  expect(alone.shapes).toEqual({ out: { kind: 'vector', features: 4 } })
  expect(alone.instructions).toEqual(['maxOverTime'])
  expect(alone.outputs).toEqual({ out: 'f32 [B, 4]' })
  expect(alone.parameters).toEqual({})
})
