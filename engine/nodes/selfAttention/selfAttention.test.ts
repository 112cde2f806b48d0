import { describe, expect, test } from 'vitest'
import { letters, weather } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 12 } as const

test('has the weights of PyTorch’s MultiheadAttention', () => {
  const alone = lowerAlone('selfAttention', { data: weather, input, settings: { heads: 3 } })
  expect(alone.parameters).toEqual({
    in_proj_weight: { dims: [36, 12], initializer: { kind: 'glorotUniform' } },
    in_proj_bias: { dims: [36], initializer: { kind: 'zeros' } },
    'out_proj.weight': { dims: [12, 12], initializer: { kind: 'glorotUniform' } },
    'out_proj.bias': { dims: [12], initializer: { kind: 'zeros' } },
  })
  expect(alone.instructions).toEqual(['linear', 'attention {"heads":3,"causal":false}', 'linear', 'attentionSample'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 12]' })
})

test('hides a share of its looks while training only', () => {
  const looks = (mode: 'train' | 'predict') =>
    lowerAlone('selfAttention', { data: weather, input, settings: { heads: 3, dropout: 0.25 }, mode }).instructions
  expect(looks('train')).toContain('attention {"heads":3,"causal":false,"rate":0.25,"stream":0}')
  expect(looks('predict')).toContain('attention {"heads":3,"causal":false}')
})

describe.each(['selfAttention', 'transformerBlock'])('%s', (type) => {
  test('offers the largest number of heads that the width divides by', () => {
    const { problems } = shapeAlone(type, { data: weather, input, settings: { heads: 5 } })
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'attention.heads',
        setting: 'heads',
        message: expect.stringMatching(
          /12 numbers at each step cannot be shared out evenly among 5 heads\. Use 4 heads/,
        ),
        fix: {
          label: 'Set Heads to 4',
          edits: [{ kind: 'setSetting', model: 'm', node: 'node', setting: 'heads', value: 4 }],
        },
      }),
    ])
  })

  test('must not look ahead at the letter that is to be foretold', () => {
    const { problems } = shapeAlone(type, { data: letters, input })
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'attention.seesAhead',
        message: expect.stringMatching(/looks ahead, so it can read off the next letter/),
        fix: {
          label: 'Turn on Look back only',
          edits: [{ kind: 'setSetting', model: 'm', node: 'node', setting: 'causal', value: true }],
        },
      }),
    ])
    expect(shapeAlone(type, { data: letters, input, settings: { causal: true } }).problems).toEqual([])
  })
})

test('marks places by turning what is asked and offered, which needs pairs of numbers in each head', () => {
  const settings = { heads: 2, rotary: true }
  const alone = lowerAlone('selfAttention', { data: weather, input: { kind: 'sequence', features: 8 }, settings })
  expect(alone.instructions).toEqual([
    'linear',
    'sinusoid {"features":4}',
    'rotary {"columns":16,"back":false}',
    'attention {"heads":2,"causal":false}',
    'linear',
    'attentionSample',
  ])
  const odd = lowerAlone('selfAttention', { data: weather, input: { kind: 'sequence', features: 6 }, settings })
  expect(odd.problems).toEqual([
    'Self-attention: places are marked by turning pairs of numbers, but each head has 3 numbers, which do not fall into pairs. Use another width or number of heads, or turn off “Marks places by turning”.',
  ])
})
