import type { Position } from '../../engine/document/layoutSchema'
import { type End, endKey, type Side } from './acts/ends'
import type { CardNode, WireView } from './flowViews'
import { CARD, DOT, socketRow, type WireEnds } from './geometry'
import type { CanvasNode } from './groups/canvasNodes'
import { blockRow } from './groups/groupPlaces'
import { FRAME } from './places'

/** What is drawn, and where on the sheet. */
interface Sheet {
  cards: Map<string, { card: CardNode; corner: Position }>
  /** Sockets of closed groups, by the end that they stand for. */
  blocks: Record<Side, Map<string, Position>>
}

/** The cards as they are drawn now; frames come before what they hold. */
function sheetOf(cards: readonly CanvasNode[]): Sheet {
  const sheet: Sheet = { cards: new Map(), blocks: { input: new Map(), output: new Map() } }
  for (const card of cards) {
    if (card.type === 'groupArea' || card.type === 'note') continue
    const { id, parentId, position, width } = card
    const around = (parentId === undefined ? undefined : sheet.cards.get(parentId)?.corner) ?? { x: 0, y: 0 }
    const corner = { x: around.x + position.x, y: around.y + position.y }
    if (card.type !== 'block') {
      sheet.cards.set(id, { card, corner })
      continue
    }
    const right = corner.x + (width ?? CARD.width)
    card.data.outputs.forEach(({ name }, index) => {
      sheet.blocks.output.set(name, { x: right, y: corner.y + blockRow(index) })
    })
    card.data.inputs.forEach(({ name }, index) => {
      sheet.blocks.input.set(name, { x: corner.x, y: corner.y + blockRow(index) })
    })
  }
  return sheet
}

function placeOf({ cards, blocks }: Sheet, end: End, side: Side): Position | null {
  const found = cards.get(end.node)
  if (!found) return blocks[side].get(endKey(end)) ?? null
  const { type, data, width, measured } = found.card
  const { x, y } = found.corner
  const right = x + (width ?? measured?.width ?? CARD.width)
  const row = (side === 'output' ? data.outputs : data.inputs).findIndex(({ name }) => name === end.port)
  if (row >= 0) {
    if (type === 'reroute') return { x: x + DOT.width / 2, y: y + DOT.height / 2 }
    return { x: side === 'output' ? right : x, y: y + socketRow(row) }
  }
  const way = side === 'output' ? data.ways?.enter : data.ways?.leave
  if (way?.name !== end.port) return null
  return { x: side === 'output' ? x + FRAME.wall : right - FRAME.wall, y: y + FRAME.way }
}

/** The two ends of every wire, in canvas pixels. */
export function wirePlaces(cards: readonly CanvasNode[], wires: readonly WireView[]): Map<string, WireEnds> {
  const sheet = sheetOf(cards)
  const places = new Map<string, WireEnds>()
  for (const { id, from, to } of wires) {
    const start = placeOf(sheet, from, 'output')
    const end = placeOf(sheet, to, 'input')
    if (start && end) places.set(id, { from: start, to: end })
  }
  return places
}
