import { describe, expect, it } from 'vitest'
import { KeptRuns } from './keptRuns'

describe('KeptRuns', () => {
  const run = (name: string, mark: number) => ({
    kind: 'kept' as const,
    run: name,
    files: { best: Uint8Array.of(mark), last: Uint8Array.of(mark, mark) },
  })

  it('gives the files of the last runs, the newest of one name', () => {
    const kept = new KeptRuns()
    kept.keep(run('a', 1))
    kept.keep(run('a', 2))
    expect(kept.file('a', 'best')).toEqual(Uint8Array.of(2))
    expect(kept.file('a', 'last')).toEqual(Uint8Array.of(2, 2))
    expect(kept.file('b', 'best')).toBeNull()
  })

  it('forgets what is too old', () => {
    const kept = new KeptRuns()
    for (let index = 0; index < 10; index++) kept.keep(run(`r${index}`, index))
    expect([kept.file('r1', 'best'), kept.file('r2', 'best')?.[0], kept.file('r9', 'best')?.[0]]).toEqual([null, 2, 9])
  })
})
