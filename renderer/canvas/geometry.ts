import { present } from '../../engine/base/invariant'
import type { Position } from '../../engine/document/layoutSchema'

/** A card on the canvas, in canvas pixels. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** Cards stand on a grid of this many pixels. */
export const GRID = 8
/** Size of a card that was not drawn yet. */
export const CARD = { width: 160, height: 56 }
/** Size of a reroute point with what can be taken hold of around it. Its middle is level with a card's first socket 16 pixels higher. */
export const DOT = { width: 40, height: 24 }
/** Height of the first socket's middle on a card, and from one to the next, in canvas pixels. */
export const SOCKET = { first: 28, next: 24 }
/** Middle of a card's socket, from its top. */
export const socketRow = (index: number): number => SOCKET.first + SOCKET.next * index
/** Room kept between two cards that the window places by itself. */
const GAP = { x: 40, y: 40 }

export function snap(position: Position): { x: number; y: number } {
  // Adding 0 turns -0 into 0, so that saved files do not hold "-0".
  return { x: Math.round(position.x / GRID) * GRID + 0, y: Math.round(position.y / GRID) * GRID + 0 }
}

export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** The first place at or below `wanted` where a card of `size` touches no other; on the grid. */
export function freePlace(wanted: Position, size: { width: number; height: number }, taken: readonly Rectangle[]) {
  const place = snap(wanted)
  const room = (): Rectangle => ({
    x: place.x - GAP.x / 2,
    y: place.y - GRID,
    width: size.width + GAP.x,
    height: size.height + 2 * GRID,
  })
  // Each round moves below one card for good, so it ends after as many rounds as there are cards.
  for (let round = 0; round <= taken.length; round++) {
    const hit = taken.find((other) => overlaps(room(), other))
    if (!hit) return place
    place.y = Math.ceil((hit.y + hit.height + GAP.y) / GRID) * GRID
  }
  return place
}

/** Where a card goes that continues `from`: to its right, level with it. */
export function placeAfter(from: Rectangle): { x: number; y: number } {
  return { x: from.x + from.width + GAP.x, y: from.y }
}

/** Between two cards in a row that had to move together. */
const CLOSE = 24

/**
 * Room for a card that comes into a wire: right of the wire's `source`, at the height that was wanted, with the cards that follow
 * moved to the right as far as needed, all alike. `followers` are those that data reach from the wire's end.
 */
export function makeRoom(
  wanted: Position,
  size: { width: number; height: number },
  source: Rectangle,
  followers: Readonly<Record<string, Rectangle>>,
): { place: { x: number; y: number }; moved: Record<string, { x: number; y: number }> } {
  const place = snap({ x: Math.max(wanted.x, source.x + source.width + CLOSE), y: wanted.y })
  const row: Rectangle = { ...place, width: size.width + CLOSE, height: size.height }
  const inTheWay = Object.values(followers).filter((card) => overlaps(card, row))
  const left = Math.min(...inTheWay.map((card) => card.x))
  if (inTheWay.length === 0) return { place, moved: {} }
  const shift = Math.ceil((row.x + row.width - left) / GRID) * GRID
  const behind = Object.entries(followers).filter(([, card]) => card.x >= left)
  return { place, moved: Object.fromEntries(behind.map(([id, { x, y }]) => [id, { x: x + shift, y }])) }
}

/** The smallest rectangle around all of them; null for none. */
export function bounds(rectangles: readonly Rectangle[]): Rectangle | null {
  if (rectangles.length === 0) return null
  const left = Math.min(...rectangles.map((one) => one.x))
  const top = Math.min(...rectangles.map((one) => one.y))
  const right = Math.max(...rectangles.map((one) => one.x + one.width))
  const bottom = Math.max(...rectangles.map((one) => one.y + one.height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Room left between what was brought into view and the edge of the view. */
const MARGIN = 32

/** The shortest move of the view, in its own pixels, that shows the whole of `card`; its top left corner if it is too large. */
export function moveInto(card: Rectangle, view: { width: number; height: number }): { x: number; y: number } {
  const along = (start: number, size: number, room: number): number => {
    if (start < MARGIN) return MARGIN - start
    const over = start + size - (room - MARGIN)
    return over > 0 ? -Math.min(over, start - MARGIN) : 0
  }
  return { x: along(card.x, card.width, view.width), y: along(card.y, card.height, view.height) }
}

/** A wire's two ends: it leaves to the right and arrives from the left. */
export interface WireEnds {
  from: Position
  to: Position
}

type Curve = readonly [Position, Position, Position, Position]

/** Pixels between the heights of two sockets from which on there is room for a wire between their cards. */
const ROOM_BETWEEN = 64

/**
 * The cubic Bézier curves that a wire is made of. It leaves and arrives level, also where there is little room; backwards it turns around,
 * runs level between the two cards, and turns around again.
 */
function curves({ from, to }: WireEnds): readonly Curve[] {
  const dx = to.x - from.x
  const dy = Math.abs(to.y - from.y)
  if (dx < 0 && dy >= ROOM_BETWEEN) {
    const y = (from.y + to.y) / 2
    const reach = Math.min(28, dy / 3)
    const [start, end] = [
      { x: from.x, y },
      { x: to.x, y },
    ]
    return [
      [from, { x: from.x + reach, y: from.y }, { x: from.x + reach, y }, start],
      [start, { x: from.x + dx / 3, y }, { x: to.x - dx / 3, y }, end],
      [end, { x: to.x - reach, y }, { x: to.x - reach, y: to.y }, to],
    ]
  }
  const reach = dx >= 0 ? Math.max(dx / 2, Math.min(48, dy / 2)) : Math.max(48, 6 * Math.sqrt(-dx))
  return [[from, { x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }, to]]
}

/** The wire as an SVG path. */
export function wirePath(ends: WireEnds): string {
  const parts = curves(ends).map(([, b, c, d]) => `C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`)
  return `M${ends.from.x},${ends.from.y} ${parts.join(' ')}`
}

/** Points along a wire, both ends included. */
export function pointsAlong(ends: WireEnds, count = 24): { x: number; y: number }[] {
  const all = curves(ends)
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = (index / count) * all.length
    const [a, b, c, d] = present(all[Math.min(Math.floor(at), all.length - 1)], 'a wire has a curve')
    const t = index === count ? 1 : at % 1
    const u = 1 - t
    const mix = (p: number, q: number, r: number, s: number): number =>
      u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s
    return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) }
  })
}

/** Distance from a point to the line from `a` to `b`. */
function distanceToSegment(point: Position, a: Position, b: Position): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
  return Math.hypot(point.x - (a.x + t * dx), point.y - (a.y + t * dy))
}

export function distanceToWire(point: Position, ends: WireEnds): number {
  const points = pointsAlong(ends)
  let nearest = Number.POSITIVE_INFINITY
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1]
    const b = points[index]
    if (a && b) nearest = Math.min(nearest, distanceToSegment(point, a, b))
  }
  return nearest
}

/** The wire nearest to `point`, if one is within `reach` canvas pixels. */
export function wireAt(point: Position, wires: Readonly<Record<string, WireEnds>>, reach: number): string | null {
  let best: string | null = null
  let nearest = reach
  for (const [id, ends] of Object.entries(wires)) {
    const distance = distanceToWire(point, ends)
    if (distance <= nearest) {
      nearest = distance
      best = id
    }
  }
  return best
}
