import { expect, test } from 'vitest'
import { letters, sentences, weather } from '../testing/graphs'
import { alternatives, formatCount, givesPhrase, needsPhrase, plural, pluralWord, shapeSentence } from './words'

test('counts come in groups of three', () => {
  expect([0, 999, 1000, 231000, 12345678].map(formatCount)).toEqual([
    '0',
    '999',
    '1\u00a0000',
    '231\u00a0000',
    '12\u00a0345\u00a0678',
  ])
})

test('words become plural', () => {
  expect(['day', 'entry', 'class', 'box', 'letter', 'batch'].map(pluralWord)).toEqual([
    'days',
    'entries',
    'classes',
    'boxes',
    'letters',
    'batches',
  ])
  expect([plural(1, 'day'), plural(24, 'day')]).toEqual(['1 day', '24 days'])
})

test('alternatives read as a sentence', () => {
  expect(alternatives(['a'])).toBe('a')
  expect(alternatives(['a', 'b', 'c'])).toBe('a, b or c')
  expect(needsPhrase(['sequence', 'vector'])).toBe('a sequence or one vector per example')
})

test('wires say their shape', () => {
  expect(shapeSentence({ kind: 'sequence', features: 4, word: 'measurement' }, weather, 32)).toBe(
    '32 examples × 24 days × 4 measurements',
  )
  expect(shapeSentence({ kind: 'sequence', features: 128 }, letters, 32)).toBe('32 examples × 64 letters × 128 numbers')
  expect(shapeSentence({ kind: 'tokens', vocabulary: 900, unit: 'word' }, sentences, 1)).toBe(
    '1 example × up to 40 words',
  )
  expect(shapeSentence({ kind: 'vector', features: 1 }, weather, null)).toBe('1 number')
})

test('outputs say what they give', () => {
  expect(givesPhrase({ kind: 'tokens', vocabulary: 9, unit: 'letter' }, letters)).toBe('plain letters')
  expect(givesPhrase({ kind: 'sequence', features: 9 }, weather)).toBe('a sequence of 24 days')
  expect(givesPhrase({ kind: 'vector', features: 9 }, weather)).toBe('one vector per example')
})
