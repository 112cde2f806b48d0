import type { ElkNode } from 'elkjs/lib/elk-api'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Model } from '../../engine/document/schema'
import { nodeFacts } from '../nodes/nodeFacts'
import { endKey } from './acts/ends'
import { bounds, DOT, type Rectangle, SOCKET, snap } from './geometry'
import { blockEnds, type Groups } from './groups/blocks'
import { BLOCK, blockHeight, blockRectangle, blockRow, GROUP } from './groups/groupPlaces'
import { contentOf, FRAME, isDot, type Layout, sizeOf } from './places'

type Corners = Record<string, { x: number; y: number }>
type Corner = { x: number; y: number }

/** What lays a graph out, data flowing from left to right. */
export type LayOut = (graph: ElkNode) => Promise<ElkNode>

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}
const GROUP_OPTIONS = {
  ...OPTIONS,
  'elk.padding': `[top=${GROUP.head + GROUP.side / 2},left=${GROUP.side},bottom=${GROUP.foot},right=${GROUP.side}]`,
}

/**
 * Places for all nodes, data flowing from left to right with few crossings; what lies in a frame is laid out in it, from its corner; the
 * members of a group stay together, those of a closed one as they stand to each other. The whole stays where its top left corner was.
 */
export async function tidyPlaces(model: Model, layout: Layout, groups: Groups, layOut: LayOut): Promise<Corners> {
  const nesting = nestingOf(model)
  const content = contentOf(model)
  const depth = (frame: string | null): number => (frame === null ? -1 : framesAround(nesting, frame).length)
  // The innermost frames first: how large they become is known when what is around them is laid out.
  const frames = [...content.keys()].sort((a, b) => depth(b) - depth(a))
  let places: Layout = unsized(model, layout)
  for (const frame of frames) {
    const level = { model, places, groups, frame, nodes: content.get(frame) ?? [] }
    const laid = await layOut(graphOf(level))
    const made = placesIn(level, laid)
    const least = bounds(Object.values(made.corners).map(asPoint)) ?? { x: 0, y: 0 }
    const start =
      frame === null ? (bounds(level.nodes.map((id) => asPoint(at(layout, id)))) ?? FRAME.inset) : insideStart
    // Heads of groups stay clear of the head of their frame.
    const room = frame === null ? { x: 0, y: 0 } : { x: made.edge.x - least.x, y: made.edge.y - least.y }
    const shift = {
      x: Math.max(start.x, FRAME.inset.x * Number(frame !== null) - room.x) - least.x,
      y: Math.max(start.y, FRAME.inset.y * Number(frame !== null) - room.y) - least.y,
    }
    const moved = Object.entries(made.corners).map(([id, { x, y }]) => [id, snap({ x: x + shift.x, y: y + shift.y })])
    places = { ...places, ...Object.fromEntries(moved) }
  }
  return Object.fromEntries(Object.entries(places).map(([id, { x, y }]) => [id, { x, y }]))
}

/** What lies in one frame, or in none. */
interface Level {
  model: Model
  places: Layout
  groups: Groups
  frame: string | null
  nodes: readonly string[]
}

/** Clear of the way in, its first socket level with it. */
const insideStart = { x: FRAME.inset.x + 32, y: FRAME.way - SOCKET.first }

const at = (layout: Layout, id: string): Corner => ({ x: layout[id]?.x ?? 0, y: layout[id]?.y ?? 0 })
const asPoint = ({ x, y }: Corner): Rectangle => ({ x, y, width: 0, height: 0 })

/** Frames become as large as what they hold. */
function unsized(model: Model, layout: Layout): Layout {
  return Object.fromEntries(Object.keys(model.nodes).map((id) => [id, at(layout, id)]))
}

function groupsOn({ groups, nodes }: Level) {
  const here = new Set(nodes)
  return Object.entries(groups).flatMap(([id, group]) => {
    const members = group.nodes.filter((node) => here.has(node))
    return members.length === 0 ? [] : [{ id, group, members }]
  })
}

function graphOf(level: Level): ElkNode {
  const { model, nodes, frame } = level
  const inside = new Set(nodes)
  const held = groupsOn(level)
  const inGroup = new Map(held.flatMap((one) => one.members.map((node) => [node, one] as const)))
  const together = (a: string, b: string): boolean => {
    const group = inGroup.get(a)
    return group !== undefined && group === inGroup.get(b) && group.group.closed === true
  }
  const wires = Object.entries(model.wires).filter(
    ([, { from, to }]) => inside.has(from.node) && inside.has(to.node) && !together(from.node, to.node),
  )
  return {
    id: frame ?? 'sheet',
    layoutOptions: OPTIONS,
    children: [
      ...nodes.filter((id) => !inGroup.has(id)).map((id) => cardOf(level, id)),
      ...held.map(({ id, group, members }) =>
        group.closed === true
          ? blockOf(level, id, members)
          : { id: groupId(id), layoutOptions: GROUP_OPTIONS, children: members.map((node) => cardOf(level, node)) },
      ),
    ],
    edges: wires.map(([id, { from, to }]) => ({
      id,
      sources: [portId('out', endKey(from))],
      targets: [portId('in', endKey(to))],
    })),
  }
}

function cardOf({ model, places }: Level, id: string): ElkNode {
  const facts = nodeFacts(model, id, null)
  const size = sizeOf(model, places, id)
  const first = isDot(model, id) ? DOT.height / 2 : SOCKET.first
  const row = (index: number): number => first + SOCKET.next * index
  return {
    id,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      ...(facts?.inputs ?? []).map(({ name }, index) => port('in', { node: id, port: name }, 0, row(index))),
      ...(facts?.outputs ?? []).map(({ name }, index) => port('out', { node: id, port: name }, size.width, row(index))),
    ],
  }
}

/** The card of a closed group, with the sockets of what it hides. */
function blockOf(level: Level, id: string, members: readonly string[]): ElkNode {
  const { inputs, outputs } = endsOf(level, members)
  return {
    id: groupId(id),
    width: BLOCK.width,
    height: blockHeight(Math.max(inputs.length, outputs.length)),
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [
      ...inputs.map((end, index) => port('in', end, 0, blockRow(index))),
      ...outputs.map((end, index) => port('out', end, BLOCK.width, blockRow(index))),
    ],
  }
}

function endsOf({ model, places }: Level, members: readonly string[]) {
  return blockEnds(model, { name: '', nodes: [...members] }, places, null)
}

/** Where the nodes came to lie, and the top left edge of all with the groups around them. */
function placesIn(level: Level, laid: ElkNode): { corners: Corners; edge: Corner } {
  const corners: Corners = {}
  const groups = new Map(groupsOn(level).map((one) => [groupId(one.id), one]))
  for (const { id, x = 0, y = 0, children = [] } of laid.children ?? []) {
    const held = groups.get(id)
    if (!held) corners[id] = { x, y }
    for (const child of children) corners[child.id] = { x: x + (child.x ?? 0), y: y + (child.y ?? 0) }
    if (held?.group.closed !== true) continue
    const { inputs, outputs } = endsOf(level, held.members)
    const rows = Math.max(inputs.length, outputs.length)
    const now = blockRectangle(
      held.members.map((node) => rectangleOf(level, node)),
      rows,
    ) ?? { x: 0, y: 0 }
    for (const node of held.members) {
      const place = at(level.places, node)
      corners[node] = { x: place.x + x - now.x, y: place.y + y - now.y }
    }
  }
  const edge = bounds((laid.children ?? []).map(({ x = 0, y = 0 }) => asPoint({ x, y }))) ?? { x: 0, y: 0 }
  return { corners, edge: { x: edge.x, y: edge.y } }
}

function rectangleOf({ model, places }: Level, id: string): Rectangle {
  return { ...at(places, id), ...sizeOf(model, places, id) }
}

function port(side: 'in' | 'out', end: { node: string; port: string }, x: number, y: number) {
  return { id: portId(side, endKey(end)), x, y }
}

const portId = (side: 'in' | 'out', end: string): string => `${side} ${end}`
const groupId = (group: string): string => `group ${group}`
