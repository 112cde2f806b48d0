import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const

test.each([
  ['relu', 'activation {"kind":"relu"}'],
  ['tanh', 'activation {"kind":"tanh"}'],
  ['sigmoid', 'activation {"kind":"sigmoid"}'],
  ['gelu', 'gelu'],
])('%s', (kind, instruction) => {
  const alone = lowerAlone('activation', { data: weather, input, settings: { kind } })
  expect(alone.instructions).toEqual([instruction])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 4]' })
  expect(alone.parameters).toEqual({})
})
