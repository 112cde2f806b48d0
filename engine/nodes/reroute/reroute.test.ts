import { expect, test } from 'vitest'
import { sentences } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'
import type { PortShape } from '../defineNode'

test.each<PortShape>([
  { kind: 'tokens', vocabulary: 900, unit: 'word' },
  { kind: 'sequence', features: 4 },
  { kind: 'vector', features: 3 },
])('hands on %o without computing anything', (input) => {
  const alone = lowerAlone('reroute', { data: sentences, input })
  expect(alone.shapes).toEqual({ out: input })
  expect(alone.instructions).toEqual([])
  expect(alone.parameters).toEqual({})
})
