import { GRID, type Rectangle } from './geometry'

export type Rectangles = Readonly<Record<string, Rectangle>>
type Corners = Record<string, { x: number; y: number }>

/** What cards are lined up by: an edge, or the line through their middles. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

/** Lines cards up: at the outermost edge, or around the middle of all of them. Only cards that move are in the answer. */
export function align(cards: Rectangles, by: Alignment): Corners {
  const all = Object.values(cards)
  const least = (of: (card: Rectangle) => number): number => Math.min(...all.map(of))
  const most = (of: (card: Rectangle) => number): number => Math.max(...all.map(of))
  const right = (card: Rectangle): number => card.x + card.width
  const bottom = (card: Rectangle): number => card.y + card.height
  const left = least(({ x }) => x)
  const top = least(({ y }) => y)
  const place = (card: Rectangle): { x: number; y: number } => {
    switch (by) {
      case 'left':
        return { x: left, y: card.y }
      case 'right':
        return { x: most(right) - card.width, y: card.y }
      case 'centre':
        return { x: onGrid((left + most(right) - card.width) / 2), y: card.y }
      case 'top':
        return { x: card.x, y: top }
      case 'bottom':
        return { x: card.x, y: most(bottom) - card.height }
      case 'middle':
        return { x: card.x, y: onGrid((top + most(bottom) - card.height) / 2) }
    }
  }
  return moved(cards, place)
}

/** Leaves equal gaps between cards from the first to the last, which stay; along x or y. */
export function distribute(cards: Rectangles, along: 'x' | 'y'): Corners {
  const size = along === 'x' ? 'width' : 'height'
  const order = Object.entries(cards).sort(([, a], [, b]) => a[along] - b[along])
  const first = order[0]?.[1]
  const last = order.at(-1)?.[1]
  if (!first || !last || order.length < 3) return {}
  const filled = order.reduce((sum, [, card]) => sum + card[size], 0)
  const gap = (last[along] + last[size] - first[along] - filled) / (order.length - 1)
  const places = new Map<Rectangle, number>()
  let at = first[along]
  for (const [, card] of order) {
    places.set(card, card === first || card === last ? card[along] : onGrid(at))
    at += card[size] + gap
  }
  return moved(cards, (card) => ({ x: card.x, y: card.y, [along]: places.get(card) ?? card[along] }))
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The card that lies nearest in a direction: straight ahead counts double. Null: none lies there. */
export function nearest(cards: Rectangles, from: string, direction: Direction): string | null {
  const start = cards[from]
  if (!start) return null
  const middle = ({ x, y, width, height }: Rectangle): { x: number; y: number } => ({
    x: x + width / 2,
    y: y + height / 2,
  })
  const here = middle(start)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [id, card] of Object.entries(cards)) {
    if (id === from) continue
    const { x, y } = middle(card)
    const sideways = direction === 'left' || direction === 'right'
    const sign = direction === 'left' || direction === 'up' ? -1 : 1
    const ahead = sign * (sideways ? x - here.x : y - here.y)
    const aside = Math.abs(sideways ? y - here.y : x - here.x)
    const cost = ahead + 2 * aside
    if (ahead > 0 && cost < least) {
      best = id
      least = cost
    }
  }
  return best
}

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID
}

function moved(cards: Rectangles, place: (card: Rectangle) => { x: number; y: number }): Corners {
  return Object.fromEntries(
    Object.entries(cards).flatMap(([id, card]) => {
      const { x, y } = place(card)
      return x === card.x && y === card.y ? [] : [[id, { x, y }]]
    }),
  )
}
