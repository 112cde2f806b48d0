import { describe, expect, it } from 'vitest'
import { initialLayout, largestSize, readLayout } from './appLayout'

describe('remembered layout', () => {
  it('comes back as it was', () => {
    const layout = { ...initialLayout, rail: null, dock: 'gates', sizes: { left: 240, right: 300, dock: 200 } } as const
    expect(readLayout(JSON.stringify(layout))).toEqual(layout)
  })

  it.each([null, '', '{', '[]', '{"rail":"kitchen"}'])('starts afresh from %j', (text) => {
    expect(readLayout(text)).toEqual(initialLayout)
  })

  it('keeps sizes within bounds', () => {
    const text = JSON.stringify({ ...initialLayout, sizes: { left: 5, right: 9999, dock: 199.6 } })
    expect(readLayout(text).sizes).toEqual({ left: 176, right: 480, dock: 200 })
  })

  it('leaves room for the canvas', () => {
    const { sizes } = initialLayout
    expect(largestSize('left', sizes, { width: 1224, height: 752 })).toBe(420)
    expect(largestSize('left', sizes, { width: 820, height: 752 })).toBe(224)
    expect(largestSize('right', sizes, { width: 600, height: 752 })).toBe(240)
    expect(largestSize('dock', sizes, { width: 1224, height: 752 })).toBe(552)
  })
})
