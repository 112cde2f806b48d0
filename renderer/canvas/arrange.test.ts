import { describe, expect, it } from 'vitest'
import { align, distribute, nearest } from './arrange'

const card = (x: number, y: number, width = 160, height = 56) => ({ x, y, width, height })
const cards = { a: card(0, 0), b: card(240, 80, 80), c: card(480, 16) }

describe('arranging cards', () => {
  it('lines up edges and middles, and names only what moves', () => {
    expect(align(cards, 'left')).toEqual({ b: { x: 0, y: 80 }, c: { x: 0, y: 16 } })
    expect(align(cards, 'right')).toEqual({ a: { x: 480, y: 0 }, b: { x: 560, y: 80 } })
    expect(align(cards, 'top')).toEqual({ b: { x: 240, y: 0 }, c: { x: 480, y: 0 } })
    expect(align(cards, 'middle')).toEqual({ a: { x: 0, y: 40 }, b: { x: 240, y: 40 }, c: { x: 480, y: 40 } })
    expect(align({ a: cards.a }, 'bottom')).toEqual({})
  })

  it('leaves equal gaps; the outermost cards stay', () => {
    expect(distribute({ a: card(0, 0), b: card(200, 0), c: card(560, 0) }, 'x')).toEqual({ b: { x: 280, y: 0 } })
    expect(distribute({ a: card(0, 0), b: card(0, 64), c: card(0, 272) }, 'y')).toEqual({ b: { x: 0, y: 136 } })
    expect(distribute({ a: card(0, 0), b: card(200, 0) }, 'x')).toEqual({})
  })

  it('finds the nearest card in a direction, straight ahead before aside', () => {
    expect(nearest(cards, 'a', 'right')).toBe('b')
    expect(nearest(cards, 'b', 'right')).toBe('c')
    expect(nearest(cards, 'c', 'left')).toBe('b')
    expect(nearest(cards, 'a', 'left')).toBeNull()
    expect(nearest({ a: card(0, 0), ahead: card(0, 300), aside: card(200, 100) }, 'a', 'down')).toBe('ahead')
  })
})
