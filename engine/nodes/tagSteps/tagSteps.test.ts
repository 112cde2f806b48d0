import { expect, test } from 'vitest'
import { letters, taggedWords } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const
const shaped = (settings = {}, data = taggedWords) => shapeAlone('tagSteps', { data, settings, input })

test('measures by cross-entropy at every step', () => {
  const alone = lowerAlone('tagSteps', { data: taggedWords, input })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['tag'])
})

test('wants a score per tag', () => {
  expect(shaped().node.inputs[0]?.features).toEqual({ count: 4, meaning: 'a score per tag' })
  expect(shaped({}, letters).node.inputs[0]?.features).toBeUndefined()
  const { definition, settings } = shaped().node
  expect(definition.describe(settings, taggedWords)).toBe('one of 4 tags each')
  expect(definition.describe(settings, null)).toBe('a tag for every step')
})

test('weighs rare tags up and leaves one out', () => {
  const data = { ...taggedWords, targetCounts: [10, 0, 20, 30] }
  const alone = lowerAlone('tagSteps', { data, settings: { weights: 'balanced', ignored: 'DET' }, input })
  // Sixty words fall to three tags; of the fourth nothing can be learned.
  expect(alone.instructions).toEqual(['constant {"values":"2,1,1,0.6666667"}', 'crossEntropy {"ignored":1}'])
})

test('refuses to leave out a tag that is not there', () => {
  expect(shaped({ ignored: 'PUNCT' }).problems[0]?.message).toContain('the tag “PUNCT”, but the data have “ADJ”, “DET”')
})
