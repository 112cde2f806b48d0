import { type NodeHandle, Position } from '@xyflow/react'
import type { CardData, SocketView } from './flowViews'

/** Width and height of what is taken hold of around a socket; see Socket.module.css. */
const SIZE = 18

/**
 * The sockets of a card as React Flow knows them, so that it need not look for them on the page.
 *
 * @param row the middle of a socket, from the card's top
 */
export function cardHandles(
  { inputs, outputs }: Pick<CardData, 'inputs' | 'outputs'>,
  width: number,
  row: (index: number) => number,
): NodeHandle[] {
  const place = ({ name }: SocketView, index: number) => ({
    id: name,
    y: row(index) - SIZE / 2,
    width: SIZE,
    height: SIZE,
  })
  const [left, right] = [-SIZE / 2, width - SIZE / 2]
  return [
    ...inputs.map((one, index) => ({
      ...place(one, index),
      type: 'target' as const,
      position: Position.Left,
      x: left,
    })),
    ...outputs.map((one, index) => ({
      ...place(one, index),
      type: 'source' as const,
      position: Position.Right,
      x: right,
    })),
  ]
}
