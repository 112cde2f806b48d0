import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('lays a vector out over time', () => {
  const alone = lowerAlone('repeatOverTime', { data: weather, input: { kind: 'vector', features: 3 } })
  expect(alone.instructions).toEqual(['repeatOverTime'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 3]' })
  expect(alone.parameters).toEqual({})
})

test('does not show the steps of a text what is still to come', () => {
  const { problems } = lowerAlone('repeatOverTime', { data: letters, input: { kind: 'vector', features: 3 } })
  expect(problems).toEqual([
    'Repeat for each step would show every step what the whole text holds, so the model could read off the next letter instead of learning to foretell it. Take it out, and go on with the sequence itself.',
  ])
})
