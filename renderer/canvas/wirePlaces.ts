import type { Position } from '../../engine/document/layoutSchema'
import { endKey } from './acts/ends'
import type { WireView } from './flowViews'
import { CARD, DOT, socketRow, type WireEnds } from './geometry'
import type { CanvasNode } from './groups/canvasNodes'
import { blockRow } from './groups/groupPlaces'
import { FRAME } from './places'

interface Sockets {
  outputs: Map<string, Position>
  inputs: Map<string, Position>
}

/** Where every socket lies on the sheet, from the cards as they are drawn now; frames come before what they hold. */
function socketPlaces(cards: readonly CanvasNode[]): Sockets {
  const outputs: Sockets['outputs'] = new Map()
  const inputs: Sockets['inputs'] = new Map()
  const corners = new Map<string, Position>()
  for (const card of cards) {
    if (card.type === 'groupArea' || card.type === 'note') continue
    const { id, parentId, position, width, measured } = card
    const around = (parentId === undefined ? undefined : corners.get(parentId)) ?? { x: 0, y: 0 }
    const [x, y] = [around.x + position.x, around.y + position.y]
    if (card.type === 'block') {
      card.data.outputs.forEach(({ name }, index) => {
        outputs.set(name, { x: x + (width ?? CARD.width), y: y + blockRow(index) })
      })
      card.data.inputs.forEach(({ name }, index) => {
        inputs.set(name, { x, y: y + blockRow(index) })
      })
      continue
    }
    const { type, data } = card
    corners.set(id, { x, y })
    if (type === 'reroute') {
      const middle = { x: x + DOT.width / 2, y: y + DOT.height / 2 }
      for (const { name } of data.outputs) outputs.set(endKey({ node: id, port: name }), middle)
      for (const { name } of data.inputs) inputs.set(endKey({ node: id, port: name }), middle)
      continue
    }
    const right = x + (width ?? measured?.width ?? CARD.width)
    const row = (index: number): number => y + socketRow(index)
    data.outputs.forEach(({ name }, index) => {
      outputs.set(endKey({ node: id, port: name }), { x: right, y: row(index) })
    })
    data.inputs.forEach(({ name }, index) => {
      inputs.set(endKey({ node: id, port: name }), { x, y: row(index) })
    })
    if (!data.ways) continue
    const { enter, leave } = data.ways
    outputs.set(endKey({ node: id, port: enter.name }), { x: x + FRAME.wall, y: y + FRAME.way })
    inputs.set(endKey({ node: id, port: leave.name }), { x: right - FRAME.wall, y: y + FRAME.way })
  }
  return { outputs, inputs }
}

/** The two ends of every wire, in canvas pixels. */
export function wirePlaces(cards: readonly CanvasNode[], wires: readonly WireView[]): Map<string, WireEnds> {
  const { outputs, inputs } = socketPlaces(cards)
  const places = new Map<string, WireEnds>()
  for (const { id, from, to } of wires) {
    const start = outputs.get(endKey(from))
    const end = inputs.get(endKey(to))
    if (start && end) places.set(id, { from: start, to: end })
  }
  return places
}
