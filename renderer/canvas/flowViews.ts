import type { Node } from '@xyflow/react'
import type { ModelAnalysis } from '../../engine/compile/analyse'
import type { DataSummary } from '../../engine/data/prepared'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Model } from '../../engine/document/schema'
import type { PortKind } from '../../engine/nodes/defineNode'
import type { CategoryKey } from '../nodes/categories'
import type { End, Side } from './acts/ends'
import type { Layout } from './places'

/** A socket as it is drawn. */
export type SocketView = {
  name: string
  label: string
  side: Side
  /** Kinds it can carry; none on a placeholder. */
  kinds: readonly PortKind[]
  /** What it carries now; null while nobody knows. */
  carries: PortKind | null
  connected: boolean
  /** "32 examples × 24 days × 5 measurements"; null while nobody knows. */
  sentence: string | null
  /** On the card of a closed group: the end inside that it stands for. */
  end?: End
}

/** Weights, and floating point operations for one example; both 0 while nobody knows. */
export interface Cost {
  weights: number
  sums: number
}

/** A card as it is drawn; plain data, so that an unchanged card is not drawn again. */
export type CardData = {
  title: string
  letter: string
  category: CategoryKey
  /** One line of its settings: "128 memory cells". */
  line: string
  /** What it costs in all its copies. */
  cost: Cost
  problem: { severity: 'error' | 'warning'; message: string } | null
  inputs: SocketView[]
  outputs: SocketView[]
  isHead: boolean
  /** Training changes weights inside. */
  learns: boolean
  /** Nothing but its name is shown. */
  collapsed: boolean
  /** It computes nothing: it is bypassed, or a frame around it is. */
  bypassed: boolean
  /** Of a frame: its ways in and out as they are seen from inside; null for any other node. */
  ways: { enter: SocketView; leave: SocketView } | null
}
export type CardNode = Node<CardData, 'card' | 'frame' | 'reroute'>

/** A wire as it is drawn. Where it lies follows from the cards: see wirePlaces.ts. */
export interface WireView {
  id: string
  from: End
  to: End
  selected: boolean
  /** For those who do not see it: "Wire from LSTM to Dense: 32 examples × 128 numbers". */
  label: string
  kind: PortKind | null
  sentence: string | null
  problem: string | null
}

export interface FlowInput {
  model: Model
  analysis: ModelAnalysis
  summary: DataSummary | null
  /** What is wrong with the data; shown on the node that stands for them. */
  dataProblems: readonly Diagnostic[]
  batchSize: number
  positions: Layout
  sizes: ReadonlyMap<string, { width: number; height: number }>
  selectedNodes: ReadonlySet<string>
  selectedWires: ReadonlySet<string>
}
