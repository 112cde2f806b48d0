import { describe, expect, test } from 'vitest'
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

describe('other ways to compare', () => {
  const lowered = (settings: Record<string, unknown>, asking = 6, memory = 6) =>
    lowerAlone('crossAttention', {
      data: weather,
      settings,
      input: { kind: 'sequence', features: asking },
      inputs: { memory: { kind: 'sequence', features: memory } },
    })

  test('take the memory as it is', () => {
    expect(lowered({ score: 'dot' }).parameters).toEqual({})
    const general = lowered({ score: 'general' }, 4, 6)
    expect(Object.keys(general.parameters)).toEqual(['weight'])
    expect(general.outputs).toEqual({ out: 'f32 [T, B, 6]' })
    const additive = lowered({ score: 'additive', size: 3 }, 4, 6)
    expect(Object.keys(additive.parameters)).toEqual(['query.weight', 'query.bias', 'key.weight', 'score.weight'])
    expect(additive.outputs).toEqual({ out: 'f32 [T, B, 6]' })
    expect(additive.instructions.slice(-2)).toEqual(['additiveAttention {"causal":false}', 'attentionSample'])
  })

  test('need equal widths when nothing is learned', () => {
    expect(lowered({ score: 'dot' }, 4, 6).problems).toEqual([
      'Cross-attention: to be compared as they are, both sequences must be equally wide, but one has 4 numbers at each step and the other 6. Bring one to the width of the other with a Dense, or let the likeness be learned.',
    ])
  })

  test('look back only where the next symbol is to be foretold', () => {
    const { problems } = lowerAlone('crossAttention', {
      data: letters,
      settings: { score: 'additive' },
      input: { kind: 'sequence', features: 6 },
      inputs: { memory: { kind: 'sequence', features: 6 } },
    })
    expect(problems[0]).toContain('looks ahead')
  })
})
