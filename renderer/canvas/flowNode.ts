import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { PortSpec } from '../../engine/nodes/defineNode'
import { shapeSentence } from '../../engine/nodes/words'
import { type NodeFacts, nodeFacts } from '../nodes/nodeFacts'
import type { Side } from './acts/ends'
import { cardHandles } from './cardHandles'
import { expectedSize } from './expectedSize'
import type { Joint } from './flowJoints'
import type { CardNode, FlowInput, SocketView } from './flowViews'
import { socketRow } from './geometry'
import { isCollapsed } from './places'
import type { TextWidth } from './textWidth'

/** What lies above what: frames (by depth), wires (see WireLine.module.css), cards. */
export const Z = { card: 10, selected: 11, dragged: 12 } as const

/** What is known of a card beside the model as a whole. */
export interface NodeParts {
  id: string
  /** The frame that it lies in. */
  parent: string | null
  joints: readonly Joint[]
  /** The worst of its problems. */
  problem: Diagnostic | null
  selected: boolean
  bypassed: boolean
  /** Of a frame: how large it is. */
  frame: { width: number; height: number } | null
  textWidth: TextWidth
}

/** The card of a node, as React Flow wants it. */
export function makeNode(input: FlowInput, parts: NodeParts): CardNode {
  const { model, analysis, positions, sizes, summary } = input
  const { id, parent, problem, selected, bypassed, textWidth } = parts
  const facts = nodeFacts(model, id, summary)
  const known = analysis.nodes[id]
  const title = facts?.title ?? id
  const { x, y } = positions[id] ?? { x: 0, y: 0 }
  const collapsed = isCollapsed(positions, id)
  const ways = collapsed ? null : (facts?.ways ?? null)
  const isDot = facts?.definition?.passes === true
  const data: CardNode['data'] = {
    title,
    letter: facts?.letter ?? '?',
    category: facts?.category ?? 'unknown',
    line: facts?.definition ? (known?.description ?? '') : 'from another version, kept as it is',
    cost: { weights: known?.parameters ?? 0, sums: known?.flopsPerExample ?? 0 },
    problem: problem && { severity: problem.severity, message: problem.message },
    inputs: sockets(input, parts, facts, 'input'),
    outputs: sockets(input, parts, facts, 'output'),
    isHead: facts?.definition?.isHead ?? false,
    learns: (known?.parameters ?? 0) > 0,
    collapsed,
    bypassed,
    ways: ways && {
      enter: socket(input, parts, ways.enter, 'output'),
      leave: socket(input, parts, ways.leave, 'input'),
    },
  }
  const isCard = !ways && !isDot
  const measured = sizes.get(id) ?? (isCard ? expectedSize(data, textWidth) : undefined)
  return {
    id,
    type: ways ? 'frame' : isDot ? 'reroute' : 'card',
    position: { x, y },
    ...(parent === null ? {} : { parentId: parent }),
    // The body of a frame is canvas: boxes are drawn and wires let go there. Only its head is a card (see FrameCard.module.css).
    ...(ways ? { ...parts.frame, style: { pointerEvents: 'none' } } : {}),
    selected,
    zIndex: ways ? framesAround(nestingOf(model), id).length : selected ? Z.selected : Z.card,
    ...(measured ? { measured } : {}),
    ...(isCard && measured ? { handles: cardHandles(data, measured.width, socketRow) } : {}),
    ariaLabel: title,
    domAttributes: { 'aria-roledescription': 'node' },
    data,
  }
}

function sockets(input: FlowInput, parts: NodeParts, facts: NodeFacts | null, side: Side): SocketView[] {
  const specs: readonly PortSpec[] = (side === 'input' ? facts?.inputs : facts?.outputs) ?? []
  return specs.map((spec) => socket(input, parts, spec, side))
}

function socket(input: FlowInput, { id, joints }: NodeParts, spec: PortSpec, side: Side): SocketView {
  const { analysis, summary, batchSize } = input
  const { name, label, kinds } = spec
  const known = analysis.nodes[id]
  const shape = known?.inside[name] ?? (side === 'input' ? known?.inputs[name] : known?.outputs[name])
  const only = kinds.length === 1 ? (kinds[0] ?? null) : null
  const joint = joints.findLast((one) => one.side === side && one.port === name)
  return {
    name,
    label,
    side,
    kinds,
    carries: shape?.kind ?? only ?? joint?.kind ?? null,
    connected: joint !== undefined,
    sentence: shape && summary ? shapeSentence(shape, summary, batchSize) : null,
  }
}
