import { z } from 'zod'
import type { Plan } from '../compile/plan'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import { gatheredBatches, optimizerChoice } from '../document/training'
import { type TrainingSettings, trainingSchema } from '../document/trainingSchema'
import type { Tensor, TensorFile } from '../export/safetensors'
import { fillWeights, isTrained, weightName, weightTensors } from '../export/weights'
import { stateNames } from './optimizer'
import type { RunSnapshot } from './trainingRun'

/** What a checkpoint is of; a run goes on from it only where all of this is the same. */
export interface CheckpointFacts {
  engine: string
  /** The build of the kernels: others differ in the last bits. */
  kernels: string
  model: string
  /** Fingerprint of the prepared data. */
  data: string
  training: TrainingSettings
}

const FORMAT = 'unroll checkpoint'

const pointSchema = z.object({
  step: z.number(),
  epoch: z.number(),
  loss: z.number(),
  metric: z.number(),
  whole: z.number().exactOptional(),
})
const placeSchema = z.object({
  step: z.number().int().min(0),
  learningRate: z.number(),
  history: z.array(pointSchema),
  best: pointSchema.nullable(),
  plateau: z.object({ factor: z.number(), best: z.number().nullable(), badEpochs: z.number() }).nullable(),
  evaluatedStep: z.number(),
})

/**
 * A snapshot as a file: `weight.<node>.<name>`, `best.<node>.<name>`, `optimizer.<node>.<name>.<state>` with PyTorch's names of states
 * (`exp_avg` …), `carried.<n>`; the place in the run, its settings and what it is of are metadata.
 * @param plan of training
 */
export function checkpointFile(plan: Plan, snapshot: RunSnapshot, facts: CheckpointFacts): TensorFile {
  const { weights, bestWeights, optimizer, carried, ...place } = snapshot
  const tensors: Record<string, Tensor> = {}
  const add = (block: Float32Array | Float64Array, name: (weight: string) => string, trained: boolean) => {
    const cut = weightTensors(plan, block, trained ? isTrained : undefined)
    for (const [weight, tensor] of Object.entries(cut)) tensors[name(weight)] = tensor
  }
  add(weights, (weight) => `weight.${weight}`, false)
  if (bestWeights) add(bestWeights, (weight) => `best.${weight}`, false)
  const states = stateNames(optimizerChoice(facts.training))
  for (const [index, block] of optimizer.entries()) add(block, (weight) => `optimizer.${weight}.${states[index]}`, true)
  for (const [index, data] of carried.entries()) tensors[`carried.${index}`] = { data, shape: [data.length] }
  const { training, ...origin } = facts
  const metadata = {
    format: FORMAT,
    ...origin,
    training: JSON.stringify(training),
    place: JSON.stringify(place),
  }
  return { tensors, metadata }
}

/**
 * The snapshot in a file; problems say what is not as it was when it was made. What the document says about the learning rate holds
 * when it was changed since, else the rate at which the run was.
 * @param like a snapshot of the run that is to go on: its arrays say how many numbers there must be
 */
export function readCheckpoint(
  plan: Plan,
  file: TensorFile,
  facts: CheckpointFacts,
  like: RunSnapshot,
  path: string,
): Checked<RunSnapshot> {
  const { metadata, tensors } = file
  const refuse = (message: string): Diagnostic => ({
    code: 'checkpoint.mismatch',
    severity: 'error',
    message,
    place: { kind: 'file', path },
  })
  if (metadata.format !== FORMAT) {
    return bad(refuse(`${path} is no checkpoint. Name the folder that unroll train --out wrote.`))
  }
  const place = placeSchema.safeParse(parseJson(metadata.place))
  const training = trainingSchema.safeParse(parseJson(metadata.training))
  if (!place.success || !training.success) {
    return bad(refuse(`The checkpoint ${path} is damaged: it does not say where its run was. Train anew.`))
  }
  const differences = [
    ...(metadata.model === facts.model ? [] : [`the model was “${metadata.model}”`]),
    ...(metadata.data === facts.data ? [] : ['the data were others']),
    ...settingDifferences(training.data, facts.training),
  ]
  if (differences.length > 0) {
    return bad(
      refuse(
        `The run cannot go on from ${path}, for when it was made ${differences.join(', ')}. Set this back, or train anew.`,
      ),
    )
  }
  const problems: Diagnostic[] = []
  const fill = (size: number, trained: boolean, nameOf: (weight: string) => string) => {
    const block = new Float32Array(size)
    const wanted = trained ? isTrained : () => true
    const filled = fillWeights(plan, tensors, block, path, wanted, (parameter) => nameOf(weightName(parameter)))
    problems.push(...filled.problems)
    return block
  }
  const weights = fill(like.weights.length, false, (weight) => `weight.${weight}`)
  const bestWeights = place.data.best === null ? null : fill(like.weights.length, false, (weight) => `best.${weight}`)
  const states = stateNames(optimizerChoice(facts.training))
  const optimizer = like.optimizer.map(({ length }, index) =>
    fill(length, true, (weight) => `optimizer.${weight}.${states[index]}`),
  )
  const carried = like.carried.map((rows, index) => {
    const data = tensors[`carried.${index}`]?.data
    if (data instanceof Float64Array && data.length === rows.length) return data
    problems.push(refuse(`The checkpoint ${path} lacks what the model carries in memory. Train anew.`))
    return rows
  })
  if (problems.length > 0) return bad(...problems)
  const isSameRate = training.data.learningRate === facts.training.learningRate
  const learningRate = isSameRate ? place.data.learningRate : facts.training.learningRate
  const other = metadata.engine !== facts.engine || metadata.kernels !== facts.kernels
  const warnings: Diagnostic[] = other
    ? [
        {
          ...refuse(
            `The checkpoint ${path} was made by another version of the engine, so the run may differ in the last digits from one that was never interrupted.`,
          ),
          code: 'checkpoint.engine',
          severity: 'warning',
        },
      ]
    : []
  return good({ ...place.data, learningRate, weights, bestWeights, optimizer, carried }, warnings)
}

/** Settings without which the next step would be another one than it would have been. */
function settingDifferences(then: TrainingSettings, now: TrainingSettings): string[] {
  const compared: [string, unknown, unknown][] = [
    ['the seed', then.seed, now.seed],
    ['examples per step', then.batchSize, now.batchSize],
    ['batches per change', gatheredBatches(then), gatheredBatches(now)],
    ['carrying memory', then.carry === true, now.carry === true],
    ['the optimizer', then.optimizer, now.optimizer],
  ]
  return compared.filter(([, a, b]) => a !== b).map(([words, a]) => `${words} was ${JSON.stringify(a)}`)
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    // Not JSON: the schema refuses it.
    return undefined
  }
}
