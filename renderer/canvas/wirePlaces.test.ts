import { describe, expect, it } from 'vitest'
import type { CardNode, SocketView } from './flowViews'
import { CARD, DOT, SOCKET } from './geometry'
import type { CanvasNode } from './groups/canvasNodes'
import { BLOCK } from './groups/groupPlaces'
import { FRAME } from './places'
import { wirePlaces } from './wirePlaces'

const socket = (name: string) => ({ name }) as SocketView

function card(id: string, x: number, y: number, more: Partial<CardNode> = {}): CardNode {
  const data = { inputs: [socket('in'), socket('side')], outputs: [socket('out')], ways: null } as unknown
  return { id, type: 'card', position: { x, y }, data: data as CardNode['data'], ...more }
}

/** Where the one wire between two ends lies. */
function place(cards: readonly CanvasNode[], from: [string, string], to: [string, string]) {
  const [[fromNode, fromPort], [toNode, toPort]] = [from, to]
  const wire = { id: 'w', from: { node: fromNode, port: fromPort }, to: { node: toNode, port: toPort } }
  return wirePlaces(cards, [wire as Parameters<typeof wirePlaces>[1][number]]).get('w')
}

describe('ends of wires', () => {
  const a = card('a', 0, 0)

  it('lie on the edges of cards, level with their sockets', () => {
    const b = card('b', 400, 100, { measured: { width: 200, height: 56 } })
    expect(place([a, b], ['a', 'out'], ['b', 'side'])).toEqual({
      from: { x: CARD.width, y: SOCKET.first },
      to: { x: 400, y: 100 + SOCKET.first + SOCKET.next },
    })
    expect(place([a, b], ['b', 'out'], ['a', 'in'])?.from.x).toBe(600)
  })

  it('lie in the middle of reroute points, and at the walls of frames inside', () => {
    const dot = card('dot', 300, 40, { type: 'reroute' })
    expect(place([a, dot], ['a', 'out'], ['dot', 'in'])?.to).toEqual({ x: 300 + DOT.width / 2, y: 40 + DOT.height / 2 })
    const ways = { enter: socket('enter'), leave: socket('leave') }
    const frame = card('frame', 100, 200, { type: 'frame', width: 400, data: { ...a.data, ways } })
    const inside = card('inside', 60, 50, { parentId: 'frame' })
    expect(place([frame, inside], ['frame', 'enter'], ['inside', 'in'])).toEqual({
      from: { x: 100 + FRAME.wall, y: 200 + FRAME.way },
      to: { x: 160, y: 250 + SOCKET.first },
    })
    expect(place([frame, inside], ['inside', 'out'], ['frame', 'leave'])?.to.x).toBe(500 - FRAME.wall)
  })

  it('lie on the card of a closed group for what it hides; nowhere for what is not drawn', () => {
    const data = { inputs: [socket('hidden:in')], outputs: [] } as unknown
    const block = { id: 'block', type: 'block', position: { x: 300, y: 80 }, width: 216, data } as CanvasNode
    expect(place([a, block], ['a', 'out'], ['hidden', 'in'])?.to).toEqual({
      x: 300,
      y: 80 + BLOCK.head + BLOCK.row / 2,
    })
    expect(place([a, block], ['a', 'out'], ['gone', 'in'])).toBeUndefined()
    expect(place([a], ['a', 'none'], ['a', 'in'])).toBeUndefined()
  })
})
