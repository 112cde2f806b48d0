import { z } from 'zod'
import { present } from '../../../engine/base/invariant'
import { nestingOf } from '../../../engine/compile/frames'
import { freshNodeId, freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import { idSchema } from '../../../engine/document/ids'
import { groupSchema, MAX_NODES, noteSchema, type Position, pointSchema } from '../../../engine/document/layoutSchema'
import { type Model, nodeSchema, wireSchema } from '../../../engine/document/schema'
import { definitionOf } from '../../../engine/nodes/index'
import { plural } from '../../../engine/nodes/words'
import { soleNode, titleOf } from '../../nodes/nodeFacts'
import { bounds, CARD, type Rectangle, snap } from '../geometry'
import {
  blockGroup,
  copiedGroups,
  type GroupsAndNotes,
  noGroupsAndNotes,
  pasteGroups,
  pasteNotes,
} from '../groups/clipGroups'
import { noteCount } from '../notes/noteActs'
import { cornerOf, type Layout, withContent } from '../places'
import type { End } from './ends'

/** Characters; a longer text on the clipboard is somebody else's. */
const MAX_TEXT = 2_000_000

/** What copied nodes are as text, so that a part of a model can be pasted into another document, or into a letter and back. */
const clipSchema = z.object({
  unroll: z.literal('nodes'),
  version: z.literal(1),
  nodes: z.record(idSchema, z.object({ ...nodeSchema.shape, at: pointSchema })),
  /** Between the copied nodes, and into them from outside (kept only when asked for). */
  wires: z.array(wireSchema),
  /** Groups of copied nodes, and copied notes, where they were on the sheet. Damaged ones do not keep the nodes from being pasted. */
  groups: z.record(idSchema, groupSchema).optional().catch(undefined),
  notes: z.record(idSchema, noteSchema).optional().catch(undefined),
})

export type Clip = z.infer<typeof clipSchema>

/**
 * The nodes, with what the frames among them hold and the groups that are whole among them, and the notes, as text; null when there are
 * none of them.
 */
export function clipText(
  model: Model,
  ids: readonly string[],
  layout: Layout,
  more: GroupsAndNotes = noGroupsAndNotes,
): string | null {
  const chosen = withContent(model, ids)
  const { notes } = more
  if (chosen.size === 0 && Object.keys(notes).length === 0) return null
  const nesting = nestingOf(model)
  const nodes: Clip['nodes'] = {}
  for (const id of [...chosen].sort()) {
    const node = model.nodes[id]
    if (!node) continue
    const parent = nesting.get(id) ?? null
    const inside = parent !== null && chosen.has(parent)
    // What is copied without its frame is placed on the sheet, so that all of it keeps its order.
    const { x, y } = inside ? (layout[id] ?? { x: 0, y: 0 }) : cornerOf(model, layout, id)
    const { width, height } = layout[id] ?? {}
    const at = { x, y, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }
    const { parent: _, ...loose } = node
    nodes[id] = inside ? { ...node, at } : { ...loose, at }
  }
  const wires = Object.values(model.wires).filter((wire) => chosen.has(wire.to.node))
  const groups = copiedGroups(more.groups, chosen)
  const clip: Clip = {
    unroll: 'nodes',
    version: 1,
    nodes,
    wires,
    ...(Object.keys(groups).length > 0 ? { groups } : {}),
    ...(Object.keys(notes).length > 0 ? { notes: { ...notes } } : {}),
  }
  return `${JSON.stringify(clip, null, 2)}\n`
}

/** Reads nodes and notes from any text that holds them, also with words around them; null when there are none. */
export function readClip(text: string): Clip | null {
  if (text.length > MAX_TEXT) return null
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  if (start < 0 || end < start) return null
  const parsed = clipSchema.safeParse(parseJson(text.slice(start, end + 1)))
  if (!parsed.success) return null
  const { nodes, notes = {} } = parsed.data
  const count = Object.keys(nodes).length
  return count + Object.keys(notes).length === 0 || count > MAX_NODES ? null : parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Any other text may be on the clipboard: not ours, and no mistake.
    return null
  }
}

export interface PasteOptions {
  /** Where the top left corner of the pasted nodes goes; or how far they are moved from where they were copied. */
  place: { kind: 'at'; position: Position } | { kind: 'by'; offset: Position }
  /** Also lays the wires that came into the copied nodes from nodes that are in this model. */
  keepIncoming: boolean
  /** Frames of this model that copies go into, with their corners on the sheet, by the id in the clip; the others lie in none. */
  into?: Readonly<Record<string, { frame: string; corner: Position }>>
  /** Groups and notes that the model holds already; absent: none. */
  here?: GroupsAndNotes
  /** Makes one closed group of this name of all that is pasted, in place of the groups in the clip. */
  block?: string
  /** "Paste", "Duplicate". */
  verb: string
}

/**
 * Adds copies of the nodes with new ids and the wires between them. A node that a model holds only once (the data set) is not
 * copied: its wires go to the one that is there. Also says the new ids; null when nothing is left to add.
 */
export function pasteAct(
  model: Model,
  clip: Clip,
  options: PasteOptions,
): { act: Act; nodes: string[]; groups: string[]; notes: string[] } | null {
  const names = new Map<string, string>()
  const added = new Map<string, string>()
  for (const [old, node] of Object.entries(clip.nodes)) {
    const sole = soleNode(model, node.type)
    const id = sole ?? freshNodeId(model, node.type, added.values())
    names.set(old, id)
    if (!sole) added.set(old, id)
  }
  const offset = shift(clip, options)
  const here = options.here ?? noGroupsAndNotes
  const notes = pasteNotes(model, here.notes, clip.notes ?? {}, snap(offset))
  if (added.size === 0 && notes.ids.length === 0) return null
  const edits: Edit[] = []
  const done = new Map<string, string>()
  for (const old of framesFirst(clip)) {
    const id = added.get(old)
    if (id === undefined) continue
    edits.push(...pasteNode(model, clip, old, id, { offset, done, into: options.into?.[old] }))
    done.set(old, id)
  }
  const nesting = nestingOf(model)
  const reaches = (from: End, old: string): boolean => {
    const level = isWayIn(model, from) ? from.node : (nesting.get(from.node) ?? null)
    return options.keepIncoming && from.node in model.nodes && level === (options.into?.[old]?.frame ?? null)
  }
  const wires = new Set<string>()
  for (const { from, to } of clip.wires) {
    const target = added.get(to.node)
    const source = names.get(from.node) ?? (reaches(from, to.node) ? from.node : undefined)
    if (!target || !source) continue
    const ends = { from: { node: source, port: from.port }, to: { node: target, port: to.port } }
    const wire = freshWireId(model, wires)
    wires.add(wire)
    edits.push({ kind: 'connect', model: model.id, wire, ...ends })
  }
  // What lies in a copied frame goes with it without being named.
  const tops = [...added].filter(([old]) => !(clip.nodes[clip.nodes[old]?.parent ?? ''] ?? false))
  const [only] = tops
  const single = tops.length === 1 && only !== undefined ? clip.nodes[only[0]] : undefined
  const what = tops.length === 0 ? noteCount(notes.ids.length) : plural(tops.length, 'node')
  const label = `${options.verb} ${options.block ?? (single ? titleOf(single) : what)}`
  const nodes = tops.map(([, id]) => id)
  const groups =
    options.block === undefined
      ? pasteGroups(model, here.groups, clip.groups ?? {}, added, parentsAfter(edits))
      : blockGroup(model, here.groups, options.block, Object.values(clip.groups ?? {})[0]?.hue, nodes)
  const made = groups.flatMap((edit) => (edit.kind === 'setGroup' ? [edit.group] : []))
  return { act: { label, edits: [...edits, ...groups, ...notes.edits] }, nodes, groups: made, notes: notes.ids }
}

/** In which frame a node lies that these edits add. */
function parentsAfter(edits: readonly Edit[]): (node: string) => string | null {
  const parents = new Map<string, string | null>()
  for (const edit of edits) if (edit.kind === 'addNode') parents.set(edit.node, edit.parent ?? null)
  return (node) => parents.get(node) ?? null
}

function isWayIn(model: Model, end: End): boolean {
  return definitionOf(model.nodes[end.node]?.type ?? '')?.frame?.enter.name === end.port
}

/** Frames come before what they hold. A clip from elsewhere may hold frames that lie in each other: those are taken as they come. */
function framesFirst(clip: Clip): string[] {
  const depth = (id: string, seen: readonly string[] = []): number => {
    const parent = clip.nodes[id]?.parent
    return parent === undefined || !(parent in clip.nodes) || seen.includes(id) ? 0 : 1 + depth(parent, [...seen, id])
  }
  return Object.keys(clip.nodes).sort((a, b) => depth(a) - depth(b))
}

function pasteNode(
  model: Model,
  clip: Clip,
  old: string,
  id: string,
  how: {
    offset: Position
    /** What is pasted already: a frame must be there before it can hold anything. */
    done: ReadonlyMap<string, string>
    into: { frame: string; corner: Position } | undefined
  },
): Edit[] {
  const node = present(clip.nodes[old], 'every added node was copied')
  const frame = node.parent === undefined ? undefined : how.done.get(node.parent)
  const { x, y, ...size } = node.at
  const { offset, into } = how
  const corner = into?.corner ?? { x: 0, y: 0 }
  const position = frame === undefined ? snap({ x: x + offset.x - corner.x, y: y + offset.y - corner.y }) : { x, y }
  const parent = frame ?? into?.frame
  const inModel = { model: model.id, node: id }
  const edits: Edit[] = [
    {
      kind: 'addNode',
      ...inModel,
      type: node.type,
      settings: { ...node.settings },
      position: { ...size, ...position },
      ...(parent === undefined ? {} : { parent }),
    },
  ]
  if (node.name) edits.push({ kind: 'renameNode', ...inModel, name: node.name })
  if (node.frozen === true) edits.push({ kind: 'setFrozen', ...inModel, frozen: true })
  if (node.bypassed === true) edits.push({ kind: 'setBypassed', model: model.id, nodes: [id], bypassed: true })
  return edits
}

function shift(clip: Clip, { place }: PasteOptions): { x: number; y: number } {
  if (place.kind === 'by') return place.offset
  const all = clipBounds(clip)
  return { x: place.position.x - all.x, y: place.position.y - all.y }
}

/** The rectangle that the copied cards took. */
export function clipBounds(clip: Clip): Rectangle {
  const all = bounds([
    ...Object.values(clip.notes ?? {}),
    ...Object.values(clip.nodes)
      .filter(({ parent }) => parent === undefined || !(parent in clip.nodes))
      .map(({ at }) => ({ x: at.x, y: at.y, width: at.width ?? CARD.width, height: at.height ?? CARD.height })),
  ])
  return all ?? { x: 0, y: 0, ...CARD }
}
