import type { Diagnostic } from './diagnostic'
import type { Position } from './layoutSchema'
import { repairGroups } from './repairGroups'
import type { GraphNode, Model, UnrollDocument } from './schema'
import { topologicalOrder } from './topology'

/** Size and distances of cards, in canvas pixels, on the 8-pixel grid. */
const COLUMN = 224
const ROW = 112
const MARGIN = { x: 64, y: 128 }
/** Inside a frame, from its corner. */
const FRAME_MARGIN = { x: 88, y: 56 }

/**
 * A document in which every wire has both ends, every frame exists and every card has a place. What had to be changed is told in a
 * warning each; a sound document comes back as it is.
 */
export function repairDocument(document: UnrollDocument): { document: UnrollDocument; problems: Diagnostic[] } {
  const problems: Diagnostic[] = []
  const models = document.models.map((model) => repairFrames(repairWires(model, problems), problems))
  const repaired = models.some((model, index) => model !== document.models[index]) ? { ...document, models } : document
  return { document: placeCards(repairGroups(repaired, problems), problems), problems }
}

function repairWires(model: Model, problems: Diagnostic[]): Model {
  const entries = Object.entries(model.wires)
  const kept = entries.filter(([id, wire]) => {
    const missing = [wire.from.node, wire.to.node].find((node) => !Object.hasOwn(model.nodes, node))
    if (missing === undefined) return true
    problems.push({
      code: 'document.wire',
      severity: 'warning',
      message: `The wire “${id}” in model “${model.name}” leads to the node “${missing}”, which does not exist, so the wire was left out.`,
      place: { kind: 'model', model: model.id },
    })
    return false
  })
  return kept.length === entries.length ? model : { ...model, wires: Object.fromEntries(kept) }
}

function repairFrames(model: Model, problems: Diagnostic[]): Model {
  const freed = Object.keys(model.nodes).filter((id) => !hasSoundFrames(model, id))
  if (freed.length === 0) return model
  const nodes = { ...model.nodes }
  for (const id of freed) {
    const { parent, ...node } = nodes[id] ?? { type: '', settings: {} }
    nodes[id] = node satisfies GraphNode
    problems.push({
      code: 'document.frame',
      severity: 'warning',
      message: `The node “${id}” in model “${model.name}” lay in the frame “${parent}”, which does not exist or holds itself, so the node was taken out of it.`,
      place: { kind: 'node', model: model.id, node: id },
    })
  }
  return { ...model, nodes }
}

/** Does the way up from frame to frame end at a node that lies in none? */
function hasSoundFrames(model: Model, id: string): boolean {
  const seen = new Set([id])
  for (let parent = model.nodes[id]?.parent; parent !== undefined; parent = model.nodes[parent]?.parent) {
    if (!Object.hasOwn(model.nodes, parent) || seen.has(parent)) return false
    seen.add(parent)
  }
  return true
}

function placeCards(document: UnrollDocument, problems: Diagnostic[]): UnrollDocument {
  const layout = { ...document.layout }
  for (const model of document.models) {
    const known = Object.hasOwn(layout, model.id) ? layout[model.id] : undefined
    const missing = new Set(Object.keys(model.nodes).filter((id) => !known || !Object.hasOwn(known.nodes, id)))
    if (known && missing.size === 0) continue
    layout[model.id] = { ...known, nodes: { ...known?.nodes, ...positionsFor(model, missing, known?.nodes ?? {}) } }
    if (missing.size === 0) continue
    problems.push({
      code: 'document.layout',
      severity: 'warning',
      message: `${missing.size} ${missing.size === 1 ? 'card' : 'cards'} of model “${model.name}” had no place on the canvas and ${missing.size === 1 ? 'was' : 'were'} laid out from left to right.`,
      place: { kind: 'model', model: model.id },
    })
  }
  return problems.some((problem) => problem.code === 'document.layout') ||
    document.models.some((m) => !document.layout[m.id])
    ? { ...document, layout }
    : document
}

/** Columns follow the wires; below the cards that have a place already. Each frame is a sheet of its own. */
function positionsFor(
  model: Model,
  missing: ReadonlySet<string>,
  taken: Record<string, Position>,
): Record<string, Position> {
  const order = topologicalOrder(model)
  const ids = order.ok ? order.value : Object.keys(model.nodes).sort()
  const sheets = new Map<string | undefined, string[]>()
  for (const id of ids) {
    const parent = model.nodes[id]?.parent
    const sheet = sheets.get(parent)
    if (sheet) sheet.push(id)
    else sheets.set(parent, [id])
  }
  const depth = order.ok ? depths(model, ids) : null
  const positions: Record<string, Position> = {}
  for (const [parent, sheet] of sheets) {
    const margin = parent === undefined ? MARGIN : FRAME_MARGIN
    const lowest = sheet.reduce((low, id) => {
      const place = Object.hasOwn(taken, id) ? taken[id] : undefined
      return place ? Math.max(low, place.y + ROW) : low
    }, margin.y)
    const filled = new Map<number, number>()
    sheet.forEach((id, index) => {
      if (!missing.has(id)) return
      const column = depth ? (depth.get(id) ?? 0) : index % 8
      const row = filled.get(column) ?? 0
      filled.set(column, row + 1)
      positions[id] = { x: margin.x + column * COLUMN, y: lowest + row * ROW }
    })
  }
  return positions
}

/** How many wires lead to each node one after another, from nodes in the same frame. */
function depths({ nodes, wires }: Model, order: readonly string[]): Map<string, number> {
  const before = new Map<string, string[]>()
  for (const { from, to } of Object.values(wires)) {
    if (nodes[from.node]?.parent !== nodes[to.node]?.parent) continue
    const list = before.get(to.node)
    if (list) list.push(from.node)
    else before.set(to.node, [from.node])
  }
  const found = new Map<string, number>()
  for (const id of order) {
    const sources = before.get(id) ?? []
    found.set(
      id,
      sources.reduce((deepest, source) => Math.max(deepest, (found.get(source) ?? 0) + 1), 0),
    )
  }
  return found
}
