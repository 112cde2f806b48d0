import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonError } from './jsonError'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('findJsonError', () => {
  it.each([
    ['{"a": 1,}', 1, 9, 'a comma stands before } with nothing after it'],
    ['[1,\n 2,\n]', 3, 1, 'a comma stands before ] with nothing after it'],
    ['{"a" 1}', 1, 6, '“1” stands where a colon is due'],
    ['{"a": 1\n "b": 2}', 2, 2, '“"” stands where a comma or } is due'],
    ['[1 2]', 1, 4, '“2” stands where a comma or ] is due'],
    ["{'a': 1}", 1, 2, "“'” stands where a name in double quotes is due"],
    ['{"a": truth}', 1, 7, '“truth” stands where a value is due'],
    ['{"a": "x\n"}', 1, 7, 'never closed by a double quote'],
    ['{"a": "\\q"}', 1, 7, 'never closed by a double quote'],
    ['{"a": 01}', 1, 8, '“1” stands where a comma or } is due'],
    ['{} {}', 1, 4, 'more text after the end'],
    ['{"a": [1, 2', 1, 12, 'the text ends in the middle'],
    ['', 1, 1, 'the text ends in the middle'],
    ['😀', 1, 1, '“😀” stands where a value is due'],
  ])('%j', (text, line, column, message) => {
    expect(findJsonError(text)).toEqual({ line, column, message: expect.stringContaining(message) })
  })

  it('agrees with JSON.parse about what is JSON', () => {
    const close = fc.string({ unit: fc.constantFrom(...'{}[]",:0-1.eE+ tru\n\\fals'), maxLength: 12 })
    const cut = fc
      .tuple(fc.json(), fc.nat(60), fc.nat(3))
      .map(([text, at, cut]) => text.slice(0, at) + text.slice(at + cut))
    fc.assert(
      fc.property(fc.oneof(fc.json(), close, cut, fc.string()), (text) => {
        expect(findJsonError(text) === null).toBe(isJson(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes megabytes in one string and any depth', () => {
    expect(findJsonError(`["${'x'.repeat(5_000_000)}`)?.column).toBe(2)
    expect(findJsonError('['.repeat(1_000_000))?.message).toContain('ends in the middle')
  })
})
