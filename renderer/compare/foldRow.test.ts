import { describe, expect, it } from 'vitest'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import { overlaps } from '../canvas/geometry'
import { rectangleIn } from '../canvas/places'
import { foldRow, widthOf } from './foldRow'

/** A chain of Dense nodes, each 220 pixels right of the one before. */
function row(length: number): { model: Model; layout: Record<string, Position> } {
  const ids = Array.from({ length }, (_, index) => `n${index}`)
  return {
    model: {
      id: 'm',
      name: 'M',
      nodes: Object.fromEntries(ids.map((id) => [id, { type: 'dense', settings: {} }])),
      wires: Object.fromEntries(
        ids
          .slice(1)
          .map((id, index) => [
            `w${index}`,
            { from: { node: `n${index}`, port: 'out' }, to: { node: id, port: 'in' } },
          ]),
      ),
    },
    layout: Object.fromEntries(ids.map((id, index) => [id, { x: 40 + 220 * index, y: 80 }])),
  }
}

describe('folding a long row', () => {
  it('makes rows of about the same width that begin at the same place', () => {
    const { model, layout } = row(8)
    const folded = foldRow(model, layout, 0)
    expect(Object.values(folded ?? {}).map(({ x, y }) => [x, y])).toEqual([
      ...[40, 240, 440, 640].map((x) => [x, 80]),
      ...[40, 240, 440, 640].map((x) => [x, 200]),
    ])
    const boxes = Object.keys(model.nodes).map((id) => rectangleIn(model, folded ?? {}, id))
    for (const [index, box] of boxes.entries()) {
      expect(boxes.slice(index + 1).filter((other) => overlaps(box, other))).toEqual([])
    }
  })

  it('leaves what is short, what was as wide before, what branches and what has reroute points', () => {
    const short = row(3)
    expect(foldRow(short.model, short.layout, 0)).toBeNull()
    const long = row(8)
    expect(foldRow(long.model, long.layout, widthOf(long.model, long.layout))).toBeNull()
    const wires = { ...long.model.wires, extra: { from: { node: 'n0', port: 'out' }, to: { node: 'n5', port: 'in' } } }
    expect(foldRow({ ...long.model, wires }, long.layout, 0)).toBeNull()
    const nodes = { ...long.model.nodes, n3: { type: 'reroute', settings: {} } }
    expect(foldRow({ ...long.model, nodes }, long.layout, 0)).toBeNull()
  })
})
