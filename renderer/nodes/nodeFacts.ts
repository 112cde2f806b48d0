import type { DataSummary } from '../../engine/data/prepared'
import type { GraphNode, Model } from '../../engine/document/schema'
import type { AnyNodeDefinition, PortSpec } from '../../engine/nodes/defineNode'
import { definitionOf } from '../../engine/nodes/index'
import type { SettingsSpec, SettingValues } from '../../engine/nodes/settings'
import { readSettings } from '../../engine/nodes/validate'
import type { CategoryKey } from './categories'

/** Everything that the window shows of a node before the compiler has said anything. */
export interface NodeFacts {
  /** null: a type that this version does not have; the node is shown as a placeholder and kept as it is. */
  definition: AnyNodeDefinition | null
  /** The user's own name, or the type's. */
  title: string
  letter: string
  category: CategoryKey
  /** Defaults filled in. */
  settings: SettingValues<SettingsSpec>
  inputs: readonly PortSpec[]
  outputs: readonly PortSpec[]
  /** Of a frame: its way in (wires start there) and its way out (wires end there), seen from inside; null for any other node. */
  ways: { enter: PortSpec; leave: PortSpec } | null
}

/** Ports that wires start from, a frame's way in too. */
export function sourcePorts(facts: NodeFacts | null): readonly PortSpec[] {
  if (!facts) return []
  return facts.ways ? [...facts.outputs, facts.ways.enter] : facts.outputs
}

/** Ports that wires lead to, a frame's way out too. */
export function targetPorts(facts: NodeFacts | null): readonly PortSpec[] {
  if (!facts) return []
  return facts.ways ? [...facts.inputs, facts.ways.leave] : facts.inputs
}

/** How a sentence names the end of a wire: the node, or a way in or out of a frame. */
export function endTitle({ title, ways }: NodeFacts, port: string): string {
  if (ways?.enter.name === port) return `the way in of ${title}`
  return ways?.leave.name === port ? `the way out of ${title}` : title
}

/** What a new node of this type starts with. */
export function defaultSettings(definition: AnyNodeDefinition): SettingValues<SettingsSpec> {
  return readSettings(definition, {}).values
}

/** The node of this type that a model may hold only once, if it is there. */
export function soleNode(model: Model, type: string): string | null {
  if (definitionOf(type)?.count !== 'exactlyOne') return null
  return Object.keys(model.nodes).find((id) => model.nodes[id]?.type === type) ?? null
}

/** The node that stands for the data of a model: where their problems are shown. */
export function dataNodeOf(model: Model): string | null {
  return Object.keys(model.nodes).find((id) => definitionOf(model.nodes[id]?.type ?? '')?.category === 'data') ?? null
}

export function titleOf(node: GraphNode): string {
  return node.name || (definitionOf(node.type)?.title ?? node.type)
}

const remembered = new WeakMap<GraphNode, { summary: DataSummary | null; facts: NodeFacts }>()

/** The facts of one node; remembered while the node and the data stay the same. */
export function nodeFacts(model: Model, id: string, summary: DataSummary | null): NodeFacts | null {
  const node = model.nodes[id]
  // A placeholder's sockets follow from the wires on it, not from the node alone, so it is not remembered.
  return node ? (knownFacts(node, summary) ?? placeholderFacts(model, id, node)) : null
}

/** The facts of a node that this version knows, whatever is around it; null: it does not. */
export function knownFacts(node: GraphNode, summary: DataSummary | null): NodeFacts | null {
  const definition = definitionOf(node.type)
  if (!definition) return null
  const known = remembered.get(node)
  if (known && known.summary === summary) return known.facts
  const settings = readSettings(definition, node.settings).values
  const facts: NodeFacts = {
    definition,
    title: titleOf(node),
    letter: definition.letter,
    category: definition.category,
    settings,
    ...definition.ports(settings, summary),
    ways: definition.frame ? { enter: definition.frame.enter, leave: definition.frame.leave } : null,
  }
  remembered.set(node, { summary, facts })
  return facts
}

function placeholderFacts(model: Model, id: string, node: GraphNode): NodeFacts {
  const wires = Object.values(model.wires)
  const ports = (names: readonly string[], side: string): PortSpec[] =>
    [...new Set(names)].sort().map((name) => ({ name, label: `${name} (${side})`, kinds: [] }))
  return {
    definition: null,
    title: titleOf(node),
    letter: '?',
    category: 'unknown',
    settings: {},
    inputs: ports(
      wires.filter((wire) => wire.to.node === id).map((wire) => wire.to.port),
      'in',
    ),
    outputs: ports(
      wires.filter((wire) => wire.from.node === id).map((wire) => wire.from.port),
      'out',
    ),
    ways: null,
  }
}
