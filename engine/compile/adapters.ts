import type { DataSummary } from '../data/prepared'
import { freshNodeId, freshWireId } from '../document/create'
import type { Fix } from '../document/diagnostic'
import type { Edit } from '../document/edits'
import type { Position } from '../document/layoutSchema'
import type { Model, UnrollDocument } from '../document/schema'
import type { Adaptation, AnyNodeDefinition, PortKind, PortShape, PortSpec } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import { IN, OUT } from '../nodes/lowering'
import { readSettings } from '../nodes/validate'
import { levelOf, nestingOf } from './frames'
import type { End, NodeFacts } from './graph'

/** Nodes that, put between two that do not fit, make them fit; in the order in which data pass them. */
export type Chain = readonly { definition: AnyNodeDefinition; adaptation: Adaptation }[]

/** More than three nodes between two is no adapter but a design of its own. */
const MAX_CHAIN = 3

/**
 * Every sensible way from a shape to an input, the best first: fewer nodes, then by rank. Width is settled last, by the one node that
 * takes the size that is wanted. Of bare symbols one step alone says little, so there ways that blend all steps come first.
 * @param target what the data ask for; null: not known, or not to be thought of
 */
export function chainsTo(
  shape: PortShape,
  spec: PortSpec,
  target: DataSummary['target']['kind'] | null = null,
): Chain[] {
  const found: Chain[] = []
  const wanted = spec.features?.count ?? null
  const explore = (kind: PortKind, features: number | null, chain: Chain): void => {
    const fitsWidth = wanted === null || features === wanted
    if (chain.length > 0 && spec.kinds.includes(kind) && fitsWidth) {
      found.push(chain)
      return
    }
    if (chain.length === MAX_CHAIN) return
    for (const step of adaptersFrom(kind)) {
      const { resizes = false, to, showsWhole = false } = step.adaptation
      if (showsWhole && (target === null || target === 'symbol')) continue
      if (resizes) {
        // Only in front of the input, and only for a width that is not there.
        if (!fitsWidth && spec.kinds.includes(to)) explore(to, wanted, [...chain, step])
      } else if (to !== kind && chain.every(({ adaptation }) => adaptation.from !== to)) {
        explore(to, kind === 'tokens' ? null : features, [...chain, step])
      }
    }
  }
  explore(shape.kind, shape.kind === 'tokens' ? null : shape.features, [])
  const cost = (chain: Chain): number =>
    chain.reduce((sum, { adaptation }) => {
      const blind = shape.kind === 'tokens' && adaptation.keepsOneStep === true
      return sum + adaptation.rank + (blind ? 100 : 0)
    }, chain.length * 1000)
  return found.sort((a, b) => cost(a) - cost(b))
}

function adaptersFrom(kind: PortKind): Chain {
  return Object.values(nodeDefinitions).flatMap((definition) =>
    (definition.adapts ?? []).filter(({ from }) => from === kind).map((adaptation) => ({ definition, adaptation })),
  )
}

/** Single nodes that take this kind, settle a width of their own and give the same kind: layers that can stand in any wire of it. */
export function chainsThrough(kind: PortKind): Chain[] {
  return adaptersFrom(kind).flatMap((step) =>
    step.adaptation.resizes === true && step.adaptation.to === kind ? [[step]] : [],
  )
}

/** "Add Last step", "Add Last step and Dense" */
export function chainLabel(chain: Chain): string {
  return `Add ${joined(chain.map(({ definition }) => definition.title))}`
}

/** The offer in words: "keep the last step, then bring it to the right size" */
export function chainOffer(chain: Chain): string {
  return chain.map(({ adaptation }) => adaptation.label).join(', then ')
}

/** What puts the chain between the two ends, its cards spread between theirs, in the frame that the wire runs in. */
export function insertChain(document: UnrollDocument, model: Model, from: End, to: End, chain: Chain): Edit[] {
  const edits: Edit[] = []
  const nodes: string[] = []
  const wires: string[] = []
  const connect = (source: End, target: End): void => {
    const wire = freshWireId(model, wires)
    wires.push(wire)
    edits.push({ kind: 'connect', model: model.id, wire, from: source, to: target })
  }
  const frame = levelOf(nestingOf(model), from.node, to.node)
  const held = frame === null ? {} : { parent: frame }
  const places = ends(document, model, frame, from.node, to.node)
  let source = { node: from.node, port: from.port }
  for (const [index, { definition, adaptation }] of chain.entries()) {
    const node = freshNodeId(model, definition.type, nodes)
    nodes.push(node)
    const position = between(places, (index + 1) / (chain.length + 1))
    const settings = newSettings(definition, adaptation.resizes === true)
    edits.push({ kind: 'addNode', model: model.id, node, type: definition.type, settings, position, ...held })
    connect(source, { node, port: IN })
    source = { node, port: OUT }
  }
  connect(source, { node: to.node, port: to.port })
  return edits
}

/** Defaults; a node that is to settle the width has its size left on automatic. */
export function newSettings(definition: AnyNodeDefinition, automatic: boolean): Record<string, unknown> {
  const settings: Record<string, unknown> = { ...readSettings(definition, {}).values }
  const key = automatic ? automaticSetting(definition) : null
  if (key !== null) settings[key] = null
  return settings
}

/**
 * Where the size of the source can give way, so that nothing need be put between: a size of its own, which the user may leave
 * on automatic, and nobody else that reads it.
 * @param readers how many other inputs read the output
 */
export function widthGivesWay(model: Model, source: NodeFacts, readers: number): Fix | null {
  const key = automaticSetting(source.definition)
  if (key === null || source.settings[key] === null || readers > 0) return null
  const label = source.definition.settings[key]?.label ?? key
  return {
    label: `Set ${label} of ${source.title} to automatic`,
    edits: [{ kind: 'setSetting', model: model.id, node: source.id, setting: key, value: null }],
  }
}

/** The setting of a node type that may be left to the compiler. */
function automaticSetting(definition: AnyNodeDefinition): string | null {
  const found = Object.entries(definition.settings).find(([, one]) => one.kind === 'integer' && one.automatic === true)
  return found?.[0] ?? null
}

/** Where a card stands; cards that were never placed stand at the origin. */
export function positionOf(document: UnrollDocument, model: Model, node: string): Position {
  const places = Object.hasOwn(document.layout, model.id) ? document.layout[model.id]?.nodes : undefined
  const place = places && Object.hasOwn(places, node) ? places[node] : undefined
  return { x: place?.x ?? 0, y: place?.y ?? 0 }
}

/** Size of a card and the grid it snaps to, in canvas pixels. */
export const CARD = { width: 160, height: 56, gap: 56, grid: 8 }

/** Where the cards at both ends of a wire stand; a frame's ways in and out lie a card away from what they are wired to. */
function ends(document: UnrollDocument, model: Model, frame: string | null, from: string, to: string) {
  const away = 2 * (CARD.width + CARD.gap)
  if (from === frame) {
    const b = positionOf(document, model, to)
    return { a: { x: b.x - away, y: b.y }, b }
  }
  const a = positionOf(document, model, from)
  return { a, b: to === frame ? { x: a.x + away, y: a.y } : positionOf(document, model, to) }
}

function between({ a, b }: { a: Position; b: Position }, share: number): Position {
  const snap = (value: number): number => Math.round(value / CARD.grid) * CARD.grid
  // Too close together for a card between them: it goes below, where it covers neither.
  const crowded = Math.abs(b.x - a.x) * share < CARD.width && Math.abs(b.y - a.y) * share < CARD.height
  return {
    x: snap(a.x + (b.x - a.x) * share),
    y: snap(a.y + (b.y - a.y) * share + (crowded ? CARD.height + CARD.gap / 2 : 0)),
  }
}

function joined(titles: readonly string[]): string {
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`
}
