import type { Diagnostic } from '../document/diagnostic'

export const SPLITS = ['training', 'validation', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** What a model reads at each time step. */
export type InputSummary =
  | { kind: 'numbers'; features: string[] }
  | { kind: 'tokens'; vocabulary: number; unit: 'letter' | 'word' }

/**
 * What a model must say. `symbol`: one of the vocabulary at every time step; `tag`: a tag for every time step; `sequence`: symbols of a
 * vocabulary of their own, as many as it takes, until the end symbol.
 */
export type TargetSummary =
  | { kind: 'numbers'; names: string[] }
  | { kind: 'class'; classes: string[] }
  | { kind: 'symbol'; vocabulary: number; unit: 'letter' | 'word' }
  | { kind: 'tag'; tags: string[] }
  | { kind: 'sequence'; vocabulary: number; unit: 'letter' | 'word' }

/** A column of the table that the data come from, so that the user can choose among them. */
export interface ColumnSummary {
  name: string
  kind: 'number' | 'text' | 'date'
}

/** The first training example as a person would read it, in the user's units; long ones are cut. */
export type DataPreview =
  | {
      kind: 'numbers'
      /** One line for each measurement, oldest first. */
      series: { name: string; values: number[] }[]
      answers: { name: string; value: number }[]
    }
  | {
      kind: 'symbols'
      symbols: string[]
      /** What stands between two symbols: nothing for letters, a space for words. */
      separator: '' | ' '
      /** The label, or the symbol that comes next. */
      answer: string
    }
  /** Tag `tags[n]` belongs to word `words[n]`. */
  | { kind: 'tagged'; words: string[]; tags: string[] }
  /** What is read, and what is to be said, as in the table. */
  | { kind: 'pair'; from: string; to: string }

/** Everything that the compiler, the canvas and the inspector know of the data; small, plain, structured-cloneable. */
export interface DataSummary {
  /** "Moby Dick", "Seattle weather". */
  title: string
  /** Size in words: "231 000 letters", "1 461 days × 4 measurements". */
  sentence: string
  input: InputSummary
  target: TargetSummary
  /** Longest example, in time steps; of `sequence` the longer of what is read and of the answer with its end symbol. */
  maximumSteps: number
  /** True when examples differ in length. */
  variableLength: boolean
  /** One time step in words: "day", "letter", "step". */
  stepWord: string
  examples: Record<Split, number>
  /** Changes when any byte of the prepared data changes. */
  fingerprint: string
  /** How often each class or tag is the target in the training part; absent for other targets. */
  targetCounts?: number[]
  /** All columns of the table; absent when the data are no table. */
  columns?: ColumnSummary[]
  preview?: DataPreview
}

/** A forecast without learning, which a model must beat; on the same split and in the same unit as the model's loss. */
export interface Baseline {
  /** "same as today", "guessing by frequency". */
  name: string
  /** Mean loss (squared error on scaled targets, or cross-entropy in nats; in a run the one of its heads). */
  loss: Record<Split, number>
  /** Of numbers: the mean loss that a head with another loss has; runtime/measuredBaselines.ts chooses. */
  otherLosses?: Record<'meanAbsoluteError' | 'huber', Record<Split, number>>
  /** The task's headline metric, in the user's unit; see Metric. */
  metric: Record<Split, number>
}

/** The headline number of a task: mean absolute error in the target's unit, or accuracy in [0, 1]. */
export interface Metric {
  kind: 'absoluteError' | 'accuracy'
  /** "mean error", "right letters". */
  label: string
  /** Unit shown after the number: "°C", "%" … or empty. */
  unit: string
}

/**
 * Examples of one split, ready to be cut into batches. Row-major, example after example.
 * Exactly one of `numbers` and `tokens` is set for the input, exactly one of `targetNumbers` and `targetTokens` for the target.
 */
export interface ExampleSet {
  count: number
  /** [count, maximumSteps, F] scaled; or null. Padded with 0 past the length. */
  numbers: Float32Array | null
  /** [count, maximumSteps] or null. Padded with 0 past the length. */
  tokens: Int32Array | null
  /** [count]; valid time steps of each example, 1 … maximumSteps. */
  lengths: Int32Array
  /** [count, O] scaled; or null. */
  targetNumbers: Float32Array | null
  /** [count] for `class`, [count, maximumSteps] for `symbol`, `tag` and `sequence` (-1: ignored); or null. */
  targetTokens: Int32Array | null
  /** Of `sequence` only: [count]; symbols of each answer with its end symbol, 1 … maximumSteps. */
  targetLengths?: Int32Array
}

/** value = scaled * scale + offset, one entry per column; fitted on the training part. */
export interface Scaling {
  offset: number[]
  scale: number[]
}

/** The whole data set in the form that training needs. */
export interface PreparedData {
  summary: DataSummary
  splits: Record<Split, ExampleSet>
  baselines: Baseline[]
  metric: Metric
  inputScaling: Scaling | null
  targetScaling: Scaling | null
  /** Symbol for each token id; null for numbers. */
  vocabulary: string[] | null
  /** Of `sequence` only: symbol for each target token. START_TOKEN and END_TOKEN of sequences.ts come first. */
  targetVocabulary?: string[]
  warnings: Diagnostic[]
}
