import { expect, test } from 'vitest'
import { attentionMapOf } from './attentionMap'

test('keeps the part of the map that lies within the example', () => {
  const value = [1, 0, -1, -1, 0.25, 0.75, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1]
  expect(attentionMapOf({ node: 'a' }, value)).toEqual({ node: 'a', steps: 2, weights: [1, 0, 0.25, 0.75] })
  expect(attentionMapOf({ node: 'a', copy: 'layer 2' }, [1])).toEqual({
    node: 'a',
    copy: 'layer 2',
    steps: 1,
    weights: [1],
  })
})

test('is nothing when no step is shown', () => {
  expect(attentionMapOf({ node: 'a' }, [-1, -1, -1, -1])).toBeNull()
})
