import { expect, test } from 'vitest'
import { sentences } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { classify } from './classify'

test('measures by cross-entropy', () => {
  const alone = lowerAlone('classify', { data: sentences, input: { kind: 'vector', features: 3 } })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['class'])
})

test('wants a score per class', () => {
  expect(classify.ports({}, sentences).inputs).toEqual([
    {
      name: 'in',
      label: 'one vector per example',
      kinds: ['vector'],
      features: { count: 3, meaning: 'a score per class' },
    },
  ])
  expect(classify.describe({}, sentences)).toBe('one of 3 classes')
})
