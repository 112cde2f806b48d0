import { describe, expect, it } from 'vitest'
import { expectedSize } from './expectedSize'
import type { CardData, SocketView } from './flowViews'

/** Every letter as wide as every other. */
const textWidth = (text: string): number => 7 * text.length

const socket = (name: string): SocketView => ({
  name,
  label: name,
  side: 'input',
  kinds: ['sequence'],
  carries: null,
  connected: false,
  sentence: null,
})

const card = (more: Partial<CardData>): CardData => ({
  title: 'LSTM',
  letter: 'L',
  category: 'remember',
  line: '16 memory cells',
  cost: { weights: 0, sums: 0 },
  problem: null,
  inputs: [socket('in')],
  outputs: [socket('out')],
  isHead: false,
  learns: true,
  collapsed: false,
  bypassed: false,
  ways: null,
  ...more,
})

describe('expectedSize', () => {
  it('is that of the smallest card with a short name and one line', () => {
    expect(expectedSize(card({}), textWidth)).toEqual({ width: 160, height: 56 })
  })

  it('grows with the name, with room for the mark of a problem, up to the widest card', () => {
    const title = 'A name of twenty-two l'
    expect(expectedSize(card({ title }), textWidth).width).toBe(25 + 26 + 22 * 7)
    const problem = { severity: 'error' as const, message: 'No.' }
    expect(expectedSize(card({ title: title.slice(2), problem }), textWidth).width).toBe(25 + 26 + 23 + 20 * 7)
    expect(expectedSize(card({ title: title.repeat(3) }), textWidth).width).toBe(232)
  })

  it('has room for a second line and for every socket', () => {
    expect(expectedSize(card({ line: 'x'.repeat(30) }), textWidth).height).toBe(71)
    expect(expectedSize(card({ line: 'x'.repeat(30), collapsed: true }), textWidth).height).toBe(56)
    expect(expectedSize(card({ inputs: ['a', 'b', 'c'].map(socket) }), textWidth).height).toBe(104)
  })
})
