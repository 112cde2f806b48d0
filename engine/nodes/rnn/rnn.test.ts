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
