import Elk from 'elkjs/lib/elk.bundled'
import { describe, expect, it } from 'vitest'
import { present } from '../../engine/base/invariant'
import { applyEdits } from '../../engine/document/applyEdit'
import type { Edit } from '../../engine/document/edits'
import type { UnrollDocument } from '../../engine/document/schema'
import { documentOf } from '../../engine/testing/graphs'
import { overlaps, type Rectangle } from './geometry'
import type { Groups } from './groups/blocks'
import { rectangleAround } from './groups/groupPlaces'
import { FRAME, sizeOf } from './places'
import { tidyPlaces } from './tidyPlaces'

const elk = new Elk()
const layOut = (graph: Parameters<typeof elk.layout>[0]) => elk.layout(graph)

/** data → embed → (a → b, side by side with c) → sum → last → head, all on one heap; a stack with two layers in it. */
const document = documentOf(
  {
    data: { type: 'dataset' },
    embed: { type: 'embedding' },
    a: { type: 'lstm' },
    b: { type: 'dropout' },
    c: { type: 'gru' },
    sum: { type: 'add' },
    bend: { type: 'reroute' },
    stack: { type: 'stack' },
    one: { type: 'lstm', parent: 'stack' },
    two: { type: 'layerNorm', parent: 'stack' },
    last: { type: 'lastStep' },
    head: { type: 'classify' },
  },
  [
    'data > embed',
    'embed > a',
    'a > b',
    'b > sum',
    'embed > c',
    'c > bend',
    'bend > sum:other',
    'sum > stack',
    'stack:enter > one',
    'one > two',
    'two > stack:leave',
    'stack > last',
    'last > head',
  ],
)
const model = present(document.models[0], 'there is a model')
const heap = Object.fromEntries(Object.keys(model.nodes).map((id, index) => [id, { x: 80, y: 40 + 8 * index }]))

async function tidy(groups: Groups = {}, layout = heap) {
  const places = await tidyPlaces(model, layout, groups, layOut)
  const card = (id: string): Rectangle => ({ ...present(places[id], `${id} is placed`), ...sizeOf(model, places, id) })
  const level = (parent: string | undefined) =>
    Object.keys(model.nodes).filter((id) => model.nodes[id]?.parent === parent)
  return { places, card, level }
}

describe('a tidied model', () => {
  it('flows from left to right, nothing upon anything, inside frames as well', async () => {
    const { card, level } = await tidy()
    for (const nodes of [level(undefined), level('stack')]) {
      for (const [index, id] of nodes.entries()) {
        for (const other of nodes.slice(index + 1))
          expect([id, other, overlaps(card(id), card(other))]).toEqual([id, other, false])
      }
    }
    for (const { from, to } of Object.values(model.wires)) {
      if (from.port === 'enter' || to.port === 'leave') continue
      expect(card(from.node).x).toBeLessThan(card(to.node).x)
    }
    expect(Math.min(...level(undefined).map((id) => card(id).x))).toBe(80)
    expect(card('one').y).toBe(FRAME.way - 28)
  })

  it('keeps the members of a group together and all others out of it', async () => {
    const groups = { g: { name: 'Both', nodes: ['a', 'b'] }, h: { name: 'Inside', nodes: ['one', 'two'] } }
    const { card, level } = await tidy(groups)
    const around = present(rectangleAround(['a', 'b'].map(card)), 'it has members')
    for (const id of level(undefined)) {
      if (groups.g.nodes.includes(id)) continue
      expect([id, overlaps(around, card(id))]).toEqual([id, false])
    }
    const inside = present(rectangleAround(['one', 'two'].map(card)), 'it has members')
    expect(inside.y).toBeGreaterThanOrEqual(FRAME.inset.y)
    expect(inside.x).toBeGreaterThanOrEqual(FRAME.inset.x)
  })

  it('takes a closed group for one card: what it hides stays as it stands to each other', async () => {
    const groups = { g: { name: 'Both', nodes: ['a', 'b', 'c', 'sum', 'bend'], closed: true } }
    const { places } = await tidy(groups)
    const apart = (id: string) => ({
      x: (places[id]?.x ?? 0) - (places.a?.x ?? 0),
      y: (places[id]?.y ?? 0) - (places.a?.y ?? 0),
    })
    for (const id of groups.g.nodes) {
      expect(apart(id)).toEqual({ x: 0, y: (heap[id]?.y ?? 0) - (heap.a?.y ?? 0) })
    }
    expect(places.stack?.x).toBeGreaterThan(present(places.a, 'a is placed').x)
  })

  it('stays as it is when it is tidied again', async () => {
    const { places } = await tidy()
    expect((await tidy({}, places)).places).toEqual(places)
  })

  it('is made by one edit that says a place for every node', async () => {
    const { places } = await tidy()
    const edit: Edit = { kind: 'moveNodes', model: model.id, positions: places }
    const after: UnrollDocument = applyEdits(document, [edit])
    expect(after.layout[model.id]?.nodes).toEqual(places)
  })
})
