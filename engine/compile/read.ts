import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { GraphNode, Model, Wire } from '../document/schema'
import { definitionOf } from '../nodes/index'
import { readSettings, type SettingProblem } from '../nodes/validate'
import { diagnose, type End, type NodeFacts, type Pass, type ReadGraph, type ReadNode, severityOf } from './graph'
import { orderNodes } from './order'

/** What the user calls a node. */
export function titleOf(model: Model, id: string): string {
  const node = ownNode(model, id)
  return node ? node.name || (definitionOf(node.type)?.title ?? node.type) : id
}

export function ownNode(model: Model, id: string): GraphNode | null {
  return Object.hasOwn(model.nodes, id) ? (model.nodes[id] ?? null) : null
}

/** null: no such node, or of a type that this version does not know. */
export function nodeFacts(model: Model, id: string, data: DataSummary | null): NodeFacts | null {
  return readFacts(model, id, data)?.facts ?? null
}

function readFacts(
  model: Model,
  id: string,
  data: DataSummary | null,
): { facts: NodeFacts; wrong: readonly SettingProblem[] } | null {
  const node = ownNode(model, id)
  const definition = node && definitionOf(node.type)
  if (!node || !definition) return null
  const title = titleOf(model, id)
  const { values: settings, problems: wrong } = readSettings(definition, node.settings, title)
  return { facts: { id, title, node, definition, settings, ...definition.ports(settings, data) }, wrong }
}

/**
 * First pass: node types, settings, wires and order, out of a model that anything may have written. What cannot be used is
 * reported and left out; the rest goes on.
 */
export function readGraph(model: Model, data: DataSummary | null): Pass<ReadGraph> {
  const problems: Diagnostic[] = []
  const facts = new Map(Object.keys(model.nodes).map((id) => [id, readFacts(model, id, data)]))
  const used = leadingToOutput(model)
  const wires = readWires(model, (id) => facts.get(id)?.facts ?? null, problems)
  const order = orderNodes({ ...model, wires: wires.sound }, (id) => titleOf(model, id))
  problems.push(...order.problems)

  const nodes = new Map<string, ReadNode>()
  for (const id of order.value) {
    const known = facts.get(id)
    if (!known) {
      problems.push(unknownType(model, id))
      continue
    }
    const node: ReadNode = {
      ...known.facts,
      sources: wires.into.get(id) ?? new Map(),
      consumers: wires.outOf.get(id) ?? new Map(),
      used: used === null || used.has(id),
    }
    nodes.set(id, node)
    if (node.node.parent !== undefined) problems.push(notInFrame(model, id))
    problems.push(...known.wrong.map((problem) => wrongSetting(model, node, problem)))
  }
  return { value: { model, nodes, data }, problems }
}

function wrongSetting(model: Model, node: ReadNode, { setting, code, message, suggested }: SettingProblem): Diagnostic {
  const label = node.definition.settings[setting]?.label ?? setting
  const place = { kind: 'node' as const, model: model.id, node: node.id, setting }
  return diagnose(severityOf(node), code, place, message, {
    label: `Set ${label} to ${suggested ?? 'automatic'}`,
    edits: [{ kind: 'setSetting', model: model.id, node: node.id, setting, value: suggested }],
  })
}

interface Wires {
  into: Map<string, Map<string, End & { wire: string }>>
  outOf: Map<string, Map<string, End[]>>
  /** Those that were not refused. */
  sound: Model['wires']
}

/** Wires whose both ends exist, at most one on each input; the others are reported. */
function readWires(model: Model, factsOf: (id: string) => NodeFacts | null, problems: Diagnostic[]): Wires {
  const into: Wires['into'] = new Map()
  const outOf: Wires['outOf'] = new Map()
  const sound: [string, Wire][] = []
  const refuse = (wire: string, code: string, message: string): void => {
    const fix = { label: 'Delete the wire', edits: [{ kind: 'deleteWires' as const, model: model.id, wires: [wire] }] }
    problems.push(diagnose('error', code, { kind: 'wire', model: model.id, wire }, message, fix))
  }
  for (const [wire, { from, to }] of Object.entries(model.wires).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const lost = [from.node, to.node].find((id) => !ownNode(model, id))
    if (lost !== undefined) {
      refuse(wire, 'wire.dangling', `A wire leads to the node “${lost}”, which is not there. Delete the wire.`)
      continue
    }
    if (!hasPort(factsOf(from.node), from.port, 'outputs')) {
      refuse(wire, 'wire.port', `${titleOf(model, from.node)} has no output “${from.port}”. Delete the wire.`)
      continue
    }
    if (!hasPort(factsOf(to.node), to.port, 'inputs')) {
      refuse(wire, 'wire.port', `${titleOf(model, to.node)} has no input “${to.port}”. Delete the wire.`)
      continue
    }
    const taken = entry(into, to.node, () => new Map<string, End & { wire: string }>())
    if (taken.has(to.port)) {
      refuse(wire, 'wire.duplicate', `Two wires go into the same input of ${titleOf(model, to.node)}. Delete one.`)
      continue
    }
    sound.push([wire, { from, to }])
    taken.set(to.port, { node: from.node, port: from.port, wire })
    entry(
      entry(outOf, from.node, () => new Map<string, End[]>()),
      from.port,
      () => [],
    ).push({ ...to })
  }
  return { into, outOf, sound: Object.fromEntries(sound) }
}

/** True too for a node of an unknown type: nobody knows its ports. */
function hasPort(facts: NodeFacts | null, port: string, side: 'inputs' | 'outputs'): boolean {
  return facts === null || facts[side].some(({ name }) => name === port)
}

/** Nodes from which wires lead to an output; null when the model has none, so that nothing can be told. */
function leadingToOutput(model: Model): ReadonlySet<string> | null {
  const before = new Map<string, string[]>()
  for (const { from, to } of Object.values(model.wires)) entry(before, to.node, () => []).push(from.node)
  const left = Object.keys(model.nodes).filter((id) => definitionOf(ownNode(model, id)?.type ?? '')?.isHead)
  if (left.length === 0) return null
  const found = new Set(left)
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    for (const source of before.get(id) ?? []) {
      if (found.has(source)) continue
      found.add(source)
      left.push(source)
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

function notInFrame(model: Model, id: string): Diagnostic {
  return diagnose(
    'warning',
    'node.frame',
    { kind: 'node', model: model.id, node: id },
    `${titleOf(model, id)} lies in a frame that is not there or cannot hold nodes. It is treated as lying outside.`,
  )
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
