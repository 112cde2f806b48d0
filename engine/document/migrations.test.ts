import { describe, expect, it } from 'vitest'
import { InternalError } from '../base/invariant'
import { migrate, migrations } from './migrations'
import { VERSION } from './schema'

describe('migrate', () => {
  it('has a step from every older version', () => {
    for (let version = 1; version < VERSION; version++) expect(migrations[version]).toBeTypeOf('function')
    expect(Object.keys(migrations)).toHaveLength(VERSION - 1)
  })

  it('walks the versions in order and counts them up', () => {
    const steps = {
      1: (raw: Record<string, unknown>) => ({ ...raw, seen: [...Object.values(raw.seen ?? []), 1] }),
      2: (raw: Record<string, unknown>) => ({ ...raw, seen: [...Object.values(raw.seen ?? []), 2] }),
    }
    const old = { version: 1, kept: 'x' }
    expect(migrate(old, 1, steps, 3)).toEqual({ version: 3, kept: 'x', seen: [1, 2] })
    expect(migrate({ version: 2 }, 2, steps, 3)).toEqual({ version: 3, seen: [2] })
    expect(old).toEqual({ version: 1, kept: 'x' })
    expect(() => migrate(old, 1, steps, 4)).toThrow(InternalError)
  })

  it('leaves a document of the newest version alone', () => {
    const raw = { version: VERSION }
    expect(migrate(raw, VERSION)).toBe(raw)
  })
})
