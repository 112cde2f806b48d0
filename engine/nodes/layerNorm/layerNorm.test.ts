import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('has PyTorch’s weights and begins by changing nothing but the scale', () => {
  const alone = lowerAlone('layerNorm', { data: weather, input: { kind: 'vector', features: 4 } })
  expect(alone.parameters).toEqual({
    weight: { dims: [4], initializer: { kind: 'constant', value: 1 } },
    bias: { dims: [4], initializer: { kind: 'zeros' } },
  })
  expect(alone.instructions).toEqual(['layerNorm'])
  expect(alone.outputs).toEqual({ out: 'f32 [B, 4]' })
})
