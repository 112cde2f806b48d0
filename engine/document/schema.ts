import { z } from 'zod'

/**
 * The document: everything a person makes. Parsed from an untrusted file, so every size is bounded here and unknown fields
 * are kept (`looseObject`) so that a newer file survives a round trip. Layout is kept apart from meaning.
 */

// The window forbids `eval`; without this zod would try it once and leave a security warning behind.
z.config({ jitless: true })

export const FORMAT = 'unroll'
export const VERSION = 1
/** Bytes; a larger file is refused before it is parsed. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
/** Nodes, and wires, of one model. */
export const MAX_NODES = 2000
export const MAX_WIRES = 20_000

/** Names that every JavaScript object answers to: as an id, `objects[id]` would find something that nobody put there. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))
export const isReserved = (name: string): boolean => RESERVED.has(name)
const notReserved = (name: string) => !isReserved(name)
const RESERVED_MESSAGE = 'is a reserved word'

/** Stable id of a node, wire or model: letters, digits, `-` and `_`, at most 64. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .refine(notReserved, RESERVED_MESSAGE)
const keySchema = z.string().min(1).max(64).refine(notReserved, RESERVED_MESSAGE)
export const nameSchema = z.string().max(200)
const fractionSchema = z.number().min(0).max(1)

export const nodeSchema = z.looseObject({
  /** A key of engine/nodes/index; an unknown one shows as a placeholder. */
  type: keySchema,
  /** The user's own name; the definition's title stands in when absent. */
  name: nameSchema.optional(),
  settings: z.record(z.string().max(64), z.unknown()),
  /** The frame that holds this node. */
  parent: idSchema.optional(),
  /** True: training leaves the weights of this node, and of what it holds, as they are. */
  frozen: z.boolean().optional(),
  /** True: left out of the computation, what comes in goes on to where its output leads. */
  bypassed: z.boolean().optional(),
})

const endSchema = z.looseObject({ node: idSchema, port: keySchema })
export const wireSchema = z.looseObject({ from: endSchema, to: endSchema })

export const modelSchema = z.looseObject({
  id: idSchema,
  name: nameSchema,
  nodes: z
    .record(idSchema, nodeSchema)
    .refine((nodes) => Object.keys(nodes).length <= MAX_NODES, `holds more than ${MAX_NODES} nodes`),
  wires: z
    .record(idSchema, wireSchema)
    .refine((wires) => Object.keys(wires).length <= MAX_WIRES, `holds more than ${MAX_WIRES} wires`),
})

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

/** Made, not read: problems whose answer is known. `adding`: Hochreiter & Schmidhuber 1997, experiment 4, fixed length. */
export const generatorDataSchema = z.looseObject({
  kind: z.literal('generator'),
  title: titleSchema,
  generator: z.enum(['adding']),
  /** Time steps of one example. */
  length: z.number().int().min(2).max(10_000),
  /** Examples in all parts together. */
  examples: z.number().int().min(10).max(1_000_000),
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

const decaySchema = z.number().gt(0).max(1)

/** How the learning rate changes while a run goes on; runtime/schedule.ts says by how much. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('constant') }),
  /** Multiplied by `factor` after every so many epochs. */
  z.looseObject({ kind: z.literal('step'), everyEpochs: z.number().int().min(1).max(100_000), factor: decaySchema }),
  /** Multiplied by `factor` after every epoch. */
  z.looseObject({ kind: z.literal('exponential'), factor: decaySchema }),
  /** Rises during the share `warmup` of all steps, then falls to 0 along half a cosine. */
  z.looseObject({ kind: z.literal('cosine'), warmup: fractionSchema }),
  /** Rises to the learning rate and falls far below its start. */
  z.looseObject({ kind: z.literal('oneCycle') }),
  /** Multiplied by `factor`, down to `minimum`, when the validation loss has not got better by the share `threshold` for more than
   * `patience` epochs. */
  z.looseObject({
    kind: z.literal('plateau'),
    factor: decaySchema,
    patience: z.number().int().min(0).max(100_000),
    threshold: fractionSchema,
    minimum: z.number().min(0).max(100),
  }),
])

export const trainingSchema = z.looseObject({
  seed: z.number().int().min(0).max(0xffffffff),
  epochs: z.number().int().min(1).max(100_000),
  /** Examples that are computed at once: those of one optimizer step, unless it gathers several batches. */
  batchSize: z.number().int().min(1).max(65_536),
  /** Batches whose gradients are added up before the weights move once, as if they were one batch; absent: 1. */
  gather: z.number().int().min(1).max(1024).optional(),
  optimizer: z.enum(['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad']),
  /** Of `sgd`: the share of the last move that is kept; absent: none. */
  momentum: z.number().min(0).lt(1).optional(),
  /** Of `sgd` with momentum: look one step ahead. */
  nesterov: z.boolean().optional(),
  /** How strongly weights are pulled towards 0; absent: 0.01 for `adamw`, otherwise none. See training.ts. */
  weightDecay: z.number().min(0).max(10).optional(),
  learningRate: z.number().gt(0).max(100),
  /** Absent: constant. */
  schedule: scheduleSchema.optional(),
  /** Largest norm of the whole gradient; 0 switches clipping off (Pascanu 2013). */
  clipNorm: z.number().min(0).max(1e6),
  /** Largest size of each single number of the gradient, after `clipNorm`; absent or 0: no limit. */
  clipValue: z.number().min(0).max(1e6).optional(),
  /** Of running text: a batch goes on where the one before stopped, and layers that remember begin with what they remembered there. */
  carry: z.boolean().optional(),
  /** Ends the run after so many epochs without a better validation loss; absent or 0: never. */
  stopAfter: z.number().int().min(0).max(100_000).optional(),
})

/** Sides of a frame, in canvas pixels. */
const sideSchema = z.number().min(1).max(100_000)
export const pointSchema = z.looseObject({
  x: z.number(),
  y: z.number(),
  /** Frames only; absent: as large as what they hold needs. */
  width: sideSchema.optional(),
  height: sideSchema.optional(),
})
/** One of the canvas' own hues, named in renderer/theme/tokens.css. */
const hueSchema = z.enum(['green', 'blue', 'orange', 'pink', 'vermilion', 'yellow'])

/** A named set of nodes of one parent, drawn together; closed it is one card (a block). It changes nothing that is computed. */
export const groupSchema = z.looseObject({
  name: nameSchema,
  hue: hueSchema.optional(),
  /** Nodes of one parent; a node is in one group at most. */
  nodes: z.array(idSchema).max(MAX_NODES),
  /** Closed: drawn as one card with the sockets of the wires that cross its border. */
  closed: z.boolean().optional(),
})

/** Words on the canvas, for people only. */
export const noteSchema = z.looseObject({
  text: z.string().max(5000),
  hue: hueSchema.optional(),
  x: z.number(),
  y: z.number(),
  width: sideSchema,
  height: sideSchema,
})

/** Groups, or notes, of one model. */
export const MAX_MARKS = 500
const few = (marks: object) => Object.keys(marks).length <= MAX_MARKS
const fewMessage = `holds more than ${MAX_MARKS}`

export const layoutSchema = z.record(
  idSchema,
  z.looseObject({
    nodes: z.record(idSchema, pointSchema),
    groups: z.record(idSchema, groupSchema).refine(few, fewMessage).optional(),
    notes: z.record(idSchema, noteSchema).refine(few, fewMessage).optional(),
  }),
)

/** What one version keeps: all that undo can change, except the versions themselves. */
export const contentSchema = z.looseObject({
  name: nameSchema,
  /** What a sample shows, and what to look for while it trains; a few words for the reader. */
  claim: z.string().max(1000).optional(),
  lookFor: z.string().max(2000).optional(),
  data: dataSchema,
  models: z.array(modelSchema).min(1).max(50),
  training: trainingSchema,
  /**
   * Model id → node id → position of the card's top left corner, in canvas pixels; of a node in a frame from the frame's top left
   * corner.
   */
  layout: layoutSchema,
})

export const MAX_VERSIONS = 50
export const savedVersionSchema = z.looseObject({
  id: idSchema,
  name: nameSchema,
  /** ISO 8601, UTC. */
  savedAt: z.iso.datetime(),
  content: contentSchema,
})

export const documentSchema = contentSchema.extend({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Oldest first. */
  versions: z.array(savedVersionSchema).max(MAX_VERSIONS).optional(),
})

export type UnrollDocument = z.infer<typeof documentSchema>
export type DataDefinition = z.infer<typeof dataSchema>
export type ForecastData = z.infer<typeof forecastDataSchema>
export type NextSymbolData = z.infer<typeof nextSymbolDataSchema>
export type ClassifyData = z.infer<typeof classifyDataSchema>
export type TagData = z.infer<typeof tagDataSchema>
export type PairsData = z.infer<typeof pairsDataSchema>
export type GeneratorData = z.infer<typeof generatorDataSchema>
export type DataSource = z.infer<typeof sourceSchema>
export type LearningRateSchedule = z.infer<typeof scheduleSchema>
export type TrainingSettings = z.infer<typeof trainingSchema>
export type Model = z.infer<typeof modelSchema>
export type GraphNode = z.infer<typeof nodeSchema>
export type Wire = z.infer<typeof wireSchema>
export type Position = z.infer<typeof pointSchema>
export type Hue = z.infer<typeof hueSchema>
export type Group = z.infer<typeof groupSchema>
export type Note = z.infer<typeof noteSchema>
export type SavedVersion = z.infer<typeof savedVersionSchema>
export type DocumentContent = z.infer<typeof contentSchema>
