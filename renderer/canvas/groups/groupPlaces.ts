import type { Group } from '../../../engine/document/layoutSchema'
import { bounds, GRID, type Rectangle } from '../geometry'

/** How a group is laid out, in canvas pixels. */
export const GROUP = {
  /** From the members to the border left and right. */
  side: 16,
  /** Below the members, where what they cost is said. */
  foot: 24,
  /** The head with the name, above the members. */
  head: 32,
} as const

/** How a closed group is laid out: its head, then a row for each socket. */
export const BLOCK = { width: 216, head: 48, row: 24, foot: 8 } as const

/** Middle of a closed group's socket, from its top. */
export const blockRow = (index: number): number => BLOCK.head + BLOCK.row * (index + 0.5)

export function blockHeight(rows: number): number {
  return BLOCK.head + BLOCK.row * Math.max(1, rows) + BLOCK.foot
}

/** The tinted rectangle around the members; null when none of them is drawn. */
export function rectangleAround(members: readonly Rectangle[]): Rectangle | null {
  const around = bounds(members)
  if (!around) return null
  const top = GROUP.head + GROUP.side / 2
  return {
    x: around.x - GROUP.side,
    y: around.y - top,
    width: around.width + 2 * GROUP.side,
    height: around.height + top + GROUP.foot,
  }
}

/** From a card's top to the middle of its first socket. */
const FIRST = 28

/**
 * Where the card of a closed group lies: in the middle of what it hides, so that it opens in place, its first socket level with those of
 * the highest card, so that wires that ran level still do.
 */
export function blockRectangle(members: readonly Rectangle[], rows: number): Rectangle | null {
  const around = bounds(members)
  if (!around) return null
  const height = blockHeight(rows)
  return {
    x: Math.round((around.x + (around.width - BLOCK.width) / 2) / GRID) * GRID + 0,
    y: around.y + FIRST - blockRow(0),
    width: BLOCK.width,
    height,
  }
}

export function isInside({ x, y, width, height }: Rectangle, point: { x: number; y: number }): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
}

/** How far a member may be let go from where its group was and still belong to it. */
const HOLD = 40

/** Is a member, let go here, still of its group? `before`: the group's rectangle as it was when the drag began. */
export function stillHeld(before: Rectangle, card: Rectangle): boolean {
  return (
    card.x < before.x + before.width + HOLD &&
    card.x + card.width > before.x - HOLD &&
    card.y < before.y + before.height + HOLD &&
    card.y + card.height > before.y - HOLD
  )
}

export const isClosed = (group: Group | undefined): boolean => group?.closed === true
