import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { assertNever, present } from '../../base/invariant'
import type { DataSummary, ExampleSet, InputSummary, PreparedData, TargetSummary } from '../../data/prepared'
import { emptyDocument } from '../../document/create'
import type { DataDefinition } from '../../document/dataSchema'
import { nodeSchema, type UnrollDocument } from '../../document/schema'
import { trainingSchema } from '../../document/trainingSchema'
import { inTrainingOrder, SEED } from '../goldenSession'
import { chain } from '../smallDocument'

/** Types and reader of trajectories.json; README.md beside this file describes every field. */

const tensorSchema = z.object({ dims: z.array(z.number()), values: z.array(z.number()) })
const tensorsSchema = z.record(z.string(), tensorSchema)
const nodesSchema = z.record(z.string(), nodeSchema)
const partSchema = z.object({ input: tensorSchema, lengths: tensorSchema, target: tensorSchema })

const trajectorySchema = z.object({
  name: z.string(),
  kind: z.enum(['forecast', 'nextSymbol', 'classify', 'tag']),
  sizes: z.object({ rows: z.number(), features: z.number(), vocabulary: z.number(), classes: z.number() }),
  nodes: nodesSchema,
  inside: z.record(z.string(), nodesSchema),
  training: trainingSchema.partial(),
  unsettled: z.record(z.string(), z.tuple([z.number(), z.number()])),
  data: z.object({ training: partSchema, validation: partSchema }),
  weights: tensorsSchema,
  losses: z.array(z.number()),
  validation: z.number(),
  after: tensorsSchema,
})

export type Trajectory = z.infer<typeof trajectorySchema>

export function trajectories(): Trajectory[] {
  const file = new URL('trajectories.json', import.meta.url)
  return z.array(trajectorySchema).parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** The model as a document; frames hold one node, between their two inner ports. */
export function trajectoryDocument(trajectory: Trajectory): UnrollDocument {
  const { name, nodes, inside, training, sizes } = trajectory
  const model = chain('model', Object.entries(nodes))
  for (const [frame, content] of Object.entries(inside)) {
    for (const [id, node] of Object.entries(content)) {
      model.nodes[id] = { ...node, parent: frame }
      model.wires[`${id}-in`] = { from: { node: frame, port: 'enter' }, to: { node: id, port: 'in' } }
      model.wires[`${id}-out`] = { from: { node: id, port: 'out' }, to: { node: frame, port: 'leave' } }
    }
  }
  const document = emptyDocument(name)
  return {
    ...document,
    // What the data are is said by the prepared data; the kind tells whether memory can be carried.
    data: trajectory.kind === 'nextSymbol' ? runningText : document.data,
    models: [model],
    training: trainingSchema.parse({
      ...document.training,
      seed: SEED,
      epochs: 1,
      batchSize: sizes.rows,
      ...training,
    }),
  }
}

const runningText: DataDefinition = {
  kind: 'nextSymbol',
  source: { kind: 'sample', name: 'none' },
  unit: 'letter',
  window: 6,
  minimumCount: 1,
  split: { training: 0.8, validation: 0.1 },
}

/** The batches as training and validation part, laid so that the session takes them in their order. */
export function trajectoryData(trajectory: Trajectory): PreparedData {
  const { name, data, training } = trajectory
  const parts = { training: examples(trajectory, 'training'), validation: examples(trajectory, 'validation') }
  const inOrder = training.carry === true ? parts.training : inTrainingOrder(parts.training)
  const none = { training: 0, validation: 0, test: 0 }
  const { input, target } = summaries(trajectory)
  const summary: DataSummary = {
    title: name,
    sentence: 'golden batches',
    input,
    target,
    maximumSteps: present(data.training.input.dims[1], 'the golden input has time steps'),
    variableLength: true,
    stepWord: 'step',
    examples: { training: parts.training.count, validation: parts.validation.count, test: parts.validation.count },
    fingerprint: 'golden',
  }
  return {
    summary,
    splits: { training: inOrder, validation: parts.validation, test: parts.validation },
    baselines: [{ name: 'none', loss: none, metric: none }],
    metric:
      target.kind === 'numbers'
        ? { kind: 'absoluteError', label: 'mean error', unit: '' }
        : { kind: 'accuracy', label: 'right', unit: '' },
    inputScaling: null,
    targetScaling: null,
    vocabulary: null,
    warnings: [],
  }
}

/** Batches one after another; of streams, every row of the batches one after another. */
function examples({ data, kind, sizes, training }: Trajectory, part: 'training' | 'validation'): ExampleSet {
  const { input, lengths, target } = data[part]
  const count = lengths.values.length
  const batches = count / sizes.rows
  const places = Array.from({ length: count }, (_, place) =>
    training.carry === true ? (place % batches) * sizes.rows + Math.floor(place / batches) : place,
  )
  const arranged = (values: readonly number[]): number[] => {
    const width = values.length / count
    return places.flatMap((place) => values.slice(place * width, (place + 1) * width))
  }
  const isNumbers = kind === 'forecast'
  return {
    count,
    numbers: isNumbers ? Float32Array.from(arranged(input.values)) : null,
    tokens: isNumbers ? null : Int32Array.from(arranged(input.values)),
    lengths: Int32Array.from(arranged(lengths.values)),
    targetNumbers: isNumbers ? Float32Array.from(arranged(target.values)) : null,
    targetTokens: isNumbers ? null : Int32Array.from(arranged(target.values)),
  }
}

function summaries({ kind, sizes }: Trajectory): { input: InputSummary; target: TargetSummary } {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `name ${index}`)
  const { features, vocabulary, classes } = sizes
  const tokens = { kind: 'tokens' as const, vocabulary, unit: 'letter' as const }
  switch (kind) {
    case 'forecast':
      return { input: { kind: 'numbers', features: names(features) }, target: { kind: 'numbers', names: names(2) } }
    case 'classify':
      return { input: tokens, target: { kind: 'class', classes: names(classes) } }
    case 'tag':
      return { input: tokens, target: { kind: 'tag', tags: names(classes) } }
    case 'nextSymbol':
      return { input: tokens, target: { kind: 'symbol', vocabulary, unit: 'letter' } }
    default:
      return assertNever(kind)
  }
}
