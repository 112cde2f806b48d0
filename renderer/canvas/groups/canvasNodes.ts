import type { Node } from '@xyflow/react'
import { isSame } from '../../../engine/base/isSame'
import { framesAround, nestingOf } from '../../../engine/compile/frames'
import type { DataSummary } from '../../../engine/data/prepared'
import type { Group, Hue, Note, Position } from '../../../engine/document/layoutSchema'
import type { Model } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'
import { endKey } from '../acts/ends'
import { cardHandles } from '../cardHandles'
import type { CardData, CardNode, Cost, SocketView } from '../flowViews'
import { CARD, DOT, type Rectangle } from '../geometry'
import { noteTitle } from '../notes/noteActs'
import { type Layout, seenOf } from '../places'
import { blockEnds, type Groups, hiddenNodes } from './blocks'
import { groupCardId, noteCardId } from './canvasIds'
import { nameOf } from './groupActs'
import { blockRectangle, blockRow, rectangleAround } from './groupPlaces'

/** Below wires and cards; those in a frame above the frame's body; one that is moved above all frames. Notes lie above wires. */
const Z = { group: -1, moving: 8, note: 9, card: 10, selected: 11 } as const

export type GroupData = { group: string; name: string; hue: Hue; count: number; dragging: boolean }
/** A closed group: what its nodes have to wire, and what is wrong with the worst of them. */
export type BlockData = GroupData & {
  line: string
  cost: Cost
  inputs: SocketView[]
  outputs: SocketView[]
  problem: CardData['problem']
  learns: boolean
  /** Nothing in it computes. */
  bypassed: boolean
}
export type NoteData = { note: string; text: string; hue: Hue; title: string }

/** Not “group”: React Flow has a look of its own for that. */
export type GroupNode = Node<GroupData, 'groupArea'>
export type BlockNode = Node<BlockData, 'block'>
export type NoteNode = Node<NoteData, 'note'>
/** Everything that React Flow draws on the canvas. */
export type CanvasNode = CardNode | GroupNode | BlockNode | NoteNode

export interface CanvasNodesInput {
  /** As they are drawn now, dragged ones where the pointer holds them. */
  cards: CardNode[]
  model: Model
  layout: Layout
  summary: DataSummary | null
  groups: Groups
  notes: Readonly<Record<string, Note>>
  selectedNodes: readonly string[]
  selectedGroups: readonly string[]
  selectedNotes: readonly string[]
  dragged: ReadonlyMap<string, Position>
  resized: ReadonlyMap<string, { width: number; height: number }>
  /** Members that would leave their group if they were let go now. */
  leaving: ReadonlySet<string>
}

/**
 * The cards with the groups around them and the notes beside them; closed groups in place of what they hide. Objects of the last time are
 * used again where nothing changed, and a model without groups and notes costs nothing.
 */
export function createCanvasNodes(): (input: CanvasNodesInput) => CanvasNode[] {
  let before = new Map<string, CanvasNode>()
  return (input) => {
    const { cards, groups, notes } = input
    if (Object.keys(groups).length === 0 && Object.keys(notes).length === 0) return cards
    const byId = new Map(cards.map((card) => [card.id, card]))
    const made = [
      ...Object.entries(groups).flatMap(([id, group]) => makeGroup(input, byId, id, group) ?? []),
      ...Object.entries(notes).map(([id, note]) => makeNote(input, id, note)),
    ].map((node) => reuse(before.get(node.id), node))
    before = new Map(made.map((node) => [node.id, node]))
    const hidden = hiddenNodes(input.model, groups)
    const seen = hidden.size === 0 ? cards : cards.filter(({ id }) => !hidden.has(id))
    // React Flow wants to meet a frame before what lies in it; of equal height, what comes later lies above.
    return [...seen, ...made]
  }
}

function reuse<T extends CanvasNode>(old: CanvasNode | undefined, made: T): CanvasNode {
  return old && isSame(old, made) ? old : made
}

function rectangleOfCard({ type, position, width, measured }: CardNode, height: number | undefined): Rectangle {
  const usual = type === 'reroute' ? DOT : CARD
  return {
    x: position.x,
    y: position.y,
    width: width ?? measured?.width ?? usual.width,
    height: height ?? measured?.height ?? usual.height,
  }
}

function makeGroup(
  input: CanvasNodesInput,
  byId: ReadonlyMap<string, CardNode>,
  id: string,
  group: Group,
): GroupNode | BlockNode | null {
  const { model, layout, selectedGroups, selectedNodes, leaving, dragged } = input
  const [first] = group.nodes
  // A collapsed frame hides its groups too.
  if (first === undefined || seenOf(model, layout, first) !== first) return null
  const members = group.nodes.flatMap((node) => byId.get(node) ?? [])
  const staying = members.filter(({ id: node }) => !leaving.has(node))
  const rectangles = (staying.length > 0 ? staying : members).map((card) => rectangleOfCard(card, card.height))
  const nesting = nestingOf(model)
  const parent = nesting.get(first) ?? null
  const depth = parent === null ? 0 : framesAround(nesting, first).length
  const inFrame = parent === null ? {} : { parentId: parent }
  const dragging = group.nodes.every((node) => dragged.has(node))
  const data: GroupData = {
    group: id,
    name: nameOf(group),
    hue: group.hue ?? 'blue',
    count: group.nodes.length,
    dragging,
  }
  const words = `Group ${data.name}, ${plural(data.count, 'node')}`
  if (group.closed === true) {
    const block = makeBlockData(input, byId, group, data)
    const box = blockRectangle(rectangles, Math.max(block.inputs.length, block.outputs.length))
    if (!box) return null
    const selected = selectedGroups.includes(id) || group.nodes.some((node) => selectedNodes.includes(node))
    const { x, y, width, height } = box
    return {
      id: groupCardId(id),
      type: 'block',
      position: { x, y },
      ...inFrame,
      width,
      height,
      measured: { width, height },
      handles: cardHandles(block, width, blockRow),
      selected,
      zIndex: selected ? Z.selected : Z.card,
      ariaLabel: `${words}, closed`,
      domAttributes: { 'aria-roledescription': 'group' },
      data: block,
    }
  }
  const box = rectangleAround(rectangles)
  if (!box) return null
  const { x, y, width, height } = box
  return {
    id: groupCardId(id),
    type: 'groupArea',
    position: { x, y },
    ...inFrame,
    width,
    height,
    measured: { width, height },
    selected: selectedGroups.includes(id),
    // Boxes are drawn inside it as on the canvas: they take the cards, not the group. Its head is clicked.
    selectable: false,
    style: { pointerEvents: 'none' },
    zIndex: dragging ? Z.moving : Z.group + depth,
    ariaLabel: words,
    domAttributes: { 'aria-roledescription': 'group' },
    data,
  }
}

function makeBlockData(
  input: CanvasNodesInput,
  byId: ReadonlyMap<string, CardNode>,
  group: Group,
  data: GroupData,
): BlockData {
  const { model, layout, summary } = input
  const ends = blockEnds(model, group, layout, summary)
  const members = group.nodes.flatMap((node) => byId.get(node) ?? [])
  const socketsOf = (side: 'inputs' | 'outputs'): SocketView[] =>
    ends[side].flatMap((end) => {
      const card = byId.get(end.node)
      const socket = card?.data[side].find(({ name }) => name === end.port)
      if (!card || !socket) return []
      // Which of a node's sockets it is need be said only where it has several on this side.
      const single = ends[side].filter(({ node }) => node === end.node).length === 1
      const label = single ? card.data.title : `${card.data.title} · ${socket.label}`
      return [{ ...socket, name: endKey(end), label, end }]
    })
  const problems = members.flatMap(({ data: { title, problem } }) =>
    problem ? [{ ...problem, message: `${title}: ${problem.message}` }] : [],
  )
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0] ?? null
  const sum = (part: keyof Cost) => members.reduce((total, card) => total + card.data.cost[part], 0)
  return {
    ...data,
    cost: { weights: sum('weights'), sums: sum('sums') },
    line: members.map(({ data: { title } }) => title).join(', '),
    inputs: socketsOf('inputs'),
    outputs: socketsOf('outputs'),
    problem: worst,
    learns: members.some((card) => card.data.learns),
    bypassed: members.length > 0 && members.every((card) => card.data.bypassed),
  }
}

function makeNote(input: CanvasNodesInput, id: string, note: Note): NoteNode {
  const card = noteCardId(id)
  const { x, y } = input.dragged.get(card) ?? note
  const { width, height } = input.resized.get(card) ?? note
  const selected = input.selectedNotes.includes(id)
  const title = noteTitle(note)
  return {
    id: card,
    type: 'note',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    selected,
    zIndex: selected ? Z.selected : Z.note,
    ariaLabel: `Note: ${title}`,
    domAttributes: { 'aria-roledescription': 'note' },
    data: { note: id, text: note.text, hue: note.hue ?? 'yellow', title },
  }
}
