import type { Position } from '../../engine/document/schema'
import { endKey } from './acts/ends'
import type { CardNode, WireView } from './flow'
import { CARD, type WireEnds } from './geometry'

/** Height of the first socket's middle on a card, and from one to the next, in canvas pixels. */
export const SOCKET = { first: 28, next: 24 }

/** Where every socket lies, by side and end, from the cards as they are drawn now. */
function socketPlaces(cards: readonly CardNode[]): { outputs: Map<string, Position>; inputs: Map<string, Position> } {
  const outputs = new Map<string, Position>()
  const inputs = new Map<string, Position>()
  for (const { id, position, measured, data } of cards) {
    const right = position.x + (measured?.width ?? CARD.width)
    data.outputs.forEach(({ name }, index) => {
      outputs.set(endKey({ node: id, port: name }), { x: right, y: position.y + SOCKET.first + SOCKET.next * index })
    })
    data.inputs.forEach(({ name }, index) => {
      inputs.set(endKey({ node: id, port: name }), {
        x: position.x,
        y: position.y + SOCKET.first + SOCKET.next * index,
      })
    })
  }
  return { outputs, inputs }
}

/** The two ends of every wire, in canvas pixels. */
export function wirePlaces(cards: readonly CardNode[], wires: readonly WireView[]): Map<string, WireEnds> {
  const { outputs, inputs } = socketPlaces(cards)
  const places = new Map<string, WireEnds>()
  for (const { id, from, to } of wires) {
    const start = outputs.get(endKey(from))
    const end = inputs.get(endKey(to))
    if (start && end) places.set(id, { from: start, to: end })
  }
  return places
}
