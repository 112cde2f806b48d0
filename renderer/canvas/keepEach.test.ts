import { describe, expect, it } from 'vitest'
import { keepEach } from './keepEach'

describe('keepEach', () => {
  it('makes anew only what has another part, and gives it what it was before', () => {
    const keep = keepEach<{ text: string }>()
    const made: string[] = []
    const build = (parts: Record<string, string>) =>
      keep(Object.keys(parts), (id, old) => ({
        parts: [parts[id]],
        make: () => {
          made.push(`${id} was ${old?.text ?? 'nothing'}`)
          return { text: parts[id] ?? '' }
        },
      }))
    const first = build({ a: 'x', b: 'y' })
    const second = build({ b: 'z', a: 'x', c: 'x' })
    expect(second[1]).toBe(first[0])
    expect(second).toEqual([{ text: 'z' }, { text: 'x' }, { text: 'x' }])
    expect(made).toEqual(['a was nothing', 'b was nothing', 'b was y', 'c was nothing'])
  })

  it('forgets what is gone', () => {
    const keep = keepEach<object>()
    const build = (ids: string[]) => keep(ids, () => ({ parts: [], make: () => ({}) }))
    const [before] = build(['a'])
    build([])
    expect(build(['a'])[0]).not.toBe(before)
  })
})
