import { assertNever, present } from '../base/invariant'
import { optimizerChoice } from '../document/training'
import type { TrainingSettings } from '../document/trainingSchema'
import type { Tensor } from '../export/safetensors'
import { isTrained, weightTensors } from '../export/weights'
import type { Dim, FeedName, Program, ValueId } from '../ir/program'
import type { KernelMemory } from '../ops/kernel'
import { ADAGRAD, ADAM, RMSPROP } from '../ops/optimizer/optimizerKernels'
import type { Binding } from './bindPlan'
import { chosenBy, drawMask, masksOf } from './capturedChance'
import { joinBatchFirst, type Piece } from './joinBatchFirst'
import { copyFloats } from './memory'
import { scheduleFactor } from './schedule'
import type { Session } from './session'

/** Everything about one training step that another framework needs to make it again, batch-first. */
export interface CapturedStep {
  /**
   * `batch.input|lengths|target|targetInput|targetLengths`, `mask.<node>` (what dropout multiplied with; with
   * `.<name>` behind it in a node that drops more than once; of attention weights [B, heads, T, T]), `chosen.<node>` (the
   * symbols that a decoder with scheduled sampling read, right ones and its own), `param.<node>.<name>`, `output.<head node>`, `loss`,
   * `grad.<node>.<name>` (before clipping; frozen weights have none), `after.<node>.<name>`.
   */
  tensors: Record<string, Tensor>
  /** Optimizer, learning rate, clipping and what they came to. */
  metadata: Record<string, string>
  loss: number
}

/** What is gathered for one name: its symbolic dims and the shards' pieces. */
interface Gathered {
  dims: readonly Dim[]
  pieces: Piece[]
}

/** Makes the first training step of a session (which must use one thread), looking at every value when it is made. */
export function captureStep(session: Session, training: TrainingSettings): CapturedStep {
  const { local } = session.pool
  const plan = present(local.spec.train, 'a captured step needs a training plan')
  const { program } = plan
  const tensors: Record<string, Tensor> = {}
  const keepWeights = (prefix: string, block: Float32Array | Float64Array) => {
    for (const [name, tensor] of Object.entries(weightTensors(plan, block))) tensors[`${prefix}.${name}`] = tensor
  }

  const gathered = new Map<string, Gathered>()
  const keep = (
    name: string,
    binding: Binding,
    value: ValueId,
    data: Piece['data'] = read(local.memory, binding, value, program),
  ) => {
    const { dims } = present(program.values[value], `no value ${value}`).type
    const known = gathered.get(name) ?? { dims, pieces: [] }
    known.pieces.push({ data, dims: binding.span(value).dims })
    gathered.set(name, known)
  }
  const masks = masksOf(program)
  const feeds: FeedName[] = ['input', 'lengths', 'target', 'targetInput', 'targetLengths']
  keepWeights('param', session.weights())
  let loss = 0
  let job = session.loadBatch(1)
  const runShard = (rows: number, shard: number) => {
    if (rows === 0) {
      local.clearGradients(shard)
      return
    }
    const binding = local.binding('train', shard, rows, job.steps)
    for (const feed of feeds) {
      const value = program.feeds[feed]
      if (value !== undefined) keep(`batch.${feed}`, binding, value)
    }
    binding.runObserved((index) => {
      const instruction = present(program.instructions[index], `no instruction ${index}`)
      if (instruction.phase !== 'forward') return
      for (const output of instruction.outputs) {
        const head = program.heads.find(({ prediction }) => prediction === output)
        if (head) keep(`output.${head.node}`, binding, output)
        const mask = masks.get(output)
        if (mask) keep(mask.name, binding, output, drawMask(local.memory, binding, mask))
        if (output === chosenBy(instruction)) keep(`chosen.${instruction.node}`, binding, output)
      }
    })
    loss += local.memory.f[binding.span(program.loss).offset] ?? Number.NaN
  }
  const last = session.batchesOf(1) - 1
  for (let batch = 0; batch <= last; batch++) {
    job = session.loadBatch(1, batch)
    job.update = batch === last
    job.rows.forEach(runShard)
    if (job.update || job.gather !== 'off') local.reduce(job)
  }
  for (const [name, { dims, pieces }] of gathered)
    tensors[name] = joinBatchFirst(dims, pieces, name === 'batch.target' ? -1 : 0)

  const norm = local.gradientNorm()
  const { totalGradient, trainedCount } = local.spec.layout
  const gradients = weightTensors(plan, copyFloats(local.memory, totalGradient, trainedCount), isTrained)
  for (const [name, tensor] of Object.entries(gradients)) tensors[`grad.${name}`] = tensor
  const { stepsPerEpoch } = session
  const length = { totalSteps: training.epochs * stepsPerEpoch, stepsPerEpoch }
  job.learningRate = training.learningRate * scheduleFactor(training.schedule ?? { kind: 'constant' }, 0, length)
  local.applyIfFinite(job, norm)
  keepWeights('after', session.weights())
  tensors.loss = { data: Float64Array.of(loss), shape: [1] }
  const metadata = {
    seed: training.seed,
    optimizer: training.optimizer,
    learningRate: job.learningRate,
    ...ruleOf(training),
    clipNorm: training.clipNorm,
    clipValue: training.clipValue ?? 0,
    gradientNorm: norm,
    gradientScale: local.clipScale(norm),
    ...lossesOf(program),
  }
  return {
    tensors,
    metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)])),
    loss,
  }
}

/** `loss.<node>`: how each output is measured, as JSON. */
function lossesOf({ heads, instructions }: Program): Record<string, string> {
  return Object.fromEntries(
    heads.map(({ node, loss, counting, quantiles }) => {
      const made = instructions.find(({ outputs }) => outputs.includes(loss))
      return [`loss.${node}`, JSON.stringify({ op: made?.op, ...made?.attributes, ...counting, quantiles })]
    }),
  )
}

/** The optimizer's own numbers, by PyTorch's conventions. */
function ruleOf(training: TrainingSettings): Record<string, number | boolean> {
  const { kind, momentum, nesterov, weightDecay } = optimizerChoice(training)
  switch (kind) {
    case 'adam':
    case 'adamw':
      return { ...ADAM, weightDecay }
    case 'rmsprop':
      return { alpha: RMSPROP.keep, epsilon: RMSPROP.epsilon, weightDecay }
    case 'adagrad':
      return { epsilon: ADAGRAD.epsilon, weightDecay }
    case 'sgd':
      return { momentum, nesterov, weightDecay }
    default:
      return assertNever(kind)
  }
}

function read(
  memory: KernelMemory,
  binding: Binding,
  value: ValueId,
  program: { values: readonly { type: { dtype: string } }[] },
) {
  const { offset, size } = binding.span(value)
  return (program.values[value]?.type.dtype === 'i32' ? memory.i : memory.f).slice(offset, offset + size)
}
