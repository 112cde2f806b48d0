import { expect, test } from 'vitest'
import { sentences, weather } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 6 } as const

test('waves need no weights', () => {
  const alone = lowerAlone('positionalEncoding', { data: weather, input })
  expect(alone.instructions).toEqual(['sinusoid {"features":6}', 'addPositions'])
  expect(alone.parameters).toEqual({})
})

test('learned marks are a table of places', () => {
  const alone = lowerAlone('positionalEncoding', { data: weather, input, settings: { kind: 'learned', maximum: 24 } })
  expect(alone.parameters).toEqual({ weight: { dims: [24, 6], initializer: { kind: 'normal', deviation: 0.1 } } })
  expect(alone.instructions).toEqual(['addPositions'])
})

test('a sequence longer than the table is told before training, with the length that would do', () => {
  const settings = { kind: 'learned', maximum: 39 }
  const { problems } = shapeAlone('positionalEncoding', { data: sentences, input, settings })
  expect(problems).toEqual([
    {
      code: 'positions.short',
      message:
        'Positional encoding has marks for 39 steps, but the data have up to 40 words. Set “Longest sequence” to 40, or use waves.',
      setting: 'maximum',
      fix: {
        label: 'Set Longest sequence to 40',
        edits: [{ kind: 'setSetting', model: 'm', node: 'node', setting: 'maximum', value: 40 }],
      },
    },
  ])
  const waves = { kind: 'sinusoidal', maximum: 39 }
  expect(shapeAlone('positionalEncoding', { data: sentences, input, settings: waves }).problems).toEqual([])
})
