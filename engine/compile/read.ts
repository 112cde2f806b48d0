import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { GraphNode, Model } from '../document/schema'
import type { AnyNodeDefinition } from '../nodes/defineNode'
import { definitionOf } from '../nodes/index'
import { readSettings, type SettingProblem } from '../nodes/validate'
import { wiresInto } from './ends'
import { checkNesting, type Nesting, nestingOf } from './frames'
import { diagnose, type End, type NodeFacts, type Pass, type ReadGraph, type ReadNode, severityOf } from './graph'
import { orderNodes } from './order'
import { ownNode, titleOf } from './titles'
import { readWires } from './wires'

/** null: no such node, or of a type that this version does not know. */
export function nodeFacts(model: Model, id: string, data: DataSummary | null): NodeFacts | null {
  return readFacts(model, id, data)?.facts ?? null
}

/** What follows from a node by itself, wherever it is, and from the data. */
interface OwnFacts extends Pick<NodeFacts, 'settings' | 'inputs' | 'outputs'> {
  data: DataSummary | null
  wrong: readonly SettingProblem[]
}

/** Nodes are never changed in place, and nearly every node of a model is as it was at the last edit. */
const remembered = new WeakMap<GraphNode, OwnFacts>()

function ownFacts(node: GraphNode, definition: AnyNodeDefinition, title: string, data: DataSummary | null): OwnFacts {
  const known = remembered.get(node)
  if (known && known.data === data) return known
  const { values: settings, problems: wrong } = readSettings(definition, node.settings, title)
  const { inputs, outputs } = definition.ports(settings, data)
  const found = { settings, inputs, outputs, data, wrong }
  remembered.set(node, found)
  return found
}

function readFacts(
  model: Model,
  id: string,
  data: DataSummary | null,
): { facts: NodeFacts; wrong: readonly SettingProblem[] } | null {
  const node = ownNode(model, id)
  const definition = node && definitionOf(node.type)
  if (!node || !definition) return null
  const title = node.name || definition.title
  const { settings, inputs, outputs, wrong } = ownFacts(node, definition, title, data)
  const parent = nestingOf(model).get(id) ?? null
  return { facts: { id, title, node, definition, settings, inputs, outputs, parent }, wrong }
}

/**
 * First pass: node types, settings, frames, wires and order, out of a model that anything may have written. What cannot be used is
 * reported and left out; the rest goes on.
 * @param whole the model with its bypassed nodes, which fixes change
 */
export function readGraph(model: Model, data: DataSummary | null, whole: Model = model): Pass<ReadGraph> {
  const problems: Diagnostic[] = []
  const facts = new Map(Object.keys(model.nodes).map((id) => [id, readFacts(model, id, data)]))
  const nesting = nestingOf(model)
  const used = leadingToOutput(model)
  const wires = readWires(model, nesting, (id) => facts.get(id)?.facts ?? null, problems, whole)
  const order = orderNodes({ ...model, nodes: asNested(model, nesting), wires: wires.sound }, (id) =>
    titleOf(model, id),
  )
  problems.push(...order.problems)
  const frames = checkNesting(model)
  problems.push(...frames.problems)

  const nodes = new Map<string, ReadNode>()
  const levels = new Map<string | null, ReadNode[]>()
  for (const id of frameByFrame(order.value, nesting)) {
    const known = facts.get(id)
    if (!known) {
      problems.push(unknownType(model, id))
      continue
    }
    const isUsed = (one: string): boolean => used === null || used.has(one)
    const consumers = wires.outOf.get(id) ?? new Map<string, End[]>()
    const read = [...consumers].filter(([, ends]) => !isUsed(id) || ends.some((end) => isUsed(end.node)))
    const { title, node: own, definition, settings, inputs, outputs, parent } = known.facts
    // Every field by name: with a spread each further field costs as much as the whole object.
    const node: ReadNode = {
      id,
      title,
      node: own,
      definition,
      settings,
      inputs,
      outputs,
      parent,
      sources: wires.into.get(id) ?? new Map(),
      consumers,
      read: new Set(read.map(([port]) => port)),
      used: isUsed(id),
    }
    nodes.set(id, node)
    const level = levels.get(node.parent)
    if (level) level.push(node)
    else levels.set(node.parent, [node])
    problems.push(...known.wrong.map((problem) => wrongSetting(model, node, problem)))
  }
  return { value: { model: whole, nodes, levels, walls: wires.walls, fits: frames.fits, data }, problems }
}

/** The nodes with the frames that they can be said to lie in. */
function asNested({ nodes }: Model, nesting: Nesting): Model['nodes'] {
  const isSo = Object.entries(nodes).every(([id, { parent = null }]) => nesting.get(id) === parent)
  if (isSo) return nodes
  return Object.fromEntries(
    Object.entries(nodes).map(([id, { parent: _, ...node }]) => {
      const frame = nesting.get(id) ?? null
      return [id, frame === null ? node : { ...node, parent: frame }]
    }),
  )
}

/** The same order inside each frame, what a frame holds right behind it. */
function frameByFrame(order: readonly string[], nesting: Nesting): string[] {
  const held = new Map<string | null, string[]>()
  for (const id of order) {
    const frame = nesting.get(id) ?? null
    const list = held.get(frame)
    if (list) list.push(id)
    else held.set(frame, [id])
  }
  const laid: string[] = []
  const left = (held.get(null) ?? []).toReversed()
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    laid.push(id)
    left.push(...(held.get(id) ?? []).toReversed())
  }
  return laid
}

function wrongSetting(model: Model, node: ReadNode, { setting, code, message, suggested }: SettingProblem): Diagnostic {
  const label = node.definition.settings[setting]?.label ?? setting
  const place = { kind: 'node' as const, model: model.id, node: node.id, setting }
  return diagnose(severityOf(node), code, place, message, {
    label: `Set ${label} to ${suggested ?? 'automatic'}`,
    edits: [{ kind: 'setSetting', model: model.id, node: node.id, setting, value: suggested }],
  })
}

/** Nodes from which wires lead to an output, through the ways in and out of frames too; null when the model has none, so that nothing can be told. */
function leadingToOutput(model: Model): ReadonlySet<string> | null {
  const left = Object.entries(model.nodes).flatMap(([id, { type }]) => (definitionOf(type)?.isHead ? [id] : []))
  if (left.length === 0) return null
  const found = new Set(left)
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    for (const { from } of wiresInto(model, id)) {
      if (found.has(from.node)) continue
      found.add(from.node)
      left.push(from.node)
    }
  }
  return found
}

/** Always an error: what the node was meant to do cannot be guessed, so a training without it would be another model. */
function unknownType(model: Model, id: string): Diagnostic {
  const node = ownNode(model, id)
  const type = node?.type ?? ''
  return diagnose(
    'error',
    'node.unknownType',
    { kind: 'node', model: model.id, node: id },
    `${node?.name ? `${node.name} is of` : 'There is a node of'} the type “${type}”, which this version of Unroll does not know. It is kept as it is, but the model cannot be trained with it: delete it, or open the document in a newer version.`,
    {
      label: `Delete ${titleOf(model, id)}`,
      edits: [{ kind: 'deleteNodes', model: model.id, nodes: [id] }],
    },
  )
}
