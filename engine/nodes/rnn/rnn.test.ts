import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

test('has PyTorch’s weights and one op', () => {
  const input = { kind: 'sequence', features: 4 } as const
  const alone = lowerAlone('rnn', { data: weather, input, settings: { hidden: 5, nonlinearity: 'relu' } })
  expect(alone.parameters).toEqual({
    weight_ih_l0: { dims: [5, 4], initializer: { kind: 'glorotUniform' } },
    weight_hh_l0: { dims: [5, 5], initializer: { kind: 'orthogonal', blocks: 1 } },
    bias_ih_l0: { dims: [5], initializer: { kind: 'zeros' } },
    bias_hh_l0: { dims: [5], initializer: { kind: 'zeros' } },
  })
  expect(alone.instructions).toEqual(['rnn {"nonlinearity":"relu"}'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 5]' })
  expect(alone.probes).toEqual([])
})

test('layer norm: a gain for each sum, which begins at 1', () => {
  const input = { kind: 'sequence', features: 4 } as const
  const alone = lowerAlone('rnn', { data: weather, input, settings: { hidden: 5, layerNorm: true } })
  const gain = { dims: [5], initializer: { kind: 'constant', value: 1 } }
  expect(alone.parameters).toMatchObject({ gain_ih_l0: gain, gain_hh_l0: gain, bias_ih_l0: { dims: [5] } })
  expect(alone.instructions).toEqual(['rnn {"nonlinearity":"tanh","normalised":true}'])
})
