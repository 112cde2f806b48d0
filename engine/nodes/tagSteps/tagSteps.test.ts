import { expect, test } from 'vitest'
import { letters, taggedWords } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { tagSteps } from './tagSteps'

test('measures by cross-entropy at every step', () => {
  const alone = lowerAlone('tagSteps', { data: taggedWords, input: { kind: 'sequence', features: 4 } })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['tag'])
})

test('wants a score per tag', () => {
  expect(tagSteps.ports({}, taggedWords).inputs[0]?.features).toEqual({ count: 4, meaning: 'a score per tag' })
  expect(tagSteps.ports({}, letters).inputs[0]?.features).toBeUndefined()
  expect(tagSteps.describe({}, taggedWords)).toBe('one of 4 tags each')
  expect(tagSteps.describe({}, null)).toBe('a tag for every step')
})
