import { describe, expect, it } from 'vitest'
import { InternalError } from '../base/invariant'
import { soundDocument } from '../testing/documentArbitraries'
import { serializeDocument } from './serialize'

describe('serializeDocument', () => {
  it('sorts keys at every level, indents by two and ends with a line end', () => {
    const document = { ...soundDocument(), zeta: { b: [], a: {}, '10': 1, '9': [1, { y: 'ü\n', x: null }] } }
    const text = serializeDocument(document)
    expect(text.startsWith('{\n  "data": {\n    "examples": 5000,')).toBe(true)
    expect(
      text.endsWith(
        '  "zeta": {\n    "10": 1,\n    "9": [\n      1,\n      {\n        "x": null,\n        "y": "ü\\n"\n      }\n    ],\n    "a": {},\n    "b": []\n  }\n}\n',
      ),
    ).toBe(true)
    expect(JSON.parse(text)).toEqual(document)
  })

  it('leaves undefined fields out', () => {
    expect(serializeDocument({ ...soundDocument(), claim: undefined })).toBe(serializeDocument(soundDocument()))
  })

  it('never writes what cannot be read again', () => {
    expect(() => serializeDocument({ ...soundDocument(), bad: Number.NaN })).toThrow(InternalError)
    expect(() => serializeDocument({ ...soundDocument(), bad: () => 1 })).toThrow(InternalError)
  })
})
