import { expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const inputs = { in: { kind: 'sequence', features: 6 }, memory: { kind: 'sequence', features: 4 } } as const

test('has PyTorch’s weights for a memory of another width', () => {
  const alone = lowerAlone('crossAttention', { data: weather, inputs, settings: { heads: 2 } })
  expect(Object.fromEntries(Object.entries(alone.parameters).map(([name, { dims }]) => [name, dims]))).toEqual({
    q_proj_weight: [6, 6],
    k_proj_weight: [6, 4],
    v_proj_weight: [6, 4],
    in_proj_bias: [18],
    'out_proj.weight': [6, 6],
    'out_proj.bias': [6],
  })
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 6]' })
})

test('must not look ahead at what is to be foretold, nor have heads that do not fit', () => {
  const codes = (data: typeof weather, settings: Record<string, unknown>) =>
    shapeAlone('crossAttention', { data, inputs, settings }).problems.map(({ code }) => code)
  expect(codes(letters, { heads: 2 })).toEqual(['attention.seesAhead'])
  expect(codes(letters, { heads: 2, causal: true })).toEqual([])
  expect(codes(weather, { heads: 4 })).toEqual(['attention.heads'])
})
