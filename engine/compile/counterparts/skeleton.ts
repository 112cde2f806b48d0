import type { DataSummary } from '../../data/prepared'
import type { Edit } from '../../document/edits'
import type { Position } from '../../document/layoutSchema'
import type { Model, UnrollDocument } from '../../document/schema'
import { bidirectional } from '../../nodes/bidirectional/bidirectional'
import { dense } from '../../nodes/dense/dense'
import { OUT } from '../../nodes/lowering'
import { positionalEncoding } from '../../nodes/positionalEncoding/positionalEncoding'
import { stack } from '../../nodes/stack/stack'
import { newSettings } from '../adapters'
import { copyCount, framesAround, nestingOf } from '../frames'
import { ownNode } from '../titles'
import { Draft } from './draft'
import { type CounterpartKind, layerOf } from './kinds'
import type { Layer } from './layers'

/** What a counterpart is made from: the model whose place it takes, under the id and name of the new one. */
export interface Original {
  document: UnrollDocument
  model: Model
  layers: readonly Layer[]
  data: DataSummary
}

/** What is put in besides the layers. */
export interface Building {
  project: boolean
  bringBack: boolean
}

/** A counterpart whose sizes are still to be found. */
export interface Skeleton {
  model: Model
  positions: Record<string, Position>
  /** Groups and notes, as edits that follow the model's. */
  marks: Edit[]
}

export interface RecurrentSkeleton extends Skeleton {
  /** The new layers, with the width that each would have if it were as wide as the one it replaces. */
  layers: readonly { node: string; width: number }[]
  /** Dense nodes in front of the first layers, whose size fills up what whole cells cannot; none: the layers read what came in. */
  projections: readonly string[]
}

export interface TransformerSkeleton extends Skeleton {
  blocks: readonly string[]
  /** Dense nodes that bring what comes in to the model's width; none: it keeps the width that comes in. */
  projections: readonly string[]
}

type Settings = Record<string, unknown>

/** Options of the layer that is replaced which mean the same in the new one. */
const KEPT = ['recurrentDropout', 'layerNorm', 'rotary'] as const

/**
 * Every layer becomes one of the recurrent kind, inside the same frames. Attention that sees both ways at data with a tag for every step
 * becomes a layer read both ways; marks of position go, for recurrent layers know the order.
 * With `project` a Dense leads up to the first layers: in a small model one cell more or less can be more than the whole difference that
 * is allowed. With `bringBack` each layer is followed by a Dense that gives what it gives the old width, for nodes behind it that need that.
 */
export function recurrentSkeleton(
  original: Original,
  kind: CounterpartKind,
  { project, bringBack }: Building,
): RecurrentSkeleton {
  const { document, model, data } = original
  const draft = new Draft(document, model)
  const first = firstLayers(model, original.layers)
  const anchors = new Set<string>()
  const layers = original.layers.map((layer) => {
    const node = draft.replace(layer.id, layerOf(kind).type, layerSettings(model, layer, kind))
    const alone = layer.looksAhead && layer.bothWays.length === 0 && data.target.kind === 'tag'
    const around = alone ? draft.wrap(node, bidirectional.type, newSettings(bidirectional, false)) : node
    if (bringBack) draft.insertAfter(around, dense.type, denseSettings(layer.width))
    if (first.has(layer.id)) anchors.add(draft.outermost(around))
    return { node, width: alone ? layer.width / 2 : layer.width }
  })
  const projections = project
    ? [...anchors].map((anchor) => draft.insertBefore(anchor, dense.type, denseSettings(1)))
    : []
  for (const [id, { type }] of Object.entries(model.nodes)) {
    if (type === positionalEncoding.type && draft.sourceOf(id, 'in') !== null) draft.remove(id)
  }
  return { model: draft.model, positions: draft.positions, marks: draft.marks, layers, projections }
}

/**
 * Every layer becomes a Transformer block; the first ones are led up to by marks of position and, with `project`, by a Dense that sets
 * the width. One layer becomes two blocks: a single one can look something up, but not go by what it found (Elhage et al. 2021). Frames
 * that read both ways go, for attention sees both ways by itself, unless what is foretold lies ahead.
 */
export function transformerSkeleton(original: Original, { project, bringBack }: Building): TransformerSkeleton {
  const { document, model, layers, data } = original
  const draft = new Draft(document, model)
  for (const frame of new Set(layers.flatMap(({ bothWays }) => bothWays))) draft.dissolve(frame)
  const first = firstLayers(model, layers)
  const blocks: string[] = []
  const projections: string[] = []
  const ledUpTo = new Set<string>()
  for (const layer of layers) {
    const causal = isCausal(layer, data)
    const settings: Settings = { ...layerSettings(model, layer, 'transformer'), causal, dropout: 0 }
    const block = draft.replace(layer.id, layerOf('transformer').type, settings)
    blocks.push(block)
    let last = block
    if (layers.length === 1 && copiesOf(model, layer.id) === 1) {
      last = draft.insertAfter(block, layerOf('transformer').type, settings)
      blocks.push(last)
    }
    if (bringBack) draft.insertAfter(last, dense.type, denseSettings(layer.width))
    const anchor = draft.outermost(block)
    if (!first.has(layer.id) || ledUpTo.has(anchor)) continue
    ledUpTo.add(anchor)
    const marked =
      settings.rotary === true
        ? anchor
        : draft.insertBefore(anchor, positionalEncoding.type, newSettings(positionalEncoding, false))
    if (project) projections.push(draft.insertBefore(marked, dense.type, denseSettings(1)))
  }
  return { model: draft.model, positions: draft.positions, marks: draft.marks, blocks, projections }
}

/** Where a target stands at every step, a model that read only forwards stays one that does. */
function isCausal({ looksAhead }: Layer, { target }: DataSummary): boolean {
  return target.kind === 'symbol' || (target.kind === 'tag' && !looksAhead)
}

function layerSettings(model: Model, { id }: Layer, kind: CounterpartKind): Settings {
  const definition = layerOf(kind)
  const settings = newSettings(definition, false)
  const before = ownNode(model, id)?.settings ?? {}
  for (const key of KEPT) {
    if (Object.hasOwn(definition.settings, key) && Object.hasOwn(before, key)) settings[key] = before[key]
  }
  return settings
}

function denseSettings(size: number): Settings {
  return { ...newSettings(dense, false), size }
}

/** How often the frames around a node lay it out one after another. */
function copiesOf(model: Model, node: string): number {
  const stacks = framesAround(nestingOf(model), node).filter((frame) => ownNode(model, frame)?.type === stack.type)
  return stacks.reduce((product, frame) => product * copyCount(model, frame), 1)
}

/** Layers to which no other layer leads, and no mark of position. */
function firstLayers(model: Model, layers: readonly Layer[]): ReadonlySet<string> {
  const wires = Object.values(model.wires)
  const stops = new Set(layers.map(({ id }) => id))
  for (const [id, { type }] of Object.entries(model.nodes)) if (type === positionalEncoding.type) stops.add(id)
  const isFirst = (layer: string): boolean => {
    const seen = new Set<string>()
    const left = wires.filter(({ to }) => to.node === layer).map(({ from }) => from)
    for (let end = left.pop(); end; end = left.pop()) {
      const { node, port } = end
      if (stops.has(node)) return false
      const key = `${node} ${port}`
      if (seen.has(key)) continue
      seen.add(key)
      // The way into a frame brings what the frame reads; whatever else a node gives may come from all that leads to it.
      const isWayIn = port !== OUT && framesAround(nestingOf(model), layer).includes(node)
      left.push(...wires.filter(({ to }) => to.node === node && (!isWayIn || to.port === 'in')).map(({ from }) => from))
    }
    return true
  }
  return new Set([...stops].filter((id) => layers.some((layer) => layer.id === id) && isFirst(id)))
}
