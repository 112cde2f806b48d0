import type { ELK, ElkNode } from 'elkjs/lib/elk-api'
import workerFile from 'elkjs/lib/elk-worker.min.js?url'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Model } from '../../engine/document/schema'
import { nodeFacts } from '../nodes/nodeFacts'
import { bounds, DOT, snap } from './geometry'
import { contentOf, FRAME, isDot, isFrame, type Layout, sizeOf } from './places'
import { SOCKET } from './wirePlaces'

type Corners = Record<string, { x: number; y: number }>

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

let loaded: Promise<ELK> | null = null

/** The layout library, large and slow, is fetched when it is first needed and works in a thread of its own. */
function library(): Promise<ELK> {
  loaded ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) =>
      new Elk({
        workerFactory: () => new Worker(workerFile),
      }),
  )
  return loaded
}

/**
 * Places for all nodes, data flowing from left to right with few crossings; what lies in a frame is laid out in it, from its corner. The
 * whole stays where its top left corner was.
 */
export async function tidyPlaces(model: Model, layout: Layout): Promise<Corners> {
  const elk = await library()
  const nesting = nestingOf(model)
  const content = contentOf(model)
  const depth = (frame: string | null): number => (frame === null ? -1 : framesAround(nesting, frame).length)
  // The innermost frames first: how large they become is known when what is around them is laid out.
  const frames = [...content.keys()].sort((a, b) => depth(b) - depth(a))
  let places: Layout = unsized(model, layout)
  for (const frame of frames) {
    const nodes = content.get(frame) ?? []
    const graph = await elk.layout(graphOf(model, places, frame, nodes))
    const corner = frame === null ? (bounds(nodes.map((id) => rectangle(layout, id))) ?? FRAME.inset) : insideStart
    const laid = (graph.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }] as const)
    const left = Math.min(...laid.map(([, { x }]) => x))
    const top = Math.min(...laid.map(([, { y }]) => y))
    places = {
      ...places,
      ...Object.fromEntries(
        laid.map(([id, { x, y }]) => [id, snap({ x: corner.x + x - left, y: corner.y + y - top })]),
      ),
    }
  }
  return Object.fromEntries(Object.entries(places).map(([id, { x, y }]) => [id, { x, y }]))
}

/** Clear of the way in, its first socket level with it. */
const insideStart = { x: FRAME.inset.x + 32, y: FRAME.way - SOCKET.first }

function rectangle(layout: Layout, id: string) {
  const { x, y } = layout[id] ?? { x: 0, y: 0 }
  return { x, y, width: 0, height: 0 }
}

/** Frames become as large as what they hold. */
function unsized(model: Model, layout: Layout): Layout {
  return Object.fromEntries(
    Object.keys(model.nodes).map((id) => [id, { x: layout[id]?.x ?? 0, y: layout[id]?.y ?? 0 }]),
  )
}

function graphOf(model: Model, layout: Layout, frame: string | null, nodes: readonly string[]): ElkNode {
  const inside = new Set(nodes)
  const wires = Object.entries(model.wires).filter(([, { from, to }]) => inside.has(from.node) && inside.has(to.node))
  return {
    id: frame ?? 'sheet',
    layoutOptions: OPTIONS,
    children: nodes.map((id) => ({
      id,
      ...sizeOf(model, layout, id),
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: portsOf(model, layout, id),
    })),
    edges: wires.map(([id, { from, to }]) => ({
      id,
      sources: [portId(from.node, 'out', from.port)],
      targets: [portId(to.node, 'in', to.port)],
    })),
  }
}

function portsOf(model: Model, layout: Layout, id: string): NonNullable<ElkNode['ports']> {
  const facts = nodeFacts(model, id, null)
  const { width } = sizeOf(model, layout, id)
  const first = isDot(model, id) ? DOT.height / 2 : SOCKET.first
  const row = (index: number): number => first + SOCKET.next * index
  return [
    ...(facts?.inputs ?? []).map(({ name }, index) => ({ id: portId(id, 'in', name), x: 0, y: row(index) })),
    ...(facts?.outputs ?? []).map(({ name }, index) => ({ id: portId(id, 'out', name), x: width, y: row(index) })),
  ]
}

const portId = (node: string, side: 'in' | 'out', port: string): string => `${node} ${side} ${port}`

/** Frames of the model whose size was set by hand; tidying takes it away. */
export function sizedFrames(model: Model, layout: Layout): string[] {
  return Object.keys(model.nodes).filter((id) => isFrame(model, id) && layout[id]?.width !== undefined)
}
