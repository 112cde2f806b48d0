import type { Node } from '@xyflow/react'
import type { ModelAnalysis } from '../../engine/compile/analyse'
import { carriedShape } from '../../engine/compile/canConnect'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { DataSummary } from '../../engine/data/prepared'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import type { PortKind, PortShape, PortSpec } from '../../engine/nodes/defineNode'
import { shapeSentence } from '../../engine/nodes/words'
import type { CategoryKey } from '../nodes/categories'
import { dataNodeOf, endTitle, type NodeFacts, nodeFacts, sourcePorts, targetPorts } from '../nodes/nodeFacts'
import { isSame } from '../state/isSame'
import { type End, endKey, type Side } from './acts/ends'
import { isBypassed, isCollapsed, type Layout, seenOf, sizeOf } from './places'

/** What lies above what: frames (by depth), wires (see WireLine.module.css), cards. */
const Z = { card: 10, selected: 11, dragged: 12 } as const

/** A socket as it is drawn. */
export type SocketView = {
  name: string
  label: string
  side: Side
  /** Kinds it can carry; none on a placeholder. */
  kinds: readonly PortKind[]
  /** What it carries now; null while nobody knows. */
  carries: PortKind | null
  connected: boolean
  /** "32 examples × 24 days × 5 measurements"; null while nobody knows. */
  sentence: string | null
  /** On the card of a closed group: the end inside that it stands for. */
  end?: End
}

/** A card as it is drawn; plain data, so that an unchanged card is not drawn again. */
export type CardData = {
  title: string
  letter: string
  category: CategoryKey
  /** One line of its settings: "128 memory cells". */
  line: string
  problem: { severity: 'error' | 'warning'; message: string } | null
  inputs: SocketView[]
  outputs: SocketView[]
  isHead: boolean
  /** Training changes weights inside. */
  learns: boolean
  /** Nothing but its name is shown. */
  collapsed: boolean
  /** It computes nothing: it is bypassed, or a frame around it is. */
  bypassed: boolean
  /** Of a frame: its ways in and out as they are seen from inside; null for any other node. */
  ways: { enter: SocketView; leave: SocketView } | null
}
export type CardNode = Node<CardData, 'card' | 'frame' | 'reroute'>

/** A wire as it is drawn. Where it lies follows from the cards: see wirePlaces.ts. */
export interface WireView {
  id: string
  from: End
  to: End
  selected: boolean
  /** For those who do not see it: "Wire from LSTM to Dense: 32 examples × 128 numbers". */
  label: string
  kind: PortKind | null
  sentence: string | null
  problem: string | null
}

export interface FlowInput {
  model: Model
  analysis: ModelAnalysis
  summary: DataSummary | null
  /** What is wrong with the data; shown on the node that stands for them. */
  dataProblems: readonly Diagnostic[]
  batchSize: number
  positions: Layout
  sizes: ReadonlyMap<string, { width: number; height: number }>
  selectedNodes: ReadonlySet<string>
  selectedWires: ReadonlySet<string>
}

/** The cards (React Flow's objects) and wires of a model. Objects of the last time are used again where nothing changed: only those are drawn anew. */
export function createFlow(): (input: FlowInput) => { nodes: CardNode[]; wires: readonly WireView[] } {
  let nodes = new Map<string, CardNode>()
  let wires = new Map<string, WireView>()
  let shown: WireView[] = []
  return (input) => {
    const problems = problemsByNode(input)
    const joined = joinedEnds(input)
    nodes = new Map(
      visibleNodes(input).map((id) => [id, reuse(nodes.get(id), makeNode(input, id, problems.get(id) ?? [], joined))]),
    )
    const wireProblems = problemsByWire(input)
    const made = Object.keys(input.model.wires).flatMap((id) => {
      const wire = makeWire(input, id, wireProblems.get(id) ?? null)
      const old = wires.get(id)
      return wire ? [old && isSame(old, wire) ? old : wire] : []
    })
    wires = new Map(made.map((wire) => [wire.id, wire]))
    // The same list while no wire changes, so that moving a card does not draw every wire anew.
    if (made.length !== shown.length || made.some((wire, index) => wire !== shown[index])) shown = made
    return { nodes: [...nodes.values()], wires: shown }
  }
}

/** What no collapsed frame hides. React Flow wants to meet a frame before what lies in it. */
function visibleNodes({ model, positions }: FlowInput): string[] {
  const nesting = nestingOf(model)
  const depth = (id: string): number => framesAround(nesting, id).length
  return Object.keys(model.nodes)
    .filter((id) => seenOf(model, positions, id) === id)
    .sort((a, b) => depth(a) - depth(b))
}

/** The cards with those that are being dragged where the pointer holds them, and frames as large as they are being made. */
export function withDragged(
  nodes: CardNode[],
  dragged: ReadonlyMap<string, Position>,
  resized: ReadonlyMap<string, { width: number; height: number }>,
): CardNode[] {
  if (dragged.size === 0 && resized.size === 0) return nodes
  return nodes.map((node) => {
    const size = resized.get(node.id)
    if (size) return { ...node, ...size }
    const position = dragged.get(node.id)
    if (!position) return node
    const { x, y } = position
    return { ...node, position: { x, y }, ...(node.type === 'frame' ? {} : { zIndex: Z.dragged }), dragging: true }
  })
}

function reuse<T extends { data?: unknown }>(old: T | undefined, made: T): T {
  if (!old) return made
  if (isSame(old, made)) return old
  return old.data !== made.data && isSame(old.data, made.data) ? { ...made, data: old.data } : made
}

const joinedKey = (side: Side, end: End): string => `${side} ${endKey(end)}`

/** Every end of every wire, and the kind that flows there: a socket knows at once whether and how it is connected. */
type JoinedEnds = ReadonlyMap<string, PortKind | null>

function joinedEnds(input: FlowInput): JoinedEnds {
  const ends = new Map<string, PortKind | null>()
  for (const { from, to } of Object.values(input.model.wires)) {
    const kind = flowingKind(input, from, to)
    ends.set(joinedKey('output', from), kind).set(joinedKey('input', to), kind)
  }
  return ends
}

/** What flows between two sockets: what the compiler says, or while it does not know the only kind that both can carry. */
function flowingKind({ model, analysis, summary }: FlowInput, from: End, to: End): PortKind | null {
  const shape = carriedShape(analysis, from)
  if (shape) return shape.kind
  const gives = sourcePorts(nodeFacts(model, from.node, summary)).find(({ name }) => name === from.port)?.kinds ?? []
  const takes = targetPorts(nodeFacts(model, to.node, summary)).find(({ name }) => name === to.port)?.kinds ?? []
  const both = gives.filter((kind) => takes.includes(kind))
  return both.length === 1 ? (both[0] ?? null) : null
}

function problemsByNode({ analysis, dataProblems, model }: FlowInput): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>()
  for (const problem of analysis.problems) {
    const { place } = problem
    if (place.kind !== 'node' && place.kind !== 'port') continue
    const list = found.get(place.node)
    if (list) list.push(problem)
    else found.set(place.node, [problem])
  }
  const data = dataProblems.length === 0 ? null : dataNodeOf(model)
  if (data !== null) found.set(data, [...dataProblems, ...(found.get(data) ?? [])])
  return found
}

function makeNode(input: FlowInput, id: string, problems: readonly Diagnostic[], joined: JoinedEnds): CardNode {
  const { model, analysis, positions, sizes, selectedNodes, summary } = input
  const facts = nodeFacts(model, id, summary)
  const known = analysis.nodes[id]
  const title = facts?.title ?? id
  const { x, y } = positions[id] ?? { x: 0, y: 0 }
  const size = sizes.get(id)
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  const nesting = nestingOf(model)
  const parent = nesting.get(id) ?? null
  const collapsed = isCollapsed(positions, id)
  const ways = collapsed ? null : (facts?.ways ?? null)
  const selected = selectedNodes.has(id)
  return {
    id,
    type: ways ? 'frame' : facts?.definition?.passes ? 'reroute' : 'card',
    position: { x, y },
    ...(parent === null ? {} : { parentId: parent }),
    // The body of a frame is canvas: boxes are drawn and wires let go there. Only its head is a card (see FrameCard.module.css).
    ...(ways ? { ...sizeOf(model, positions, id), style: { pointerEvents: 'none' } } : {}),
    selected,
    zIndex: ways ? framesAround(nesting, id).length : selected ? Z.selected : Z.card,
    ...(size ? { measured: size } : {}),
    ariaLabel: title,
    domAttributes: { 'aria-roledescription': 'node' },
    data: {
      title,
      letter: facts?.letter ?? '?',
      category: facts?.category ?? 'unknown',
      line: facts?.definition ? (known?.description ?? '') : 'from another version, kept as it is',
      problem: worst ? { severity: worst.severity, message: worst.message } : null,
      inputs: sockets(input, id, facts, 'input', joined),
      outputs: sockets(input, id, facts, 'output', joined),
      isHead: facts?.definition?.isHead ?? false,
      learns: (known?.parameters ?? 0) > 0,
      collapsed,
      bypassed: isBypassed(model, id),
      ways: ways && {
        enter: socket(input, id, ways.enter, 'output', joined),
        leave: socket(input, id, ways.leave, 'input', joined),
      },
    },
  }
}

function sockets(input: FlowInput, id: string, facts: NodeFacts | null, side: Side, joined: JoinedEnds): SocketView[] {
  const specs: readonly PortSpec[] = (side === 'input' ? facts?.inputs : facts?.outputs) ?? []
  return specs.map((spec) => socket(input, id, spec, side, joined))
}

function socket(input: FlowInput, id: string, spec: PortSpec, side: Side, joined: JoinedEnds): SocketView {
  const { name, label, kinds } = spec
  const known = input.analysis.nodes[id]
  const shape = known?.inside[name] ?? (side === 'input' ? known?.inputs[name] : known?.outputs[name])
  const only = kinds.length === 1 ? (kinds[0] ?? null) : null
  const key = joinedKey(side, { node: id, port: name })
  return {
    name,
    label,
    side,
    kinds,
    carries: shape?.kind ?? only ?? joined.get(key) ?? null,
    connected: joined.has(key),
    sentence: shape ? sentence(input, shape) : null,
  }
}

function sentence({ summary, batchSize }: FlowInput, shape: PortShape): string | null {
  return summary && shapeSentence(shape, summary, batchSize)
}

function problemsByWire({ analysis }: FlowInput): Map<string, string> {
  const found = new Map<string, string>()
  for (const { place, message } of analysis.problems) {
    if (place.kind === 'wire' && !found.has(place.wire)) found.set(place.wire, message)
  }
  return found
}

/** Null for a wire to a node or socket that is not there: it cannot be drawn; the problems list tells of it. */
function makeWire(input: FlowInput, id: string, problem: string | null): WireView | null {
  const { model, analysis, selectedWires, summary } = input
  const wire = model.wires[id]
  if (!wire) return null
  const from = { node: wire.from.node, port: wire.from.port }
  const to = { node: wire.to.node, port: wire.to.port }
  const source = nodeFacts(model, from.node, summary)
  const target = nodeFacts(model, to.node, summary)
  if (!source || !sourcePorts(source).some(({ name }) => name === from.port)) return null
  if (!target || !targetPorts(target).some(({ name }) => name === to.port)) return null
  const shape = carriedShape(analysis, from)
  const words = shape ? sentence(input, shape) : null
  const label = `Wire from ${endTitle(source, from.port)} to ${endTitle(target, to.port)}${words ? `: ${words}` : ''}`
  const kind = flowingKind(input, from, to)
  return { id, from, to, selected: selectedWires.has(id), label, kind, sentence: words, problem }
}
