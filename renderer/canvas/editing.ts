import { framesAround, levelOf, nestingOf } from '../../engine/compile/frames'
import type { Act, Edit } from '../../engine/document/edits'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { nodeFacts, soleNode } from '../nodes/nodeFacts'
import { rememberNode } from '../nodes/recentNodes'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { addNodeAct, frameOf, type Joint, jointPorts } from './acts/addNode'
import { clipBounds, clipText, pasteAct, readClip } from './acts/clipboard'
import { connectAct } from './acts/connect'
import { deleteAct, deleteAndReconnectAct } from './acts/deleteSelection'
import type { End } from './acts/ends'
import { dotAround } from './acts/reroute'
import { CARD, DOT, freePlace, GRID, makeRoom, placeAfter, type Rectangle, snap } from './geometry'
import { hiddenNodes } from './groups/blocks'
import type { GroupsAndNotes } from './groups/clipGroups'
import { currentGroups, currentNotes } from './groups/currentGroups'
import { joinEdits } from './groups/groupUnder'
import { deleteNoteEdits, moveNoteEdits, noteCount } from './notes/noteActs'
import { contentOf, cornerOf, FRAME, frameAt, isCollapsed, type Layout, rectangleIn, toFrame } from './places'
import { canvasView } from './view'
import { carriedKind, downstream, judge, type WiringContext, wireBetween } from './wiring'

/** What the acts of the canvas are about: the model on it and everything known of it. */
export function currentContext(): WiringContext {
  const state = useDocument.getState()
  return {
    document: state.document,
    model: activeModelOf(state),
    analysis: activeAnalysisOf(state),
    summary: state.summary,
  }
}

export function positions(): Readonly<Record<string, Position>> {
  const { document, activeModel } = useDocument.getState()
  return document.layout[activeModel]?.nodes ?? {}
}

/** Where a card lies on the sheet, whatever frames it is in. */
export function rectangleOf(node: string): Rectangle {
  return rectangleIn(currentContext().model, positions(), node)
}

/** What stands in the way of something new in `frame`: on the sheet, in canvas pixels. */
export function takenOnSheet(frame: string | null = null): Rectangle[] {
  const notes = frame === null ? Object.values(currentNotes()) : []
  return [...(contentOf(currentContext().model).get(frame) ?? []).map(rectangleOf), ...notes]
}

/** What a new card of this type takes. */
function newSize(definition: AnyNodeDefinition): { width: number; height: number } {
  if (definition.passes) return DOT
  return definition.frame ? FRAME.least : CARD
}

const apply = (act: Act | null, merge?: string): void => {
  if (act) useDocument.getState().apply(act, merge === undefined ? {} : { merge })
}

/** Where a dot goes that takes the place of a card: its middle in the middle of the card's head. */
function dotForCard({ x, y }: Position): Position {
  return dotAround({ x: x + CARD.width / 2, y: y + CARD.height / 2 })
}

/** Adds a node at `place`, joined if asked, and selects it. */
export function addAt(definition: AnyNodeDefinition, place: Position, joint: Joint | null): void {
  const { model, summary } = currentContext()
  const sole = soleNode(model, definition.type)
  if (sole) {
    useSelection.getState().show([sole])
    useDocument.getState().announce(`The model already has its ${definition.title}`)
    return
  }
  const layout = positions()
  const groups = currentGroups()
  const point = { x: place.x + CARD.width / 2, y: place.y }
  const frame = joint ? frameOf(model, joint) : frameAt(model, layout, point, hiddenNodes(model, groups).keys())
  const room =
    joint?.kind === 'into' && !definition.passes
      ? roomInWire(model, joint.wire, place, newSize(definition))
      : { place: definition.passes ? dotForCard(place) : place, moved: {} }
  const position = keptInside(frame, snap(toFrame(model, layout, frame, room.place)))
  const { act, node } = addNodeAct(model, { definition, position, summary, joint: joint ?? undefined, parent: frame })
  const shifted: Edit[] = Object.keys(room.moved).length > 0 ? [moveEdit(model, layout, frame, room.moved)] : []
  // Let go inside a group, the new node belongs to it.
  const joins = joinEdits({ model, layout, groups }, node, frame, { x: point.x, y: place.y + CARD.height / 2 })
  apply({ label: act.label, edits: [...shifted, ...act.edits, ...joins] })
  rememberNode(definition.type)
  useSelection.getState().show([node])
}

/** Content of a frame does not lie on its head or its left wall. */
export function keptInside(frame: string | null, { x, y }: Position): { x: number; y: number } {
  return frame === null ? { x, y } : { x: Math.max(FRAME.inset.x, x), y: Math.max(FRAME.inset.y, y) }
}

/** Moves nodes of one frame to places on the sheet. */
function moveEdit(model: Model, layout: Layout, frame: string | null, moved: Readonly<Record<string, Position>>): Edit {
  const inFrame = Object.entries(moved).map(([id, place]) => [id, toFrame(model, layout, frame, place)])
  return { kind: 'moveNodes', model: model.id, positions: Object.fromEntries(inFrame) }
}

/** Where a card goes that comes into a wire, and where the cards behind it go. */
function roomInWire(
  model: Model,
  wire: string,
  wanted: Position,
  size: { width: number; height: number },
): ReturnType<typeof makeRoom> {
  const ends = model.wires[wire]
  if (!ends) return { place: snap(wanted), moved: {} }
  const level = levelOf(nestingOf(model), ends.from.node, ends.to.node)
  // The walls of the frame that the wire runs in make room by themselves.
  const behind = ends.to.node === level ? [] : downstream(model, ends.to.node)
  const followers = Object.fromEntries(behind.map((node) => [node, rectangleOf(node)]))
  const source = rectangleOf(ends.from.node)
  return makeRoom(wanted, size, ends.from.node === level ? { ...source, width: FRAME.wall } : source, followers)
}

/** Adds a node at a free place: behind the selected one and joined to it when it fits, else in the middle of the view. */
export function addAnywhere(definition: AnyNodeDefinition): void {
  const context = currentContext()
  const selected = useSelection.getState().nodes
  const behind = selected.length === 1 ? selected[0] : undefined
  const joint = behind === undefined ? null : jointBehind(context, behind, definition)
  const middle = canvasView.get().port?.middle() ?? { x: 0, y: 0 }
  // A dot looks for the room of a card, in the middle of which it is set.
  const size = definition.passes ? CARD : newSize(definition)
  const wanted =
    behind === undefined
      ? { x: middle.x - size.width / 2, y: middle.y - size.height / 2 }
      : placeAfter(rectangleOf(behind))
  // In a wire the cards behind make room; anywhere else the new card looks for it.
  if (joint?.kind === 'into' && behind !== undefined) {
    const { x, y } = definition.passes ? halfway(context.model, joint.wire) : rectangleOf(behind)
    addAt(definition, { x, y }, joint)
  } else {
    const frame = joint ? frameOf(context.model, joint) : null
    addAt(definition, freePlace(wanted, size, takenOnSheet(frame)), joint)
  }
}

/** Where a card would stand in the middle of a wire, between the cards at its ends. */
function halfway({ wires }: Model, wire: string): Position {
  const ends = wires[wire]
  if (!ends) return { x: 0, y: 0 }
  const [from, to] = [rectangleOf(ends.from.node), rectangleOf(ends.to.node)]
  return { x: (from.x + from.width + to.x - CARD.width) / 2, y: (from.y + to.y) / 2 }
}

/** Joins a new node to an output of `node`: to one that is free, or into the only wire that leaves it. */
function jointBehind(context: WiringContext, node: string, definition: AnyNodeDefinition): Joint | null {
  const { model, summary } = context
  for (const port of nodeFacts(model, node, summary)?.outputs ?? []) {
    const from: End = { node, port: port.name }
    const carries = carriedKind(context, from)
    const leaving = Object.keys(model.wires).filter((id) => {
      const wire = model.wires[id]
      return wire?.from.node === node && wire.from.port === port.name
    })
    const [only] = leaving
    const joint: Joint =
      only !== undefined && leaving.length === 1
        ? { kind: 'into', wire: only, carries }
        : { kind: 'after', from, carries }
    if (jointPorts(definition, joint, summary)) return joint
  }
  return null
}

/** Lays a wire when it fits and is not there yet; returns the sentence that refuses it otherwise. */
export function connect(from: End, to: End): ReturnType<typeof judge> {
  const context = currentContext()
  const judgement = judge(context, from, 'output', to)
  if (judgement.ok && wireBetween(context.model, from, to) === null) apply(connectAct(context.model, from, to))
  return judgement
}

export function deleteSelection({ reconnect }: { reconnect: boolean }): void {
  const context = currentContext()
  const { nodes, wires, notes } = useSelection.getState()
  const fits = (from: End, to: End): boolean => judge(context, from, 'output', to).ok
  const act =
    reconnect && nodes.length > 0
      ? deleteAndReconnectAct(context.model, nodes, fits)
      : deleteAct(context.model, nodes, wires)
  apply(withNotes(act, notes, 'Delete'))
}

/** The act with the notes gone too. */
function withNotes(act: Act | null, notes: readonly string[], verb: 'Delete' | 'Cut'): Act | null {
  const edits = deleteNoteEdits(currentContext().model, currentNotes(), notes)
  if (edits.length === 0) return act
  if (!act) return { label: `${verb} ${noteCount(edits.length)}`, edits }
  return { label: `${act.label} and ${noteCount(edits.length)}`, edits: [...act.edits, ...edits] }
}

export function deleteNodes(nodes: readonly string[]): void {
  apply(deleteAct(currentContext().model, nodes, []))
}

export function deleteWire(wire: string): void {
  apply(deleteAct(currentContext().model, [], [wire]))
}

export function selectAll(): void {
  const { model } = currentContext()
  useSelection.getState().select({
    nodes: Object.keys(model.nodes),
    wires: Object.keys(model.wires),
    groups: Object.keys(currentGroups()),
    notes: Object.keys(currentNotes()),
  })
}

/** Groups and notes of the model on the canvas. */
const here = (): GroupsAndNotes => ({ groups: currentGroups(), notes: currentNotes() })

/** The selected nodes and notes as text for the clipboard; null when there are none. */
export function copyText(): string | null {
  const { nodes, notes } = useSelection.getState()
  const all = currentNotes()
  const copied = Object.fromEntries(notes.flatMap((id) => (all[id] ? [[id, all[id]]] : [])))
  return clipText(currentContext().model, nodes, positions(), { groups: currentGroups(), notes: copied })
}

/** Pastes nodes from text, at a free place in the middle of the view. False: no nodes in it. */
export function pasteText(text: string, options: { keepIncoming: boolean }): boolean {
  const clip = readClip(text)
  if (!clip) return false
  const middle = canvasView.get().port?.middle() ?? { x: 0, y: 0 }
  const { model } = currentContext()
  const { width, height } = clipBounds(clip)
  const wanted = { x: middle.x - width / 2, y: middle.y - height / 2 }
  const made = pasteAct(model, clip, {
    place: { kind: 'at', position: freePlace(wanted, { width, height }, takenOnSheet()) },
    keepIncoming: options.keepIncoming,
    here: here(),
    verb: 'Paste',
  })
  if (made) {
    apply(made.act)
    useSelection.getState().show(made.nodes)
    useSelection.getState().select(made)
  }
  return true
}

export function duplicateSelection(): void {
  const text = copyText()
  const clip = text === null ? null : readClip(text)
  if (!clip) return
  const { model } = currentContext()
  const into = Object.fromEntries(
    Object.keys(clip.nodes).flatMap((node) => {
      const frame = nestingOf(model).get(node) ?? null
      const corner = frame === null ? { x: 0, y: 0 } : cornerOf(model, positions(), frame)
      return frame === null || frame in clip.nodes ? [] : [[node, { frame, corner }]]
    }),
  )
  const made = pasteAct(model, clip, {
    place: { kind: 'by', offset: { x: 4 * GRID, y: 4 * GRID } },
    keepIncoming: true,
    into,
    here: here(),
    verb: 'Duplicate',
  })
  if (!made) return
  apply(made.act)
  useSelection.getState().select(made)
}

/** The second half of cutting: the selected nodes are on the clipboard already. */
export function cutNodes(): void {
  const { nodes, notes } = useSelection.getState()
  apply(withNotes(deleteAct(currentContext().model, nodes, [], 'Cut'), notes, 'Cut'))
}

/** Moves the selected nodes; presses that follow each other are one entry. */
export function nudge(dx: number, dy: number): void {
  const { nodes, notes } = useSelection.getState()
  const { model } = currentContext()
  const all = currentNotes()
  const places = notes.flatMap((id) => (all[id] ? [[id, { x: all[id].x + dx, y: all[id].y + dy }] as const] : []))
  const moving = moveNoteEdits(model, all, new Map(places))
  const merge = `nudge:${[...nodes, ...notes].sort().join(',')}`
  if (nodes.length === 0) {
    apply(moving.length === 0 ? null : { label: `Move ${noteCount(moving.length)}`, edits: moving }, merge)
    return
  }
  const layout = positions()
  const nesting = nestingOf(model)
  const moved = Object.fromEntries(
    // What lies in a selected frame moves with it.
    nodes
      .filter((node) => !framesAround(nesting, node).some((frame) => nodes.includes(frame)))
      .map((node) => {
        const { x, y } = layout[node] ?? { x: 0, y: 0 }
        return [node, { x: x + dx, y: y + dy }]
      }),
  )
  move(moved, { merge, with: moving })
}

export function move(
  moved: Record<string, Position>,
  /** `with`: what else belongs to the act; `label`: its name, when it is more than a move. */
  more: { merge?: string; label?: string; with?: readonly Edit[] } = {},
): void {
  const { model } = currentContext()
  const ids = Object.keys(moved)
  const only = ids.length === 1 ? nodeFacts(model, ids[0] ?? '', null)?.title : undefined
  const label = more.label ?? `Move ${only ?? `${ids.length} nodes`}`
  const edits: Edit[] = [{ kind: 'moveNodes', model: model.id, positions: moved }, ...(more.with ?? [])]
  apply({ label, edits }, more.merge)
}

/** Turns the card's title into a field, with the card in view. */
export function showAndRename(node: string): void {
  useSelection.getState().show([node])
  useSelection.getState().rename(node)
}

export function renameNode(node: string, name: string): void {
  const { model } = currentContext()
  apply({
    label: `Rename ${name || 'node'}`,
    edits: [{ kind: 'renameNode', model: model.id, node, name: name.trim() }],
  })
}

/** Shows nothing but the names of the selected nodes; with all of them so already, everything again. */
export function toggleCollapsed(): void {
  const { model } = currentContext()
  const layout = positions()
  const nodes = useSelection.getState().nodes.filter((id) => id in model.nodes)
  const [only] = nodes
  if (only === undefined) return
  const expand = nodes.every((id) => isCollapsed(layout, id))
  const what = nodes.length === 1 ? (nodeFacts(model, only, null)?.title ?? only) : `${nodes.length} nodes`
  const places = nodes.map((id) => {
    const { x, y } = layout[id] ?? { x: 0, y: 0 }
    return [id, { x, y, collapsed: expand ? undefined : true }]
  })
  apply({
    label: `${expand ? 'Expand' : 'Collapse'} ${what}`,
    edits: [{ kind: 'moveNodes', model: model.id, positions: Object.fromEntries(places) }],
  })
}
