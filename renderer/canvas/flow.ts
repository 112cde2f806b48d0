import { isSame } from '../../engine/base/isSame'
import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Position } from '../../engine/document/layoutSchema'
import { dataNodeOf } from '../nodes/nodeFacts'
import { createJoints } from './flowJoints'
import { makeNode, Z } from './flowNode'
import type { CardNode, FlowInput, WireView } from './flowViews'
import { makeWire } from './flowWire'
import { keepEach } from './keepEach'
import { isBypassed, isFrame, seenOf, sizeOf } from './places'
import type { TextWidth } from './textWidth'

/** The cards (React Flow's objects) and wires of a model. */
export interface Flow {
  nodes: CardNode[]
  wires: readonly WireView[]
}

const noProblems: readonly Diagnostic[] = []

/**
 * Builds the flow of a model. Objects of the last time are used again where nothing changed: only those are drawn anew, and what did not
 * change is not even looked at, because the document, its analysis and its layout keep their parts.
 */
export function createFlow(textWidth: TextWidth): (input: FlowInput) => Flow {
  const joints = createJoints()
  const keepNode = keepEach<CardNode>()
  const keepWire = keepEach<WireView | null>()
  let shown: readonly WireView[] = []
  return (input) => {
    const { model, analysis, positions, sizes, selectedNodes, selectedWires, summary, batchSize } = input
    const nesting = nestingOf(model)
    const problems = problemsByNode(input)
    const joined = joints(input)
    const nodes = keepNode(visibleNodes(input), (id, old) => {
      const parent = nesting.get(id) ?? null
      const bypassed = isBypassed(model, id)
      const found = problems.get(id) ?? noProblems
      const problem = found.find(({ severity }) => severity === 'error') ?? found[0] ?? null
      const joint = joined.get(id) ?? null
      const selected = selectedNodes.has(id)
      const frame = isFrame(model, id) ? sizeOf(model, positions, id) : null
      const parts = [
        model.nodes[id],
        analysis.nodes[id],
        positions[id],
        sizes.get(id),
        joint,
        problem,
        selected,
        bypassed,
        parent,
        frame?.width,
        frame?.height,
        summary,
        batchSize,
      ]
      const make = (): CardNode =>
        reuse(old, makeNode(input, { id, parent, joints: joint ?? [], problem, selected, bypassed, frame, textWidth }))
      return { parts, make }
    })
    const wireProblems = problemsByWire(input)
    const wires = keepWire(Object.keys(model.wires), (id, old) => {
      const wire = model.wires[id]
      const [source, target] = [wire?.from.node ?? '', wire?.to.node ?? '']
      const problem = wireProblems.get(id) ?? null
      const selected = selectedWires.has(id)
      const parts = [
        wire,
        model.nodes[source],
        model.nodes[target],
        analysis.nodes[source],
        joined.get(source),
        joined.get(target),
        problem,
        selected,
        summary,
        batchSize,
      ]
      const make = (): WireView | null => {
        const made = makeWire(input, id, { problem, selected })
        return old && isSame(old, made) ? old : made
      }
      return { parts, make }
    }).filter((wire) => wire !== null)
    // The same list while no wire changes, so that moving a card does not draw every wire anew.
    if (wires.length !== shown.length || wires.some((wire, index) => wire !== shown[index])) shown = wires
    return { nodes, wires: shown }
  }
}

/** What no collapsed frame hides. React Flow wants to meet a frame before what lies in it. */
function visibleNodes({ model, positions }: FlowInput): string[] {
  const nesting = nestingOf(model)
  const shown = Object.keys(model.nodes).filter(
    (id) => (nesting.get(id) ?? null) === null || seenOf(model, positions, id) === id,
  )
  const depths = new Map(shown.map((id) => [id, framesAround(nesting, id).length]))
  const depth = (id: string): number => depths.get(id) ?? 0
  return shown.sort((a, b) => depth(a) - depth(b))
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

function problemsByWire({ analysis }: FlowInput): Map<string, string> {
  const found = new Map<string, string>()
  for (const { place, message } of analysis.problems) {
    if (place.kind === 'wire' && !found.has(place.wire)) found.set(place.wire, message)
  }
  return found
}
