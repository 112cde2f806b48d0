import { describe, expect, it } from 'vitest'
import { fileNameFor } from './fileName'

describe('file name for a document', () => {
  it.each([
    ['Moby Dick, next letter', 'Moby Dick, next letter.unroll'],
    ['a/b\\c:d', 'a b c d.unroll'],
    ['  ..hidden.. ', 'hidden.unroll'],
    ['', 'Untitled.unroll'],
    ['???', 'Untitled.unroll'],
    ['Übung 3', 'Übung 3.unroll'],
    ['line\nbreak', 'line break.unroll'],
  ])('%j becomes %j', (name, file) => {
    expect(fileNameFor(name)).toBe(file)
  })
})
