import type { TargetCounting } from '../base/targetCounting'

/**
 * The program: a straight list of instructions over numbered values (static single assignment). Made by lowering a shaped
 * graph, extended by the gradient pass, turned into a plan by the memory planner. Plain data: survives `structuredClone`.
 */

/** Position of a value in `Program.values`. */
export type ValueId = number

/** Symbolic sizes, bound to numbers for every batch: B rows of one shard, T time steps. */
export type Dim = number | 'B' | 'T'

/** i32 is for tokens, lengths, class indices and seeds; it carries no gradient. */
export interface ValueType {
  dtype: 'f32' | 'i32'
  /** Outermost first, row-major, time-major: sequences are [T, B, F], tokens [T, B], lengths [B]. A scalar is [1]. */
  dims: readonly Dim[]
}

export interface Value {
  type: ValueType
  /** For printing and errors: "lstm.gates". */
  name: string
}

/** Plain settings of one instruction; a fragment is the body of a `scan`. */
export type Attributes = Readonly<Record<string, number | string | boolean | Fragment>>

/** One instruction of a fragment; node and phase are those of the instruction that runs the fragment. */
export type FragmentInstruction = Pick<Instruction, 'op' | 'inputs' | 'outputs' | 'attributes'>

/**
 * A program that runs once for every time step: the body of a `scan`. Its values are numbered by themselves. Rows must not mix: what a
 * row becomes depends on no other row, so that rows whose sequence is over can be left alone.
 */
export interface Fragment {
  /** Types as in a program, without the time axis where a value belongs to one step: [B, F]. */
  values: readonly Value[]
  instructions: readonly FragmentInstruction[]
  /** Carried from step to step: what the step reads, and what it hands on; null: the next step reads 0. */
  states: readonly { value: ValueId; next: ValueId | null }[]
  /** One step of a sequence each; `masked`: rows whose sequence is over read 0. */
  sequences: readonly { value: ValueId; masked: boolean }[]
  /** The same in every step: weights, and sequences seen as a whole. */
  constants: readonly ValueId[]
  /** i32 [1]: the number of the time step; null when the body does not ask. */
  step: ValueId | null
  /** Given step by step, as sequences; 0 where a row's sequence is over. */
  outputs: readonly ValueId[]
  /** Added up over all steps. */
  sums: readonly ValueId[]
  /** From the last step to the first. */
  reverse: boolean
}

export type Phase = 'forward' | 'probe' | 'backward'

export interface Instruction {
  op: string
  /** null: an optional input that is absent. */
  inputs: readonly (ValueId | null)[]
  outputs: readonly ValueId[]
  attributes: Attributes
  /** Node id that it was lowered from (for messages, timing, divergence), null for what the compiler adds. */
  node: string | null
  /** Probe instructions run only on steps whose telemetry is wanted and never change a number of training. */
  phase: Phase
}

/** What the batcher writes before a step; one copy for each shard. */
export const FEEDS = [
  'input',
  'lengths',
  'target',
  'targetInput',
  'targetLengths',
  'lossScale',
  'randomSeed',
  'progress',
] as const
/**
 * `input` f32 [T, B, F] or i32 [T, B]; `lengths` i32 [B]; `target` f32 [B, O], i32 [B] or i32 [T, B] (-1: ignored);
 * `targetInput` i32 [T, B] and `targetLengths` i32 [B] of sequences: the answer one step later behind the start symbol, and how many
 * symbols it has with its end symbol (T covers both what is read and what is said);
 * `lossScale` f32 [number of heads]: for each head its weight / what its targets count in the whole batch, not the shard (see
 * TargetCounting); `randomSeed` i32 [2]; `progress` f32 [1]: the share of the run's steps that are done.
 */
export type FeedName = (typeof FEEDS)[number]

/** How a weight starts. Glorot & Bengio 2010; Saxe 2014 for orthogonal (per gate block); `forgetBias` fills one gate. */
export type Initializer =
  | { kind: 'zeros' }
  | { kind: 'constant'; value: number }
  | { kind: 'uniform'; limit: number }
  /** `blankRow`: that row is 0. */
  | { kind: 'normal'; deviation: number; blankRow?: number }
  | { kind: 'glorotUniform' }
  /** One orthogonal block for each `blocks`th part of the rows. */
  | { kind: 'orthogonal'; blocks: number }
  /** ν of eigenvalues λ with |λ| = exp(−exp(ν)) uniform over the area of the ring between two radii (Orvieto 2023, lemma 3.2). */
  | { kind: 'ringDecay'; minimum: number; maximum: number }
  /** θ of their phases exp(θ), uniform between 0 and `maximum`. */
  | { kind: 'ringPhase'; maximum: number }
  /** zeros, but `value` in gate block `block` of `blocks`. */
  | { kind: 'gateBias'; blocks: number; block: number; value: number }

export interface Parameter {
  value: ValueId
  node: string
  /** PyTorch's name in PyTorch's layout: weight_ih_l0 [4H, I] … */
  name: string
  dims: readonly number[]
  initializer: Initializer
  /** Training leaves it as it is: it has no gradient. Frozen ones come after all others. */
  frozen?: true
}

/** Where the model says something: the prediction, its loss, and what kind of target it is measured on. */
export interface Head {
  node: string
  target: 'numbers' | 'class' | 'symbol' | 'tag' | 'sequence'
  /**
   * f32 [B, O], or with quantiles [B, O·Q], those of the first number first; logits [B, C], or [B, 1], the logit of the second of two
   * classes; or logits [T, B, V] of symbols or tags. Of `sequence` in a predict program: with own answers read back.
   */
  prediction: ValueId
  /** f32 [1]: sum over the shard's targets × what they count × lossScale; the batch's mean loss is the sum over shards. */
  loss: ValueId
  counting: TargetCounting
  /** Of numbers: which quantiles are said instead of one number each, rising, the middle one 0.5. */
  quantiles?: readonly number[]
}

/** A value that telemetry reads after the step; the planner keeps it alive until the end. */
export interface Probe {
  node: string
  /** Which copy of a node that a frame lays out more than once: "backward", "layer 2". */
  copy?: string
  kind: 'gates' | 'attention'
  /** Of gates their names, in the order of the value's rows; of attention none. */
  labels: readonly string[]
  /**
   * Of gates f32 [G, 4]: number of activations, their sum, how many are below 0.1, how many above 0.9. Of attention f32 [S, S]: how the
   * steps of one example look at each other (see the op attentionSample).
   */
  value: ValueId
}

/** A layer's state: whoever runs the program writes what it ended as, in the batch before, to where it begins. No gradient goes that way. */
export interface CarriedState {
  node: string
  /** f32 [B, F], given; 0 where a stream of batches begins. */
  start: ValueId
  /** f32 [B, F], made by an instruction. */
  end: ValueId
}

export interface Program {
  values: Value[]
  feeds: Partial<Record<FeedName, ValueId>>
  parameters: Parameter[]
  instructions: Instruction[]
  heads: Head[]
  /** f32 [1]: the sum of all heads' losses. */
  loss: ValueId
  probes: Probe[]
  /** Parameter value → its gradient; empty in a program that only predicts. */
  gradients: { parameter: ValueId; gradient: ValueId }[]
  /** States that go on from batch to batch; absent: every batch begins anew. */
  carried?: CarriedState[]
}
