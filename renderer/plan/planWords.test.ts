import { expect, it } from 'vitest'
import { byteWords, placeWords, sourceWords, valueWords } from './planWords'

const value = {
  id: 7,
  name: 'out',
  dims: ['T', 'B', 40] as const,
  bytes: 1200,
  place: { region: 'arena', byte: 640 },
} as const

it('says bytes with three digits at most', () => {
  const words = [0, 640, 999, 1200, 12_345, 999_600, 5_130_000, 2_500_000_000].map(byteWords)
  expect(words.map((text) => text.replace('\u00a0', ' '))).toEqual([
    '0 B',
    '640 B',
    '999 B',
    '1.2 kB',
    '12 kB',
    '1.0 MB',
    '5.1 MB',
    '2.5 GB',
  ])
})

it('says what a value is and where it lies', () => {
  expect(valueWords(value)).toBe('out [T, B, 40]')
  expect(placeWords(value)).toBe('%7 lies 640\u00a0B into working memory')
  expect(placeWords({ ...value, place: null })).toBe('%7 lies nowhere: nothing reads it')
})

it('says what an instruction reads and how much it does', () => {
  const line = { index: 0, op: 'dropout', results: [value], bytes: 1200, flops: 0, scratchBytes: 0 }
  expect(sourceWords({ ...line, inputs: [3, null, 5], attributes: ['rate=0.3'] })).toBe('from %3, %5 · rate=0.3')
  expect(sourceWords({ ...line, inputs: [], attributes: [], scratchBytes: 2000 })).toBe('2.0\u00a0kB to work in')
})
