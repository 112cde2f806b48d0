import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('marks each step and blends them into one vector', () => {
  const input = { kind: 'sequence', features: 4 } as const
  const alone = lowerAlone('attentionPooling', { data: weather, input, settings: { size: 7 } })
  expect(alone.parameters).toEqual({
    'attention.weight': { dims: [7, 4], initializer: { kind: 'glorotUniform' } },
    'attention.bias': { dims: [7], initializer: { kind: 'zeros' } },
    'score.weight': { dims: [1, 7], initializer: { kind: 'glorotUniform' } },
  })
  expect(alone.instructions).toEqual(['linear', 'activation {"kind":"tanh"}', 'linear', 'attentionPool'])
  expect(alone.outputs).toEqual({ out: 'f32 [B, 4]' })
})

test('marks by likeness to one learned question', () => {
  const input = { kind: 'sequence', features: 4 } as const
  const alone = lowerAlone('attentionPooling', { data: weather, input, settings: { score: 'scaled' } })
  expect(alone.parameters).toEqual({ 'query.weight': { dims: [1, 4], initializer: { kind: 'glorotUniform' } } })
  expect(alone.instructions).toEqual(['linear', 'scale {"factor":0.5}', 'attentionPool'])
})
