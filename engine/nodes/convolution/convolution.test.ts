import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { convolution } from './convolution'

const input = { kind: 'sequence', features: 4 } as const

test('mixes windows of steps with a weight in the layout of a one-dimensional convolution', () => {
  const settings = { channels: 6, size: 3, dilation: 2 }
  const alone = lowerAlone('convolution', { data: weather, input, settings })
  expect(alone.parameters).toMatchObject({ weight: { dims: [6, 4, 3] }, bias: { dims: [6] } })
  expect(alone.instructions).toEqual([
    'causalWindow {"size":3,"dilation":2}',
    'reshape {"dims":"6,12"}',
    'linear',
    'activation {"kind":"relu"}',
  ])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 6]' })
})

test('its card says how far it reaches', () => {
  const settings = { channels: 16, size: 3, dilation: 4, activation: 'relu' } as const
  expect(convolution.describe(settings, null)).toBe('16 patterns of 9 steps')
})
