import { z } from 'zod'
import { nameSchema } from './ids'

const fractionSchema = z.number().min(0).max(1)

/** Where bytes come from: shipped with the app, or a file in the document's own folder or below it (never outside). */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('sample'),
    /** File name in samples/data. */
    name: z
      .string()
      .max(120)
      .regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/),
  }),
  z.looseObject({
    kind: z.literal('file'),
    /** Relative to the document, with forward slashes. Whether it leads outside is checked where files are read. */
    path: z.string().min(1).max(1000),
  }),
])

/** Parts in the order training, validation, test; the test part is what is left. */
export const splitSchema = z
  .looseObject({ training: fractionSchema, validation: fractionSchema })
  .refine((split) => split.training + split.validation <= 1, 'gives training and validation more than the whole')

export const tableFormatSchema = z.looseObject({
  /** Absent: detected. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  decimal: z.enum(['.', ',']).optional(),
  header: z.boolean().optional(),
})

/** What the data set is called on its card; made from the file name when absent. */
const titleSchema = nameSchema.optional()

/** Numbers over time: from `window` past rows say the target columns `horizon` rows ahead. */
export const forecastDataSchema = z.looseObject({
  kind: z.literal('forecast'),
  title: titleSchema,
  source: sourceSchema,
  format: tableFormatSchema.optional(),
  /** Columns the model sees (names as in the header). */
  inputs: z.array(z.string().max(200)).max(500),
  /** Columns to foretell. */
  targets: z.array(z.string().max(200)).max(100),
  /** Unit of the targets, shown after errors: "°C". */
  unit: z.string().max(20).optional(),
  /** Word for one row: "day", "hour", "row". */
  stepWord: z.string().max(40),
  /** Time steps the model sees. */
  window: z.number().int().min(1).max(10_000),
  /** Rows from the last seen one to the foretold one; 1 is the next row. */
  horizon: z.number().int().min(1).max(10_000),
  /** Rows between two examples. */
  stride: z.number().int().min(1).max(10_000),
  /** What an empty cell becomes. */
  missing: z.enum(['previous', 'skip']),
  /** Fitted on the training part only. */
  scaling: z.enum(['standard', 'range', 'none']),
  split: splitSchema,
})

/** Running text: say the next letter or word at every time step. */
export const nextSymbolDataSchema = z.looseObject({
  kind: z.literal('nextSymbol'),
  title: titleSchema,
  source: sourceSchema,
  unit: z.enum(['letter', 'word']),
  /** Symbols the model sees at once. */
  window: z.number().int().min(1).max(10_000),
  /** A symbol rarer than this in the training part becomes "unknown". */
  minimumCount: z.number().int().min(1).max(1_000_000),
  split: splitSchema,
})

/** One label for each text of a table. Rows are shuffled (seeded) before the split. */
export const classifyDataSchema = z.looseObject({
  kind: z.literal('classify'),
  title: titleSchema,
  source: sourceSchema,
  format: tableFormatSchema.optional(),
  text: z.string().max(200),
  label: z.string().max(200),
  unit: z.enum(['letter', 'word']),
  /** Longer texts are cut to this many symbols. */
  maximumLength: z.number().int().min(1).max(10_000),
  minimumCount: z.number().int().min(1).max(1_000_000),
  split: splitSchema,
})

/** One tag for each word of a text: two columns of a table, words and tags parted by spaces. Rows are shuffled (seeded) before the split. */
export const tagDataSchema = z.looseObject({
  kind: z.literal('tag'),
  title: titleSchema,
  source: sourceSchema,
  format: tableFormatSchema.optional(),
  /** Column of the words, and column of their tags. */
  tokens: z.string().max(200),
  tags: z.string().max(200),
  /** Whether “Apple” and “apple” are two words. */
  capitals: z.enum(['keep', 'ignore']),
  /** Longer texts are cut to this many words. */
  maximumLength: z.number().int().min(1).max(10_000),
  /** A word rarer than this in the training part becomes "unknown". */
  minimumCount: z.number().int().min(1).max(1_000_000),
  split: splitSchema,
})

/**
 * One sequence for another: two columns of a table, each cut into letters or into words parted by spaces, each with a vocabulary of its
 * own. Rows are shuffled (seeded) before the split; rows with the same source stay in one part.
 */
export const pairsDataSchema = z.looseObject({
  kind: z.literal('pairs'),
  title: titleSchema,
  source: sourceSchema,
  format: tableFormatSchema.optional(),
  /** Column of what is read, and column of what is to be said. */
  from: z.string().max(200),
  fromUnit: z.enum(['letter', 'word']),
  to: z.string().max(200),
  toUnit: z.enum(['letter', 'word']),
  /** Rows with more symbols are left out: half an answer would be a wrong one. */
  maximumFrom: z.number().int().min(1).max(5000),
  maximumTo: z.number().int().min(1).max(5000),
  /** A symbol rarer than this in the training part becomes "unknown". */
  minimumCount: z.number().int().min(1).max(1_000_000),
  split: splitSchema,
})

/**
 * Made, not read: problems whose answer is known. `adding`: Hochreiter & Schmidhuber 1997, experiment 4, fixed length. `recall`: a
 * letter shown first must be told at the end, see data/delayedRecall.ts.
 */
export const generatorDataSchema = z.looseObject({
  kind: z.literal('generator'),
  title: titleSchema,
  generator: z.enum(['adding', 'recall']),
  /** Time steps of one example. */
  length: z.number().int().min(2).max(10_000),
  /** Examples in all parts together. */
  examples: z.number().int().min(10).max(1_000_000),
  /** Of `recall`: different letters that may have to be remembered; absent: 8. */
  choices: z.number().int().min(2).max(26).optional(),
  split: splitSchema,
})

export const dataSchema = z.discriminatedUnion('kind', [
  forecastDataSchema,
  nextSymbolDataSchema,
  classifyDataSchema,
  tagDataSchema,
  pairsDataSchema,
  generatorDataSchema,
])

export type DataDefinition = z.infer<typeof dataSchema>
export type ForecastData = z.infer<typeof forecastDataSchema>
export type NextSymbolData = z.infer<typeof nextSymbolDataSchema>
export type ClassifyData = z.infer<typeof classifyDataSchema>
export type TagData = z.infer<typeof tagDataSchema>
export type PairsData = z.infer<typeof pairsDataSchema>
export type GeneratorData = z.infer<typeof generatorDataSchema>
export type DataSource = z.infer<typeof sourceSchema>
