import type { DataSummary } from '../data/prepared'
import type { Diagnostic, Fix, Place } from '../document/diagnostic'
import type { GraphNode, Model } from '../document/schema'
import type { AnyNodeDefinition, PortShape, PortSpec } from '../nodes/defineNode'
import type { SettingsSpec, SettingValues } from '../nodes/settings'

/** One end of a wire. */
export interface End {
  node: string
  port: string
}

/** A node whose type is known, with its settings read and its ports settled; told from the node alone. */
export interface NodeFacts {
  id: string
  /** As the user sees it. */
  title: string
  node: GraphNode
  definition: AnyNodeDefinition
  settings: SettingValues<SettingsSpec>
  inputs: readonly PortSpec[]
  outputs: readonly PortSpec[]
}

/** A node and its wires. */
export interface ReadNode extends NodeFacts {
  /** Input port → where its wire comes from; only wires whose both ends exist. */
  sources: ReadonlyMap<string, End & { wire: string }>
  /** Output port → where its wires go, in the order of wire ids. */
  consumers: ReadonlyMap<string, readonly End[]>
  /** Is the node part of what is trained: does some wire lead on from it to an output? */
  used: boolean
}

/** The graph after validation: every node of a known type, so that every wire leads forwards. */
export interface ReadGraph {
  model: Model
  /** In an order that does not depend on the order of keys in the file. */
  nodes: ReadonlyMap<string, ReadNode>
  data: DataSummary | null
}

/** A node whose shapes are settled. */
export interface ShapedNode extends ReadNode {
  /** Shapes on the input ports that are known and fit. */
  inputShapes: Readonly<Record<string, PortShape>>
  /** null: not known, because of a problem here or before. */
  outputShapes: Readonly<Record<string, PortShape>> | null
}

export interface ShapedGraph {
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  data: DataSummary
}

/** What every pass over the user's graph hands on: as much as could be made of it, and what is wrong. */
export interface Pass<T> {
  value: T
  problems: Diagnostic[]
}

export function hasError(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

/** A diagnostic; `fix` null or absent: nothing to offer. */
export function diagnose(
  severity: Diagnostic['severity'],
  code: string,
  place: Place,
  message: string,
  fix: Fix | null = null,
): Diagnostic {
  return { code, severity, message, place, ...(fix ? { fix } : {}) }
}

/** A mistake in a node that no output needs does not stand in the way of training. */
export function severityOf(node: Pick<ReadNode, 'used'>): Diagnostic['severity'] {
  return node.used ? 'error' : 'warning'
}
