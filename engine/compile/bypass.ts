import type { DataSummary } from '../data/prepared'
import type { GraphNode, Model, Wire } from '../document/schema'
import { sortedWires } from '../document/topology'
import type { AnyNodeDefinition, PortSpec } from '../nodes/defineNode'
import { definitionOf } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { readersOf, wireInto } from './ends'
import { framesAround, nestingOf } from './frames'
import { type End, inputKey } from './graph'
import { ownNode } from './titles'

/** How a node that is no more than a piece of wire takes part: what comes in at `input` goes on from `output`. */
export interface Passing {
  input: PortSpec
  output: PortSpec
  /** Where what passes comes from in the end, past further such nodes; null: nothing comes in. */
  source: End | null
}

/** A model whose bypassed nodes and reroute points are gone, with wires in their place. */
export interface Resolved {
  model: Model
  /** Every node that only passes on. */
  passing: ReadonlyMap<string, Passing>
  /** Nodes that lie in a bypassed frame, each with the outermost such frame. */
  leftOut: ReadonlyMap<string, string>
  /** Wires of `model` that pass bypassed nodes on their way, and these, the last of them first. */
  passed: ReadonlyMap<string, readonly string[]>
  /** Inputs (see inputKey) that such a node is wired to without giving them anything. */
  silent: ReadonlyMap<string, Silence>
}

export interface Silence {
  /** The node that the wire begins at. */
  node: string
  /** Bypassed nodes that give nothing at the output that is read, for only the main one passes; none: nothing comes in before. */
  bypassed: readonly string[]
}

/**
 * Takes the nodes that compute nothing out of a model: reroute points, bypassed nodes and what bypassed frames hold. What fed the
 * first wired main input of such a node feeds what its main output fed. A wire keeps the id of its last piece, so that problems and
 * fixes name one that is on the canvas. A model without such nodes comes back itself.
 */
export function resolveBypassed(model: Model, data: DataSummary | null): Resolved {
  const leftOut = heldByBypassed(model)
  const ports = new Map<string, { inputs: readonly PortSpec[]; output: PortSpec }>()
  for (const [id, node] of Object.entries(model.nodes)) {
    const found = leftOut.has(id) ? null : passingPorts(node, data)
    if (found) ports.set(id, found)
  }
  const passed = new Map<string, readonly string[]>()
  const silent = new Map<string, Silence>()
  if (ports.size === 0) return { model, passing: new Map(), leftOut, passed, silent }

  const { passing, through, mute } = followWires(model, leftOut, ports)
  const gone = (id: string): boolean => ports.has(id) || leftOut.has(id)
  const wires: Record<string, Wire> = {}
  for (const [id, wire] of Object.entries(model.wires)) {
    const { from, to } = wire
    const way = passing.get(from.node)
    if (gone(to.node)) continue
    if (!way) {
      if (!leftOut.has(from.node)) wires[id] = wire
      continue
    }
    const bypassed = (through.get(from.node) ?? []).filter((node) => model.nodes[node]?.bypassed === true)
    const key = inputKey(to.node, to.port)
    if (from.port !== way.output.name) silent.set(key, { node: from.node, bypassed: [from.node] })
    else if (!way.source) silent.set(key, { node: from.node, bypassed: mute.get(from.node) ?? [] })
    else {
      wires[id] = { ...wire, from: { ...way.source } }
      if (bypassed.length > 0) passed.set(id, bypassed)
    }
  }
  const nodes = Object.fromEntries(Object.entries(model.nodes).filter(([id]) => !gone(id)))
  return { model: { ...model, nodes, wires }, passing, leftOut, passed, silent }
}

/** Why a node cannot be bypassed, in a sentence; null: it can be. */
export function whyNotBypassed(model: Model, id: string): string | null {
  const node = ownNode(model, id)
  const definition = node && definitionOf(node.type)
  if (!node || !definition) return 'This version of Unroll does not know what this node would pass on.'
  if (definition.passes) return `${definition.title}s pass on what comes in anyway.`
  if (mainPorts(definition, node, null)) return null
  return definition.isHead
    ? `Nothing comes after ${definition.title}: the model ends there.`
    : `Nothing comes into ${definition.title} that could pass.`
}

/**
 * The inputs that in the end read what a wire to `to` brings: itself, or where nodes that only pass on lead from there. None where it is
 * not this input that passes, or nobody reads on.
 */
export function readersThrough(model: Model, to: End, data: DataSummary | null): readonly End[] {
  const found: End[] = []
  const seen = new Set<string>()
  const left = [to]
  for (let end = left.pop(); end; end = left.pop()) {
    const { node, port } = end
    const own = ownNode(model, node)
    const ports = own && passingPorts(own, data)
    if (!ports) {
      found.push({ node, port })
      continue
    }
    const isWired = (name: string): boolean => wireInto(model, { node, port: name }) !== null
    const passing = ports.inputs.find(({ name }) => name === port || isWired(name))
    if (passing?.name !== port || seen.has(node)) continue
    seen.add(node)
    left.push(...readersOf(model, { node, port: ports.output.name }))
  }
  return found
}

/** The main inputs, of which the first that is wired passes, and the output it passes to; null: nothing can pass. */
function mainPorts(
  definition: AnyNodeDefinition,
  node: GraphNode,
  data: DataSummary | null,
): { inputs: readonly PortSpec[]; output: PortSpec } | null {
  const { inputs, outputs } = definition.ports(readSettings(definition, node.settings).values, data)
  const [output] = outputs
  const main = inputs.filter(({ required }) => required !== false)
  return output && main.length > 0 ? { inputs: main, output } : null
}

function passingPorts(node: GraphNode, data: DataSummary | null) {
  const definition = definitionOf(node.type)
  return definition && (definition.passes || node.bypassed === true) ? mainPorts(definition, node, data) : null
}

/** Nodes in bypassed frames. */
function heldByBypassed(model: Model): Map<string, string> {
  const held = new Map<string, string>()
  if (!Object.values(model.nodes).some(({ bypassed }) => bypassed === true)) return held
  const nesting = nestingOf(model)
  for (const id of Object.keys(model.nodes)) {
    const frame = framesAround(nesting, id).findLast((around) => model.nodes[around]?.bypassed === true)
    if (frame !== undefined) held.set(id, frame)
  }
  return held
}

/**
 * What each passing node passes; the passing nodes between it and where that comes from, itself first; and of those that get nothing
 * because they are wired to an output that does not pass the node that it belongs to.
 */
function followWires(
  model: Model,
  leftOut: ReadonlyMap<string, string>,
  ports: ReadonlyMap<string, { inputs: readonly PortSpec[]; output: PortSpec }>,
): { passing: Map<string, Passing>; through: Map<string, readonly string[]>; mute: Map<string, readonly string[]> } {
  const into = new Map<string, End>()
  for (const [, { from, to }] of sortedWires(model.wires)) {
    const key = inputKey(to.node, to.port)
    if (ports.has(to.node) && !leftOut.has(from.node) && !into.has(key)) into.set(key, from)
  }
  const passing = new Map<string, Passing>()
  const through = new Map<string, readonly string[]>()
  const mute = new Map<string, readonly string[]>()
  for (const [start, { inputs, output }] of ports) {
    const wired = (id: string): PortSpec | undefined =>
      ports.get(id)?.inputs.find(({ name }) => into.has(inputKey(id, name)))
    const way: string[] = []
    let source: End | null = { node: start, port: output.name }
    while (source && ports.has(source.node)) {
      const input: PortSpec | undefined = wired(source.node)
      // Of an output that does not pass nothing comes, and round a circle neither.
      const isMain: boolean = ports.get(source.node)?.output.name === source.port
      if (!isMain) mute.set(start, [source.node])
      const passes: boolean = isMain && !way.includes(source.node)
      way.push(source.node)
      source = (passes && input && into.get(inputKey(source.node, input.name))) || null
    }
    const input = wired(start) ?? inputs[0]
    if (!input) continue
    passing.set(start, { input, output, source: source && { node: source.node, port: source.port } })
    through.set(start, way)
  }
  return { passing, through, mute }
}
