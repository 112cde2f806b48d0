import type { Edge, Node } from '@xyflow/react'
import type { ModelAnalysis } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Model, Position } from '../../engine/document/schema'
import type { PortKind, PortShape, PortSpec } from '../../engine/nodes/defineNode'
import { shapeSentence } from '../../engine/nodes/words'
import type { CategoryKey } from '../nodes/categories'
import { dataNodeOf, type NodeFacts, nodeFacts } from '../nodes/nodeFacts'
import { isSame } from '../state/isSame'
import { type End, endKey } from './acts/ends'
import type { Side } from './view'

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
}
export type CardNode = Node<CardData, 'card'>

export type WireData = {
  kind: PortKind | null
  sentence: string | null
  problem: string | null
}
export type WireEdge = Edge<WireData, 'wire'>

export interface FlowInput {
  model: Model
  analysis: ModelAnalysis
  summary: DataSummary | null
  /** What is wrong with the data; shown on the node that stands for them. */
  dataProblems: readonly Diagnostic[]
  batchSize: number
  positions: Readonly<Record<string, Position>>
  sizes: ReadonlyMap<string, { width: number; height: number }>
  selectedNodes: ReadonlySet<string>
  selectedWires: ReadonlySet<string>
}

/** React Flow's objects of a model. Objects of the last time are used again where nothing changed: only those are drawn anew. */
export function createFlow(): (input: FlowInput) => { nodes: CardNode[]; wires: WireEdge[] } {
  let nodes = new Map<string, CardNode>()
  let wires = new Map<string, WireEdge>()
  let shown: WireEdge[] = []
  return (input) => {
    const problems = problemsByNode(input)
    const joined = joinedEnds(input)
    nodes = new Map(
      Object.keys(input.model.nodes).map((id) => [
        id,
        reuse(nodes.get(id), makeNode(input, id, problems.get(id) ?? [], joined)),
      ]),
    )
    wires = new Map(Object.keys(input.model.wires).map((id) => [id, reuse(wires.get(id), makeWire(input, id))]))
    const visible = [...wires.values()].filter(({ hidden }) => !hidden)
    // The same list while no wire changes, so that moving a card does not make React Flow look at every wire.
    if (visible.length !== shown.length || visible.some((wire, index) => wire !== shown[index])) shown = visible
    return { nodes: [...nodes.values()], wires: shown }
  }
}

/** The cards with those that are being dragged where the pointer holds them. */
export function withDragged(nodes: CardNode[], dragged: ReadonlyMap<string, Position>): CardNode[] {
  if (dragged.size === 0) return nodes
  return nodes.map((node) => {
    const position = dragged.get(node.id)
    return position ? { ...node, position: { x: position.x, y: position.y }, dragging: true } : node
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
  const shape = analysis.nodes[from.node]?.outputs[from.port]
  if (shape) return shape.kind
  const gives = nodeFacts(model, from.node, summary)?.outputs.find(({ name }) => name === from.port)?.kinds ?? []
  const takes = nodeFacts(model, to.node, summary)?.inputs.find(({ name }) => name === to.port)?.kinds ?? []
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
  return {
    id,
    type: 'card',
    position: { x, y },
    selected: selectedNodes.has(id),
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
    },
  }
}

function sockets(input: FlowInput, id: string, facts: NodeFacts | null, side: Side, joined: JoinedEnds): SocketView[] {
  const { analysis } = input
  const shapes = side === 'input' ? analysis.nodes[id]?.inputs : analysis.nodes[id]?.outputs
  const specs: readonly PortSpec[] = (side === 'input' ? facts?.inputs : facts?.outputs) ?? []
  return specs.map(({ name, label, kinds }) => {
    const shape = shapes?.[name]
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
  })
}

function sentence({ summary, batchSize }: FlowInput, shape: PortShape): string | null {
  return summary && shapeSentence(shape, summary, batchSize)
}

function makeWire(input: FlowInput, id: string): WireEdge {
  const { model, analysis, selectedWires, summary } = input
  const wire = model.wires[id]
  const from = wire?.from ?? { node: '', port: '' }
  const to = wire?.to ?? { node: '', port: '' }
  const source = nodeFacts(model, from.node, summary)
  const target = nodeFacts(model, to.node, summary)
  const shape = analysis.nodes[from.node]?.outputs[from.port]
  const spec = source?.outputs.find((port) => port.name === from.port)
  const words = shape ? sentence(input, shape) : null
  const problem = analysis.problems.find(({ place }) => place.kind === 'wire' && place.wire === id)?.message ?? null
  return {
    id,
    type: 'wire',
    source: from.node,
    sourceHandle: from.port,
    target: to.node,
    targetHandle: to.port,
    selected: selectedWires.has(id),
    // A wire to a node or socket that is not there cannot be drawn; the problems list tells of it.
    hidden: !spec || !target?.inputs.some((port) => port.name === to.port),
    ariaLabel: `Wire from ${source?.title ?? from.node} to ${target?.title ?? to.node}${words ? `: ${words}` : ''}`,
    ariaRole: 'button',
    domAttributes: { 'aria-roledescription': 'wire' },
    data: { kind: flowingKind(input, from, to), sentence: words, problem },
  }
}
