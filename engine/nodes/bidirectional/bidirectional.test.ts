import { describe, expect, test } from 'vitest'
import { sentences } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 6 } as const
const alone = (merge: string) => lowerAlone('bidirectional', { data: sentences, input, settings: { merge } })

describe('both readings', () => {
  test('side by side are twice as wide', () => {
    const { shapes, instructions, outputs } = alone('concat')
    expect(shapes).toEqual({ out: { kind: 'sequence', features: 12 } })
    expect(instructions).toEqual(['reverse', 'reverse', 'concat'])
    expect(outputs).toEqual({ out: 'f32 [T, B, 12]' })
  })

  test.each([
    ['sum', ['reverse', 'reverse', 'add']],
    ['average', ['reverse', 'reverse', 'add', 'scale {"factor":0.5}']],
  ])('%s: as wide as one of them', (merge, expected) => {
    const { shapes, instructions } = alone(merge)
    expect(shapes).toEqual({ out: { kind: 'sequence', features: 6 } })
    expect(instructions).toEqual(expected)
  })
})
