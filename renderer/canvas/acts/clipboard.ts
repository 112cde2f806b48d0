import { z } from 'zod'
import { present } from '../../../engine/base/invariant'
import { freshNodeId, freshWireId } from '../../../engine/document/create'
import type { Act, Edit } from '../../../engine/document/edits'
import { idSchema, MAX_NODES, type Model, nodeSchema, type Position, wireSchema } from '../../../engine/document/schema'
import { plural } from '../../../engine/nodes/words'
import { soleNode, titleOf } from '../../nodes/nodeFacts'
import { bounds, CARD, type Rectangle, snap } from '../geometry'

/** Characters; a longer text on the clipboard is somebody else's. */
const MAX_TEXT = 2_000_000

/** What copied nodes are as text, so that a part of a model can be pasted into another document, or into a letter and back. */
const clipSchema = z.object({
  unroll: z.literal('nodes'),
  version: z.literal(1),
  nodes: z.record(idSchema, z.object({ ...nodeSchema.shape, at: z.object({ x: z.number(), y: z.number() }) })),
  /** Between the copied nodes, and into them from outside (kept only when asked for). */
  wires: z.array(wireSchema),
})

export type Clip = z.infer<typeof clipSchema>

/** The nodes as text; null when none of them is there. */
export function clipText(model: Model, ids: readonly string[], positions: Readonly<Record<string, Position>>) {
  const chosen = new Set(ids.filter((id) => id in model.nodes))
  if (chosen.size === 0) return null
  const nodes: Clip['nodes'] = {}
  for (const id of [...chosen].sort()) {
    const node = model.nodes[id]
    const at = positions[id] ?? { x: 0, y: 0 }
    if (node) nodes[id] = { ...node, at: { x: at.x, y: at.y } }
  }
  const wires = Object.values(model.wires).filter((wire) => chosen.has(wire.to.node))
  const clip: Clip = { unroll: 'nodes', version: 1, nodes, wires }
  return `${JSON.stringify(clip, null, 2)}\n`
}

/** Reads nodes from any text that holds them, also with words around them; null when there are none. */
export function readClip(text: string): Clip | null {
  if (text.length > MAX_TEXT) return null
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  if (start < 0 || end < start) return null
  const parsed = clipSchema.safeParse(parseJson(text.slice(start, end + 1)))
  if (!parsed.success) return null
  const count = Object.keys(parsed.data.nodes).length
  return count === 0 || count > MAX_NODES ? null : parsed.data
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
  /** "Paste", "Duplicate". */
  verb: string
}

/**
 * Adds copies of the nodes with new ids and the wires between them. A node that a model holds only once (the data set) is not
 * copied: its wires go to the one that is there. Also says the new ids; null when nothing is left to add.
 */
export function pasteAct(model: Model, clip: Clip, options: PasteOptions): { act: Act; nodes: string[] } | null {
  const names = new Map<string, string>()
  const added = new Map<string, string>()
  for (const [old, node] of Object.entries(clip.nodes)) {
    const sole = soleNode(model, node.type)
    const id = sole ?? freshNodeId(model, node.type, added.values())
    names.set(old, id)
    if (!sole) added.set(old, id)
  }
  if (added.size === 0) return null
  const offset = shift(clip, options)
  const edits: Edit[] = []
  for (const [old, id] of added) {
    const node = present(clip.nodes[old], 'every added node was copied')
    const position = snap({ x: node.at.x + offset.x, y: node.at.y + offset.y })
    edits.push({
      kind: 'addNode',
      model: model.id,
      node: id,
      type: node.type,
      settings: { ...node.settings },
      position,
    })
    if (node.name) edits.push({ kind: 'renameNode', model: model.id, node: id, name: node.name })
  }
  const wires = new Set<string>()
  for (const { from, to } of clip.wires) {
    const target = added.get(to.node)
    const source = names.get(from.node) ?? (options.keepIncoming && from.node in model.nodes ? from.node : undefined)
    if (!target || !source) continue
    const ends = { from: { node: source, port: from.port }, to: { node: target, port: to.port } }
    const wire = freshWireId(model, wires)
    wires.add(wire)
    edits.push({ kind: 'connect', model: model.id, wire, ...ends })
  }
  const [only] = added.keys()
  const single = added.size === 1 && only !== undefined ? clip.nodes[only] : undefined
  const label = `${options.verb} ${single ? titleOf(single) : plural(added.size, 'node')}`
  return { act: { label, edits }, nodes: [...added.values()] }
}

function shift(clip: Clip, { place }: PasteOptions): { x: number; y: number } {
  if (place.kind === 'by') return place.offset
  const all = clipBounds(clip)
  return { x: place.position.x - all.x, y: place.position.y - all.y }
}

/** The rectangle that the copied cards took. */
export function clipBounds(clip: Clip): Rectangle {
  const all = bounds(Object.values(clip.nodes).map((node) => ({ ...node.at, ...CARD })))
  return all ?? { x: 0, y: 0, ...CARD }
}
