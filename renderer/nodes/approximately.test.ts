import { expect, it } from 'vitest'
import { approximately } from './approximately'

it.each([
  [0, '0'],
  [950, '950'],
  [1234, '1.2 thousand'],
  [45_300_000, '45 million'],
  [2_000_000_000, '2 billion'],
])('says %d as "%s"', (value, words) => {
  expect(approximately(value)).toBe(words)
})
