import type { CardData } from './flowViews'
import { CARD, SOCKET } from './geometry'
import type { TextWidth } from './textWidth'

/** How a card is laid out, in canvas pixels: what NodeCard.module.css says. */
const LOOK = {
  widest: 232,
  /** Borders and margins left and right of its words together, above and below. */
  sides: 25,
  ends: 20,
  /** Icon and the gap behind it; the mark of a problem and the gap before it. */
  icon: 26,
  mark: 23,
  title: { weight: 600, pixels: 13, height: 18 },
  line: { weight: 400, pixels: 12, height: 16, gap: 1 },
} as const

/** Room for all sockets of a side, one below the other. */
export function socketsHeight({ inputs, outputs }: Pick<CardData, 'inputs' | 'outputs'>): number {
  return 2 * SOCKET.first + SOCKET.next * Math.max(0, Math.max(inputs.length, outputs.length) - 1)
}

/**
 * How large a card will be, so that it is shown at once: measuring hundreds of them took as long as drawing them. The browser measures
 * every card all the same, later, and where it finds another size that one holds.
 */
export function expectedSize(data: CardData, textWidth: TextWidth): { width: number; height: number } {
  const { title, line, problem, collapsed } = data
  const words = LOOK.icon + textWidth(title, LOOK.title) + (problem ? LOOK.mark : 0)
  const width = Math.min(LOOK.widest, Math.max(CARD.width, words + LOOK.sides))
  const lines = collapsed ? 0 : textWidth(line, LOOK.line) > width - LOOK.sides ? 2 : 1
  const below = lines === 0 ? 0 : LOOK.line.gap + lines * LOOK.line.height
  const height = Math.max(socketsHeight(data), LOOK.ends + LOOK.title.height + below)
  return { width: Math.round(width), height }
}
