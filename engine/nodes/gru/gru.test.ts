import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const

test('has PyTorch’s weights', () => {
  const alone = lowerAlone('gru', { data: weather, input, settings: { hidden: 5 } })
  expect(alone.parameters).toEqual({
    weight_ih_l0: { dims: [15, 4], initializer: { kind: 'glorotUniform' } },
    weight_hh_l0: { dims: [15, 5], initializer: { kind: 'orthogonal', blocks: 3 } },
    bias_ih_l0: { dims: [15], initializer: { kind: 'zeros' } },
    bias_hh_l0: { dims: [15], initializer: { kind: 'zeros' } },
  })
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 5]' })
})

test('shows its gates by name: blocks of r z n', () => {
  const alone = lowerAlone('gru', { data: weather, input })
  expect(alone.instructions).toEqual(['gru', 'gateStatistics {"blocks":"0,1","gateCount":3}'])
  expect(alone.probes).toEqual([{ kind: 'gates', labels: ['reset', 'update'] }])
})

test('resets before mixing when told to, with the same weights', () => {
  const before = lowerAlone('gru', { data: weather, input, settings: { hidden: 5, reset: 'before' } })
  expect(before.instructions[0]).toBe('gru {"reset":"before"}')
  expect(before.parameters).toEqual(lowerAlone('gru', { data: weather, input, settings: { hidden: 5 } }).parameters)
})

test('recurrent dropout draws one mask for the whole sequence, only in training', () => {
  const settings = { hidden: 5, recurrentDropout: 0.25 }
  expect(lowerAlone('gru', { data: weather, input, settings }).instructions.slice(0, 3)).toEqual([
    'ones {"features":5}',
    'dropout {"rate":0.25,"stream":0}',
    'gru {"masked":true}',
  ])
  const predicting = lowerAlone('gru', { data: weather, input, settings, mode: 'predict' })
  expect(predicting.instructions[0]).toBe('gru')
})
