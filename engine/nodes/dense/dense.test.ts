import { expect, test } from 'vitest'
import { letters, sentences, weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { dense } from './dense'

const vector = { kind: 'vector', features: 6 } as const
const sequence = { kind: 'sequence', features: 6 } as const

test('mixes a vector, with bias', () => {
  const alone = lowerAlone('dense', { data: weather, input: vector, settings: { size: 3 } })
  expect(alone.parameters).toEqual({
    weight: { dims: [3, 6], initializer: { kind: 'glorotUniform' } },
    bias: { dims: [3], initializer: { kind: 'zeros' } },
  })
  expect(alone.instructions).toEqual(['linear'])
  expect(alone.outputs).toEqual({ out: 'f32 [B, 3]' })
})

test('does the same at every step of a sequence, and bends it', () => {
  const alone = lowerAlone('dense', { data: weather, input: sequence, settings: { size: 3, activation: 'relu' } })
  expect(alone.instructions).toEqual(['linear', 'activation {"kind":"relu"}'])
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 3]' })
})

test('takes the width that is wanted, or says that nobody wants one', () => {
  const settings = { size: null }
  const told = lowerAlone('dense', { data: weather, input: vector, settings, wanted: 7 })
  expect(told.shapes).toEqual({ out: { kind: 'vector', features: 7 } })
  expect(lowerAlone('dense', { data: weather, input: vector, settings }).problems).toEqual([
    'Dense: “Size” is automatic, but nothing after it says how many numbers it wants. Type a size, or connect it to an output.',
  ])
})

test('its card says what the width is for', () => {
  const line = (
    size: number | null,
    data: Parameters<typeof dense.describe>[1],
    activation: 'none' | 'tanh' = 'none',
  ) => dense.describe({ size, activation, shared: false }, data)
  expect(line(null, letters)).toBe('a score per letter')
  expect(line(null, sentences)).toBe('a score per class')
  expect(line(null, weather)).toBe('1 number')
  expect(line(null, null)).toBe('size automatic')
  expect(line(64, null, 'tanh')).toBe('64 numbers, tanh')
})

test('borrows the weights of an Embedding that fits, the nearest of several', () => {
  const lent = [
    { node: 'a', title: 'First', name: 'weight', dims: [40, 6] },
    { node: 'b', title: 'Second', name: 'weight', dims: [40, 6] },
    { node: 'c', title: 'Third', name: 'weight', dims: [40, 7] },
  ] as const
  const settings = { size: null, shared: true }
  const alone = lowerAlone('dense', { data: letters, input: sequence, settings, lent, wanted: 40 })
  expect(alone.parameters).toEqual({ bias: { dims: [40], initializer: { kind: 'zeros' } } })
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 40]' })
})
