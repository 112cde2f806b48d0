import type { DataSummary } from '../data/prepared'
import type { Diagnostic, Fix, Place } from '../document/diagnostic'
import type { GraphNode, Model } from '../document/schema'
import type { AnyNodeDefinition, LentWeight, PortShape, PortSpec } from '../nodes/defineNode'
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
  /** The frame that holds it; null: none. */
  parent: string | null
}

/** A node and its wires. */
export interface ReadNode extends NodeFacts {
  /** Input port → where its wire comes from; only wires whose both ends exist. Of a frame `leave` too. */
  sources: ReadonlyMap<string, End & { wire: string }>
  /** Output port → where its wires go, in the order of wire ids. Of a frame `enter` too. */
  consumers: ReadonlyMap<string, readonly End[]>
  /** Output ports that are read by what is trained; of a node that is not trained itself, by anything. */
  read: ReadonlySet<string>
  /** Is the node part of what is trained: does some wire lead on from it to an output? */
  used: boolean
}

/** The graph after validation: every node of a known type, so that every wire leads forwards. */
export interface ReadGraph {
  /** With the nodes that are bypassed, which are not among `nodes`. */
  model: Model
  /** In an order that does not depend on the order of keys in the file; what a frame holds comes right behind it. */
  nodes: ReadonlyMap<string, ReadNode>
  /** What each frame holds, and under null what lies in none, in the order of `nodes`. */
  levels: ReadonlyMap<string | null, readonly ReadNode[]>
  /** What wires through walls were meant for: told of once, as such a wire. */
  walls: Walls
  /** False: frames are too many or too deep to be laid out. */
  fits: boolean
  data: DataSummary | null
}

/** The ends of wires that would lead through a frame's wall. */
export interface Walls {
  /** Inputs that such a wire leads to, as `inputKey` says. */
  inputs: ReadonlySet<string>
  /** Frames whose walls are meant. */
  frames: ReadonlySet<string>
}

export function inputKey(node: string, port: string): string {
  return JSON.stringify([node, port])
}

/** A node whose shapes are settled. */
export interface ShapedNode extends ReadNode {
  /** Shapes on the input ports that are known and fit. */
  inputShapes: Readonly<Record<string, PortShape>>
  /** null: not known, because of a problem here or before. */
  outputShapes: Readonly<Record<string, PortShape>> | null
  /** Weights that nodes before it lend. */
  lent: readonly LentWeight[]
  /** Of a frame: its content as each copy carries it, as far as that is known. Copies that carry the same are the same object. */
  copies: readonly ShapedContent[]
}

/** What a frame holds, with the shapes that one copy carries. */
export interface ShapedContent {
  /** Those that lie in no further frame, in order. */
  nodes: ReadonlyMap<string, ShapedNode>
  enter: PortShape
  /** null: not known, because of a problem inside. */
  leave: PortShape | null
}

export interface ShapedGraph {
  model: Model
  /** Those that lie in no frame, in order; the others hang in the `copies` of their frames. */
  nodes: ReadonlyMap<string, ShapedNode>
  data: DataSummary
}

/** What every pass over the user's graph hands on: as much as could be made of it, and what is wrong. */
export interface Pass<T> {
  value: T
  problems: Diagnostic[]
}

/** How a sentence names an end of a wire: the node, or a way in or out of a frame. */
export function endTitle({ title, definition }: NodeFacts, port: string): string {
  if (definition.frame?.enter.name === port) return `the way in of ${title}`
  return definition.frame?.leave.name === port ? `the way out of ${title}` : title
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
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
