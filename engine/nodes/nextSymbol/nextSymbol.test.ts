import { expect, test } from 'vitest'
import { letters } from '../../testing/graphs'
import { lowerAlone, shapeAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 65 } as const

test('measures by cross-entropy at every step', () => {
  const alone = lowerAlone('nextSymbol', { data: letters, input })
  expect(alone.instructions).toEqual(['crossEntropy'])
  expect(alone.heads).toEqual(['symbol'])
})

test('wants a score per letter', () => {
  const { node } = shapeAlone('nextSymbol', { data: letters, input })
  expect(node.inputs[0]?.features).toEqual({ count: 65, meaning: 'a score per letter' })
  expect(node.definition.describe(node.settings, letters)).toBe('one of 65 letters')
})

test('smooths, and leaves the stand-in for rare symbols out', () => {
  const alone = lowerAlone('nextSymbol', { data: letters, settings: { smoothing: 0.2, countRare: false }, input })
  expect(alone.instructions).toEqual(['crossEntropy {"labelSmoothing":0.2,"ignored":0}'])
})
