import { assertNever, present } from '../../base/invariant'
import type { ValueId } from '../../ir/program'
import { clipScale } from '../../ops/optimizer/optimizerKernels'
import { sizeOf } from '../../ops/valueRules'
import type { Backend } from '../backend'
import { Tape } from '../tape'
import { type GoldenModel, type GoldenRun, type GoldenTensor, timeMajor } from './goldenFiles'

/**
 * Trains a golden model with op definitions, kernels and optimizer alone, without compiler and executor, so that a difference found
 * elsewhere is known not to lie here.
 */
export interface GoldenTraining {
  losses: number[]
  /** Gradients of the first batch, before clipping. */
  firstGradients: Record<string, number[]>
}

interface Slot {
  name: string
  dims: readonly number[]
  /** Elements from the start of each block. */
  offset: number
}

export function trainGolden(backend: Backend, model: GoldenModel, run: GoldenRun): GoldenTraining {
  const { memory, optimizer } = backend
  const { slots, size } = layoutWeights(model)
  const block = (index: number) => Math.ceil(backend.firstFree / 8) * 8 + index * size
  const [parameters, gradients, firstMoments, secondMoments] = [block(0), block(1), block(2), block(3)]
  memory.f.fill(0, parameters, block(4))
  for (const { name, offset } of slots) memory.f.set(model.weights[name]?.values ?? [], parameters + offset)

  const range = { memory, start: 0, end: size }
  const squaredNorm = optimizer.squaredNorm({ ...range, values: gradients })
  const sgd = optimizer.sgd({ ...range, parameters, gradients, weightDecay: 0 })
  const moments = { firstMoments, secondMoments, weightDecay: 0, decoupled: false }
  const adam = optimizer.adam({ ...range, parameters, gradients, ...moments })

  const training: GoldenTraining = { losses: [], firstGradients: {} }
  for (const [index, batch] of model.batches.entries()) {
    const [B = 0, T = 0] = batch.input.dims
    const tape = new Tape({ ...backend, firstFree: block(4) }, { B, T })
    const weights = new Map<string, ValueId>()
    for (const { name, dims, offset } of slots) {
      const start = parameters + offset
      weights.set(name, tape.floats(dims, memory.f.subarray(start, start + sizeOf(dims))))
    }
    const loss = lossOf(tape, model, batch, weights)
    training.losses.push(tape.read(loss)[0] ?? Number.NaN)
    const [seed = 0] = tape.run('one', [])
    const results = tape.backward(new Map([[loss, seed]]), [...weights.values()])
    for (const { name, offset } of slots) {
      const gradient = tape.read(gradientOf(results, weights, name))
      memory.f.set(gradient, gradients + offset)
      if (index === 0) training.firstGradients[name] = gradient
    }
    const scale = clipScale(Math.sqrt(squaredNorm()), run.clipNorm)
    if (run.optimizer === 'adam') adam(run.learningRate, scale, index + 1)
    else sgd(run.learningRate, scale)
  }
  return training
}

function layoutWeights(model: GoldenModel): { slots: Slot[]; size: number } {
  const slots: Slot[] = []
  let size = 0
  for (const [name, { dims }] of Object.entries(model.weights)) {
    slots.push({ name, dims, offset: size })
    size += Math.ceil(sizeOf(dims) / 8) * 8
  }
  return { slots, size }
}

function lossOf(
  tape: Tape,
  model: GoldenModel,
  batch: GoldenModel['batches'][number],
  weights: ReadonlyMap<string, ValueId>,
): ValueId {
  const weight = (name: string) => present(weights.get(name), `golden model ${model.name} has no ${name}`)
  const layer = (op: string, input: ValueId) =>
    first(
      tape.run(
        op,
        [
          input,
          weight(`${op}.weight_ih_l0`),
          weight(`${op}.weight_hh_l0`),
          weight(`${op}.bias_ih_l0`),
          weight(`${op}.bias_hh_l0`),
          lengths,
        ],
        op === 'rnn' ? { nonlinearity: 'tanh' } : {},
      ),
    )
  const dense = (input: ValueId) => first(tape.run('linear', [input, weight('dense.weight'), weight('dense.bias')]))
  const embedded = () => first(tape.run('embedding', [tokens(tape, batch.input), weight('embedding.weight')]))
  const lengths = tape.integers(['B'], batch.lengths.values)
  const rows = batch.lengths.values.length

  switch (model.name) {
    case 'nextSymbol': {
      const target = timeMajor(batch.target)
      const counted = target.values.filter((symbol) => symbol >= 0).length
      const logits = dense(layer('lstm', embedded()))
      return first(tape.run('crossEntropy', [logits, tape.integers(['T', 'B'], target.values), scale(tape, counted)]))
    }
    case 'transformer': {
      const target = timeMajor(batch.target)
      const counted = target.values.filter((symbol) => symbol >= 0).length
      const logits = dense(transformer(tape, embedded(), lengths, weight))
      return first(tape.run('crossEntropy', [logits, tape.integers(['T', 'B'], target.values), scale(tape, counted)]))
    }
    case 'forecast': {
      const x = tape.floats(['T', 'B', ...batch.input.dims.slice(2)], timeMajor(batch.input).values)
      const prediction = dense(first(tape.run('lastStep', [layer('rnn', x), lengths])))
      const target = tape.floats(['B', ...batch.target.dims.slice(1)], batch.target.values)
      return first(tape.run('meanSquaredError', [prediction, target, scale(tape, rows)]))
    }
    case 'classify': {
      const logits = dense(first(tape.run('averageOverTime', [layer('gru', embedded()), lengths])))
      return first(tape.run('crossEntropy', [logits, tape.integers(['B'], batch.target.values), scale(tape, rows)]))
    }
    default:
      return assertNever(model.name)
  }
}

/** Waves, then a block with norms before its parts, GELU, two heads that look back only. */
function transformer(tape: Tape, embedded: ValueId, lengths: ValueId, weight: (name: string) => ValueId): ValueId {
  const one = (op: string, inputs: (ValueId | null)[], attributes = {}) => first(tape.run(op, inputs, attributes))
  const norm = (input: ValueId, name: string) =>
    one('layerNorm', [input, weight(`block.${name}.weight`), weight(`block.${name}.bias`)])
  const linear = (input: ValueId, name: string) =>
    one('linear', [input, weight(`block.${name}.weight`), weight(`block.${name}.bias`)])
  const attended = (input: ValueId) => {
    const weights = [weight('block.self_attn.in_proj_weight'), weight('block.self_attn.in_proj_bias')]
    const projected = one('linear', [input, ...weights])
    return one('attention', [projected, null, null, lengths], { heads: 2, causal: true })
  }
  const features = tape.type(embedded).dims[2] ?? 0
  const x = one('addPositions', [embedded, one('sinusoid', [], { features })])
  const found = one('add', [x, linear(attended(norm(x, 'norm1')), 'self_attn.out_proj')])
  return one('add', [found, linear(one('gelu', [linear(norm(found, 'norm2'), 'linear1')]), 'linear2')])
}

function tokens(tape: Tape, input: GoldenTensor): ValueId {
  return tape.integers(['T', 'B'], timeMajor(input).values)
}

function scale(tape: Tape, counted: number): ValueId {
  return tape.floats([1], [1 / counted])
}

function first(outputs: readonly ValueId[]): ValueId {
  return present(outputs[0], 'an op without outputs')
}

function gradientOf(
  results: ReadonlyMap<ValueId, ValueId>,
  weights: ReadonlyMap<string, ValueId>,
  name: string,
): ValueId {
  const weight = present(weights.get(name), `no weight ${name}`)
  return present(results.get(weight), `${name} has no gradient`)
}
