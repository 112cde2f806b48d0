import type { Position } from '../../../engine/document/layoutSchema'
import { DOT, snap } from '../geometry'

/** Where a reroute point goes so that its middle is at a point, as far as the grid lets it. */
export function dotAround({ x, y }: Position): { x: number; y: number } {
  return snap({ x: x - DOT.width / 2, y: y - DOT.height / 2 })
}
