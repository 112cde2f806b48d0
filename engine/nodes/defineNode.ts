import type { DataSummary } from '../data/prepared'
import type { Edit } from '../document/edits'
import type { Builder } from '../ir/builder'
import type { Head, Initializer, Probe, ValueId } from '../ir/program'
import type { Picture } from './picture'
import type { SettingsSpec, SettingValues } from './settings'

/** What a wire carries, batch-first to the user: tokens (B, T), sequence (B, T, F), vector (B, F). */
export type PortShape =
  | { kind: 'tokens'; vocabulary: number; unit: 'letter' | 'word' }
  | { kind: 'sequence'; features: number; word?: FeatureWord }
  | { kind: 'vector'; features: number; word?: FeatureWord }

/** What the features are called when a wire says its shape; "numbers" when absent. */
export type FeatureWord = 'measurement'

export type PortKind = PortShape['kind']

export interface PortSpec {
  /** Stable key in files: "in", "out". */
  name: string
  /** What the user reads: "sequence in". */
  label: string
  /** Kinds that fit; an output has exactly one unless its shape follows the input's. */
  kinds: readonly PortKind[]
  /** Inputs only; default true. */
  required?: boolean
  /** Inputs only: how many features it takes, and what they are: "a score per class". Absent: any number. */
  features?: { count: number; meaning: string }
}

/**
 * What a node can do between two that do not fit, for one-click adapters. The node has one input `in` and one output `out`.
 */
export interface Adaptation {
  from: PortKind
  to: PortKind
  /** Offered in this order, lower first. */
  rank: number
  /** The offer in words, a verb first: "keep the last step". */
  label: string
  /** True when the node brings its output to the width that the next node wants. */
  resizes?: boolean
  /** True when all time steps but one are dropped: right after a memory, poor after anything else. */
  keepsOneStep?: boolean
  /** True when every step is shown what the whole sequence holds: never where the next symbol is to be foretold. */
  showsWhole?: boolean
}

export type Category = 'data' | 'remember' | 'attend' | 'represent' | 'shape' | 'output'

/** Code of the problem that nothing says how large an automatic size is to be. */
export const AUTOMATIC_UNSETTLED = 'setting.automatic'

export interface NodeProblem {
  code: string
  message: string
  setting?: string
  port?: string
  fix?: { label: string; edits: Edit[] }
}

/** What the shape rule sees. Inputs are present and of a fitting kind: the shapes pass has checked ports already. */
export interface ShapeContext<S extends SettingsSpec> {
  /** The node's id, so that a fix can name it; `model` likewise. */
  node: string
  model: string
  /** As the user sees it. */
  title: string
  settings: SettingValues<S>
  inputs: Readonly<Record<string, PortShape>>
  data: DataSummary
  /** Features that the consumers of an output want (see `wants`), for settings left on automatic; null: nobody says. */
  wanted: Readonly<Record<string, number | null>>
  problem(problem: NodeProblem): void
  /** Weights that nodes before this one lend, the nearest last; empty inside frames. */
  lent: readonly LentWeight[]
  /** Frames only. */
  content: ContentShapes
}

/** A weight with a row for each symbol, which another node may use too; its gradient is that of both uses together. */
export interface LentWeight {
  node: string
  /** Of the node, as the user sees it. */
  title: string
  /** PyTorch's name. */
  name: string
  /** [V, E] */
  dims: readonly [number, number]
}

/** What a frame's rules ask of the nodes that it holds. */
export interface ContentShapes {
  /**
   * Shape on the inner port `leave` when `shape` comes in and whoever reads what leaves wants `wanted` features. null: not known, and
   * why was said already.
   * @param copy index into the frame's `copies`
   */
  shape(copy: number, shape: PortShape, wanted: number | null): PortShape | null
  /** Features that the content wants to come in, given what is wanted of what leaves. */
  wants(wanted: number | null): number | null
}

/** What lowering sees: everything is checked, a failure here is an InternalError. */
export interface LoweringContext<S extends SettingsSpec> {
  builder: Builder
  settings: SettingValues<S>
  /** Values on the input ports; those that are not required may be missing. */
  inputs: Readonly<Record<string, ValueId>>
  /** Does a wire lead on from this output port? What nothing reads need not be made. */
  isRead(port: string): boolean
  shapes: { inputs: Readonly<Record<string, PortShape>>; outputs: Readonly<Record<string, PortShape>> }
  data: DataSummary
  mode: 'train' | 'predict'
  /** i32 [B], the valid time steps of each row. */
  lengths: ValueId
  /** Feed values, typed by the data; asking for one adds it to the program. */
  feed: {
    input(): ValueId
    target(): ValueId
    /** Of data with sequences as targets only. */
    targetInput(): ValueId
    targetLengths(): ValueId
    lossScale(): ValueId
    randomSeed(): ValueId
    /** f32 [1], the share of the training's steps that are done; of train programs only. */
    progress(): ValueId
  }
  /** Adds a weight; `name` and `dims` are PyTorch's. */
  parameter(name: string, dims: readonly number[], initializer: Initializer): ValueId
  /** Weights that nodes before this one lend, as the shape rule saw them. */
  lent: readonly LentWeight[]
  /** The value of a weight that another node lends. */
  borrow(weight: LentWeight): ValueId
  probe(kind: Probe['kind'], labels: readonly string[], value: ValueId): void
  head(head: Omit<Head, 'node'>): void
  /**
   * Frames only: emits one copy of the content and returns what leaves it.
   * @param copy index into the frame's `copies`; each is emitted once
   */
  content(copy: number, value: ValueId): ValueId
}

/** One time that a frame's content is laid out in the program. */
export interface FrameCopy {
  /** Which one it is, behind the title of a node inside: "backward", "layer 2". */
  label: string
  /** Reads from the end to the beginning: its weights are called as PyTorch's, with `_reverse` behind their names. */
  reverse?: boolean
  /**
   * Its place among layers, from 0: its weights are called `weight_ih_l1` and, where PyTorch's name has no layer, `weight.1`. Absent: it
   * shares its weights with the copies before it that are called alike.
   */
  layer?: number
}

/**
 * What makes a node type a frame. Its content are the nodes whose `parent` is the frame; they are wired among each other and to the
 * frame's inner ports, which appear only inside: a wire from {node: frame, port: enter.name} brings what came in, one to
 * {node: frame, port: leave.name} is what goes out. Frames nest.
 */
export interface Frame<S extends SettingsSpec> {
  enter: PortSpec
  leave: PortSpec
  /** How often the content is laid out, and what the copies are called. At least one. */
  copies(settings: SettingValues<S>): readonly FrameCopy[]
  /** The setting that says how many copies there are, to be offered where they are too many. */
  countSetting?: Extract<keyof S, string>
  /** True when what leaves at a time step depends on later ones whatever the content. */
  looksAhead?: boolean
}

/**
 * A node type: everything that palette, card, form, help, shape check, compiler, command line and file format need. Adding a type
 * is adding one folder and one line in index.ts; shared code never asks which type a node is.
 */
export interface NodeDefinition<S extends SettingsSpec = SettingsSpec> {
  /** Key in files; never changes. */
  type: string
  title: string
  /** On the card's icon and for those who do not see its colour: one or two characters. */
  letter: string
  category: Category
  /** One sentence under the title: "Keeps a memory that gates write, keep and read." */
  summary: string
  help: { what: string; why: string; when: string }
  /** Drawn beside the help; absent: one that its category stands for. */
  picture?: Picture
  synonyms: readonly string[]
  settings: S
  /** Ports may follow from settings and data; `data` is null while none is read. */
  ports(
    settings: SettingValues<S>,
    data: DataSummary | null,
  ): { inputs: readonly PortSpec[]; outputs: readonly PortSpec[] }
  /** The card's one line: "128 memory cells". */
  describe(settings: SettingValues<S>, data: DataSummary | null): string
  /**
   * Features this node wants on an input port, given what is wanted of its outputs. Ports with `features` want those by themselves.
   */
  wants?(
    settings: SettingValues<S>,
    data: DataSummary,
    wanted: Readonly<Record<string, number | null>>,
    content: Pick<ContentShapes, 'wants'>,
  ): Readonly<Record<string, number | null>>
  /** Shape of each output port; null after a problem was reported. */
  shapes(context: ShapeContext<S>): Readonly<Record<string, PortShape>> | null
  /** Value on each output port; ports that nothing reads may be left out. */
  lower(context: LoweringContext<S>): Readonly<Record<string, ValueId>>
  /** At most one may be in a model (data set), at least one must be (an output); default 'any'. */
  count?: 'exactlyOne' | 'any'
  /** True for nodes whose result training compares with the target. */
  isHead?: boolean
  /** Heads only: the kind of target they are measured on; a document's data have exactly one. */
  target?: Head['target']
  /** The weight with a row for each symbol that nodes behind it may use too. */
  lends?(settings: SettingValues<S>, inputs: Readonly<Record<string, PortShape>>): Pick<LentWeight, 'name' | 'dims'>
  /** How it can mend a wire that does not fit. */
  adapts?: readonly Adaptation[]
  /** True for pieces of wire: what comes in goes on as it is, and the compiler never sees the node (engine/compile/bypass.ts). */
  passes?: boolean
  /** Of frames: types whose nodes hold others. */
  frame?: Frame<S>
}

/** A definition whose settings type is forgotten: what the index holds. Settings are validated before any call. */
export type AnyNodeDefinition = NodeDefinition<SettingsSpec>

/** Keeps the settings' own types, so that `settings.hidden` is a number inside the definition. */
export function defineNode<const S extends SettingsSpec>(definition: NodeDefinition<S>): NodeDefinition<S> {
  return definition
}
