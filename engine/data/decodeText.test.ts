import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decodeText'

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (...values: number[]) => Uint8Array.from(values)

describe('decodeText', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['UTF-8', utf8('naïve €'), 'naïve €', 'UTF-8'],
    ['UTF-8 with mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a', 'UTF-8'],
    ['UTF-16 little endian', bytes(0xff, 0xfe, 0x61, 0, 0xac, 0x20), 'a€', 'UTF-16'],
    ['UTF-16 big endian', bytes(0xfe, 0xff, 0, 0x61, 0x20, 0xac), 'a€', 'UTF-16'],
    ['Latin-1', bytes(0x61, 0xe9, 0x20, 0x80, 0x93), 'aé €“', 'Latin-1'],
    ['Windows line ends', utf8('a\r\nb\rc\n'), 'a\nb\nc\n', 'UTF-8'],
  ])('%s', (_, input, text, encoding) => {
    const result = decodeText(input, 'x.txt')
    expect(result).toMatchObject({ ok: true, value: { text, encoding } })
    expect(result.problems.map((problem) => problem.severity)).toEqual(encoding === 'Latin-1' ? ['warning'] : [])
  })

  it.each<[string, Uint8Array, string]>([
    ['nothing', bytes(), '“x.csv” is empty. Choose a file with data in it.'],
    ['spaces', utf8(' \n\t\n'), '“x.csv” holds nothing but spaces. Choose a file with data in it.'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d), '“x.csv” is not a text file.'],
    ['a spreadsheet', utf8('PK\u0003\u0004\u0014\u0000\u0006'), 'spreadsheets can be saved as CSV.'],
  ])('refuses %s', (_, input, sentence) => {
    const result = decodeText(input, 'x.csv')
    expect(result.ok).toBe(false)
    expect(result.problems[0]?.message).toContain(sentence)
  })

  it('refuses more than 200 MB', () => {
    expect(decodeText(new Uint8Array(200 * 1024 * 1024 + 1), 'x.csv').problems[0]?.message).toBe(
      '“x.csv” is larger than 200 MB. Keep only the part of it that the model needs.',
    )
  })

  it('gives every valid text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '' && !text.startsWith('\ufeff'))
        expect(decodeText(utf8(text), 'x')).toMatchObject({ ok: true, value: { text: text.replace(/\r\n?/g, '\n') } })
      }),
    )
  })
})
