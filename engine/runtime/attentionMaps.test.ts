import { expect, test } from 'vitest'
import { prepareData } from '../data/prepare'
import { chain, smallDocument } from '../testing/smallDocument'
import { float32Reference, openTestSession } from '../testing/testSession'

function open(nodes: Parameters<typeof chain>[1]) {
  const document = { ...smallDocument({ batchSize: 4 }), models: [chain('small', nodes)] }
  const data = prepareData(document.data, null)
  if (!data.ok) throw new Error('the generator failed')
  return openTestSession(document, data.value, float32Reference)
}

const end: Parameters<typeof chain>[1] = [
  ['last', { type: 'lastStep', settings: {} }],
  ['out', { type: 'dense', settings: { size: null } }],
  ['answer', { type: 'forecast', settings: {} }],
]

test('every look of every node with attention is shared out among the steps that it may see', () => {
  const session = open([
    ['wide', { type: 'dense', settings: { size: 6 } }],
    ['look', { type: 'selfAttention', settings: { heads: 2 } }],
    ['block', { type: 'transformerBlock', settings: { heads: 3, feedForward: 4, causal: true } }],
    ...end,
  ])
  session.step(1, 0.01, true)
  const maps = session.attention()
  expect(maps.map(({ node, steps }) => [node, steps])).toEqual([
    ['look', 6],
    ['block', 6],
  ])
  for (const { node, steps, weights } of maps) {
    for (let row = 0; row < steps; row++) {
      const looks = weights.slice(row * steps, (row + 1) * steps)
      expect(looks.reduce((sum, look) => sum + look, 0)).toBeCloseTo(1, 5)
      if (node === 'block') expect(looks.slice(row + 1).every((look) => look === 0)).toBe(true)
    }
  }
})

test('a model without attention has no maps, and one with attention no gates', () => {
  const memory = open([['memory', { type: 'lstm', settings: { hidden: 3 } }], ...end])
  memory.step(1, 0.01, true)
  expect(memory.attention()).toEqual([])
  const looking = open([
    ['wide', { type: 'dense', settings: { size: 4 } }],
    ['look', { type: 'selfAttention', settings: { heads: 1 } }],
    ...end,
  ])
  looking.step(1, 0.01, true)
  expect(looking.gates()).toEqual([])
})
