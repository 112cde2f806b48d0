import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'vector', features: 4 } as const

test('hides while training only', () => {
  const training = lowerAlone('dropout', { data: weather, input, settings: { rate: 0.3 } })
  expect(training.instructions).toEqual(['dropout {"rate":0.3,"stream":0}'])
  const predicting = lowerAlone('dropout', { data: weather, input, settings: { rate: 0.3 }, mode: 'predict' })
  expect(predicting.instructions).toEqual([])
  expect(predicting.passesThrough).toBe(true)
})

test('is nothing at a rate of 0', () => {
  expect(lowerAlone('dropout', { data: weather, input, settings: { rate: 0 } }).passesThrough).toBe(true)
})

test('keeps the shape, words included', () => {
  const measured = { kind: 'sequence', features: 4, word: 'measurement' } as const
  expect(lowerAlone('dropout', { data: weather, input: measured }).shapes).toEqual({ out: measured })
})
