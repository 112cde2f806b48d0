import { framesAround, nestingOf } from '../../engine/compile/frames'
import type { Act, Edit } from '../../engine/document/edits'
import type { Position } from '../../engine/document/layoutSchema'
import type { Model } from '../../engine/document/schema'
import { plural } from '../../engine/nodes/words'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { type Alignment, align, type Direction, distribute, nearest } from './arrange'
import { currentContext, positions, rectangleOf } from './editing'
import { freePlace, overlaps, type Rectangle } from './geometry'
import { readCanvasId } from './groups/canvasIds'
import { currentGroups, currentNotes } from './groups/currentGroups'
import { rectangleOfCard, showGroup, shownNow } from './groups/groupEditing'
import { rectangleAround } from './groups/groupPlaces'
import { moveNoteEdits } from './notes/noteActs'
import { contentOf, type Layout, sizeOf, toFrame } from './places'
import { sizedFrames, tidied } from './tidy'
import { canvasView } from './view'

/** The selected nodes without those whose frame is selected too: that one carries them along. */
function chosen(): Record<string, Rectangle> {
  const nesting = nestingOf(currentContext().model)
  const { nodes } = useSelection.getState()
  const free = nodes.filter((node) => !framesAround(nesting, node).some((frame) => nodes.includes(frame)))
  return Object.fromEntries(free.map((node) => [node, rectangleOf(node)]))
}

export function chosenCount(): number {
  return Object.keys(chosen()).length
}

/** Moves nodes to places on the sheet, whatever frames they are in. */
function moveOnSheet(label: string, places: Readonly<Record<string, Position>>): void {
  const { model } = currentContext()
  const layout = positions()
  const nesting = nestingOf(model)
  const inFrames = Object.entries(places).map(([id, place]) => [
    id,
    toFrame(model, layout, nesting.get(id) ?? null, place),
  ])
  if (inFrames.length === 0) return
  const edit = { kind: 'moveNodes' as const, model: model.id, positions: Object.fromEntries(inFrames) }
  glide({ label, edits: [edit] })
}

/** Does the act; what it moves glides there. */
function glide(act: Act): void {
  const apply = (): void => useDocument.getState().apply(act)
  const { port } = canvasView.get()
  if (port) port.glide(apply)
  else apply()
}

export function alignSelection(by: Alignment): void {
  const cards = chosen()
  moveOnSheet(`Line up ${plural(Object.keys(cards).length, 'node')}`, align(cards, by))
}

export function distributeSelection(along: 'x' | 'y'): void {
  const cards = chosen()
  moveOnSheet(`Spread ${plural(Object.keys(cards).length, 'node')}`, distribute(cards, along))
}

/** Selects the nearest card in a direction; with none selected the first of the model. */
export function goTo(direction: Direction): void {
  const { model } = currentContext()
  const seen = new Set(Object.keys(model.nodes).map(shownNow))
  const all = Object.fromEntries([...seen].map((card) => [card, rectangleOfCard(card)]))
  const last = useSelection.getState().nodes.at(-1)
  const from = last === undefined ? undefined : shownNow(last)
  const next = from === undefined ? Object.keys(all)[0] : nearest(all, from, direction)
  if (next === undefined || next === null) return
  const { kind, id } = readCanvasId(next)
  if (kind === 'group') showGroup(id)
  else useSelection.getState().show([next])
}

/** Notes that tidied cards would come to lie on go below these. */
function notesAside(model: Model, places: Layout): Edit[] {
  const cards = contentOf(model).get(null) ?? []
  const at = new Map(cards.map((id) => [id, { ...(places[id] ?? { x: 0, y: 0 }), ...sizeOf(model, places, id) }]))
  const groups = Object.values(currentGroups()).flatMap(
    ({ nodes }) => rectangleAround(nodes.flatMap((id) => at.get(id) ?? [])) ?? [],
  )
  const taken: Rectangle[] = [...at.values(), ...groups]
  const moved = new Map<string, { x: number; y: number }>()
  for (const [id, note] of Object.entries(currentNotes())) {
    if (taken.some((card) => overlaps(card, note))) moved.set(id, freePlace(note, note, taken))
    taken.push({ ...note, ...moved.get(id) })
  }
  return moveNoteEdits(model, currentNotes(), moved)
}

/** Lays the whole model out anew: one act, unless the model has changed while the layout was worked out. */
export async function tidy(): Promise<void> {
  const { model } = currentContext()
  const layout = positions()
  const places = await tidied(model, layout, currentGroups())
  const state = useDocument.getState()
  if (activeModelOf(state) !== model) return
  const unsized = sizedFrames(model, layout).map((id) => [id, { ...places[id], width: undefined, height: undefined }])
  glide({
    label: 'Tidy the model',
    edits: [
      { kind: 'moveNodes', model: model.id, positions: { ...places, ...Object.fromEntries(unsized) } },
      ...notesAside(model, places),
    ],
  })
  canvasView.get().port?.fit()
}
