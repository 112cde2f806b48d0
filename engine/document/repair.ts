import type { Diagnostic } from './diagnostic'
import type { GraphNode, Model, Position, UnrollDocument } from './schema'
import { topologicalOrder } from './topology'

/** Size and distances of cards, in canvas pixels, on the 8-pixel grid. */
const COLUMN = 224
const ROW = 112
const MARGIN = { x: 64, y: 128 }

/**
 * A document in which every wire has both ends, every frame exists and every card has a place. What had to be changed is told in a
 * warning each; a sound document comes back as it is.
 */
export function repairDocument(document: UnrollDocument): { document: UnrollDocument; problems: Diagnostic[] } {
  const problems: Diagnostic[] = []
  const models = document.models.map((model) => repairFrames(repairWires(model, problems), problems))
  const repaired = models.some((model, index) => model !== document.models[index]) ? { ...document, models } : document
  return { document: placeCards(repaired, problems), problems }
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

/** Columns follow the wires; below the cards that have a place already. */
function positionsFor(
  model: Model,
  missing: ReadonlySet<string>,
  taken: Record<string, Position>,
): Record<string, Position> {
  const order = topologicalOrder(model)
  const ids = order.ok ? order.value : Object.keys(model.nodes).sort()
  const depth = new Map<string, number>()
  if (order.ok) {
    for (const id of ids) {
      const before = Object.values(model.wires).filter((wire) => wire.to.node === id)
      depth.set(
        id,
        before.reduce((deepest, wire) => Math.max(deepest, (depth.get(wire.from.node) ?? 0) + 1), 0),
      )
    }
  }
  const lowest = Object.values(taken).reduce((low, position) => Math.max(low, position.y + ROW), MARGIN.y)
  const filled = new Map<number, number>()
  const positions: Record<string, Position> = {}
  ids.forEach((id, index) => {
    if (!missing.has(id)) return
    const column = order.ok ? (depth.get(id) ?? 0) : index % 8
    const row = filled.get(column) ?? 0
    filled.set(column, row + 1)
    positions[id] = { x: MARGIN.x + column * COLUMN, y: lowest + row * ROW }
  })
  return positions
}
