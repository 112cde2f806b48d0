import { describe, expect, test } from 'vitest'
import { weather } from '../testing/graphs'
import { lowerAlone } from '../testing/lowerAlone'
import type { PortShape } from './defineNode'

const sequence = (features: number): PortShape => ({ kind: 'sequence', features })
const vector = (features: number): PortShape => ({ kind: 'vector', features })
const alone = (type: string, a: PortShape, b: PortShape) =>
  lowerAlone(type, { data: weather, inputs: { in: a, other: b } })

describe.each(['add', 'multiply'])('%s', (type) => {
  test('takes two of the same shape', () => {
    const made = alone(type, sequence(4), sequence(4))
    expect(made.instructions).toEqual([type])
    expect(made.outputs).toEqual({ out: 'f32 [T, B, 4]' })
    expect(made.parameters).toEqual({})
    expect(alone(type, vector(3), vector(3)).shapes).toEqual({ out: vector(3) })
  })

  test('says which widths do not agree and what to do', () => {
    const { problems } = alone(type, sequence(4), sequence(6))
    expect(problems).toEqual([
      expect.stringMatching(/needs two of the same width, but gets 4 and 6 numbers\. Put a Dense of size 4 in front/),
    ])
  })
})

describe('concat', () => {
  test('is as wide as both together', () => {
    const made = alone('concat', sequence(4), sequence(6))
    expect(made.instructions).toEqual(['concat'])
    expect(made.outputs).toEqual({ out: 'f32 [T, B, 10]' })
  })
})

test.each(['add', 'multiply', 'concat'])('%s: a sequence and a vector do not go together', (type) => {
  expect(alone(type, sequence(4), vector(4)).problems).toEqual([
    expect.stringMatching(
      /^\S.* needs two of a kind, but gets a sequence of 24 days and one vector per example\. .*\.$/,
    ),
  ])
})
