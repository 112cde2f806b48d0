import { expect, it } from 'vitest'
import { approximately, briefly } from './approximately'

it.each([
  [0, '0', '0'],
  [950, '950', '950'],
  [1234, '1.2 thousand', '1.2k'],
  [45_300_000, '45 million', '45M'],
  [2_000_000_000, '2 billion', '2B'],
])('says %d as "%s", or "%s"', (value, words, brief) => {
  expect(approximately(value)).toBe(words)
  expect(briefly(value)).toBe(brief)
})
