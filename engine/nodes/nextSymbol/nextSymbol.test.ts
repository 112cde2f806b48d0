import { expect, test } from 'vitest'
import { letters } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import { nextSymbol } from './nextSymbol'

test('measures by cross-entropy at every step', () => {
  const alone = lowerAlone('nextSymbol', { data: letters, input: { kind: 'sequence', features: 65 } })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['symbol'])
})

test('wants a score per letter', () => {
  expect(nextSymbol.ports({}, letters).inputs[0]?.features).toEqual({ count: 65, meaning: 'a score per letter' })
  expect(nextSymbol.describe({}, letters)).toBe('one of 65 letters')
})
