import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import { cardSizes } from '../canvas/cardSizes'
import { CARD, snap } from '../canvas/geometry'
import { contentOf, isDot, isFrame, type Layout, rectangleIn, sizeOf } from '../canvas/places'

/** A row as wide as this can be read in a small window without scrolling. */
const WIDEST = 800
const GAP = { x: 24, y: 64 }
/** Of a card that was never drawn, with the longest title of a node. */
const NEW_CARD = { width: 176, height: CARD.height }

/**
 * Places for a model whose nodes follow one another and that grew longer than one row can show: rows of about the same width, one below
 * the other. Null where it stays as it is: it is short enough, no wider than `before`, it branches, or it has reroute points.
 */
export function foldRow(model: Model, layout: Layout, before: number): Record<string, Position> | null {
  const top = contentOf(model).get(null) ?? []
  const width = widthOf(model, layout)
  const chain = chainOf(model, top)
  if (!chain || width <= Math.max(WIDEST, before) || top.some((id) => isDot(model, id))) return null
  const cards = chain.map((id) => ({ id, ...(isFrame(model, id) ? sizeOf(model, layout, id) : sizeOfCard(id)) }))
  const first = rectangleIn(model, layout, chain[0] ?? '')
  const places: Record<string, Position> = {}
  let { y } = first
  for (const row of evenRows(cards)) {
    let { x } = first
    for (const card of row) {
      places[card.id] = { ...layout[card.id], ...snap({ x, y }) }
      x += card.width + GAP.x
    }
    y += Math.max(...row.map(({ height }) => height)) + GAP.y
  }
  return { ...layout, ...places }
}

/** From the left edge of the leftmost card to the right edge of the rightmost. */
export function widthOf(model: Model, layout: Layout): number {
  const boxes = (contentOf(model).get(null) ?? []).map((id) => rectangleIn(model, layout, id))
  if (boxes.length === 0) return 0
  return Math.max(...boxes.map(({ x, width }) => x + width)) - Math.min(...boxes.map(({ x }) => x))
}

const sizeOfCard = (id: string): { width: number; height: number } => {
  const { width, height } = cardSizes.get(id) ?? NEW_CARD
  return { width: Math.max(width, CARD.width), height }
}

/** The nodes in the order in which they follow one another; null: they branch, or are not all wired. */
function chainOf(model: Model, nodes: readonly string[]): string[] | null {
  const among = new Set(nodes)
  const next = new Map<string, Set<string>>(nodes.map((id) => [id, new Set()]))
  const fed = new Map<string, number>()
  for (const { from, to } of Object.values(model.wires)) {
    if (!among.has(from.node) || !among.has(to.node) || next.get(from.node)?.has(to.node)) continue
    next.get(from.node)?.add(to.node)
    fed.set(to.node, (fed.get(to.node) ?? 0) + 1)
  }
  let at = nodes.find((id) => !fed.has(id))
  const chain: string[] = []
  while (at !== undefined) {
    chain.push(at)
    const [only, second]: string[] = [...(next.get(at) ?? [])]
    if (second !== undefined || (only !== undefined && fed.get(only) !== 1)) return null
    at = only
  }
  return chain.length === nodes.length ? chain : null
}

/** As few rows as WIDEST allows, none wider than they need to be. */
function evenRows<Card extends { width: number }>(cards: readonly Card[]): Card[][] {
  const rowsWithin = (widest: number): Card[][] => {
    const rows: Card[][] = []
    let right = Number.POSITIVE_INFINITY
    for (const card of cards) {
      if (right + GAP.x + card.width > widest) {
        rows.push([])
        right = -GAP.x
      }
      rows.at(-1)?.push(card)
      right += GAP.x + card.width
    }
    return rows
  }
  let rows = rowsWithin(WIDEST)
  const fewest = rows.length
  for (let widest = WIDEST - 8; widest > 0; widest -= 8) {
    const narrower = rowsWithin(widest)
    if (narrower.length > fewest) break
    rows = narrower
  }
  return rows
}
