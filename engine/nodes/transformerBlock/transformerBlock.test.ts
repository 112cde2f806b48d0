import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 8 } as const
const block = (settings: Record<string, unknown>, mode: 'train' | 'predict' = 'train') =>
  lowerAlone('transformerBlock', { data: weather, input, settings: { heads: 2, feedForward: 10, ...settings }, mode })

test('has the weights of PyTorch’s TransformerEncoderLayer', () => {
  const { parameters, outputs } = block({})
  expect(Object.fromEntries(Object.entries(parameters).map(([name, { dims }]) => [name, dims]))).toEqual({
    'self_attn.in_proj_weight': [24, 8],
    'self_attn.in_proj_bias': [24],
    'self_attn.out_proj.weight': [8, 8],
    'self_attn.out_proj.bias': [8],
    'linear1.weight': [10, 8],
    'linear1.bias': [10],
    'linear2.weight': [8, 10],
    'linear2.bias': [8],
    'norm1.weight': [8],
    'norm1.bias': [8],
    'norm2.weight': [8],
    'norm2.bias': [8],
  })
  expect(outputs).toEqual({ out: 'f32 [T, B, 8]' })
})

test('norms come before or after each part', () => {
  const ops = (norm: string) => block({ norm, dropout: 0 }).instructions.map((text) => text.split(' ')[0])
  const attend = ['linear', 'attention', 'linear']
  const think = ['linear', 'gelu', 'linear']
  expect(ops('before')).toEqual(['layerNorm', ...attend, 'add', 'layerNorm', ...think, 'add', 'attentionSample'])
  expect(ops('after')).toEqual([...attend, 'add', 'layerNorm', ...think, 'add', 'layerNorm', 'attentionSample'])
})

test('hides in three places and among its looks while training, each by its own draw, and nowhere else', () => {
  const dropouts = (mode: 'train' | 'predict') =>
    block({ dropout: 0.2 }, mode).instructions.filter((text) => text.includes('rate'))
  const looks = 'attention {"heads":2,"causal":false,"rate":0.2,"stream":0}'
  expect(dropouts('train')).toEqual([looks, ...[1, 2, 3].map((stream) => `dropout {"rate":0.2,"stream":${stream}}`)])
  expect(dropouts('predict')).toEqual([])
})
