import { rng } from '../base/rng'
import type { ExampleSet, InputSummary, PreparedData, TargetSummary } from '../data/prepared'
import { emptyDocument } from '../document/create'
import type { GraphNode, Model, UnrollDocument } from '../document/schema'
import type { GoldenModel, GoldenRun, GoldenTensor } from './goldens/goldenFiles'

/** Of golden documents: it settles the order in which a session takes the examples. */
export const SEED = 5

/** The golden model as a document: its nodes are called as PyTorch's modules, so that weights have the same names. */
export function goldenDocument(golden: GoldenModel, run: GoldenRun): UnrollDocument {
  const document = emptyDocument(golden.name)
  const { optimizer, learningRate, clipNorm } = run
  const batchSize = golden.batches[0]?.lengths.values.length ?? 0
  return {
    ...document,
    models: [goldenGraph(golden)],
    training: { seed: SEED, epochs: 1, batchSize, optimizer, learningRate, clipNorm },
  }
}

/**
 * The golden batches as a training part, laid so that the session's own order of examples gives them back, batch by batch. The
 * other parts hold the same examples in their own order.
 */
export function goldenData(golden: GoldenModel): PreparedData {
  const { input, target } = summaries(golden)
  const join = (pick: (batch: GoldenModel['batches'][number]) => GoldenTensor) =>
    golden.batches.flatMap((batch) => pick(batch).values)
  const count = join(({ lengths }) => lengths).length
  const inputs = join((batch) => batch.input)
  const targets = join((batch) => batch.target)
  const plain: ExampleSet = {
    count,
    numbers: input.kind === 'numbers' ? Float32Array.from(inputs) : null,
    tokens: input.kind === 'tokens' ? Int32Array.from(inputs) : null,
    lengths: Int32Array.from(join(({ lengths }) => lengths)),
    targetNumbers: target.kind === 'numbers' ? Float32Array.from(targets) : null,
    targetTokens: target.kind === 'numbers' ? null : Int32Array.from(targets),
  }
  const parts = { training: 0, validation: 0, test: 0 }
  return {
    summary: {
      title: golden.name,
      sentence: 'golden batches',
      input,
      target,
      maximumSteps: golden.batches[0]?.input.dims[1] ?? 0,
      variableLength: true,
      stepWord: 'step',
      examples: { training: count, validation: count, test: count },
      fingerprint: 'golden',
    },
    splits: { training: inTrainingOrder(plain), validation: plain, test: plain },
    baselines: [{ name: 'none', loss: parts, metric: parts }],
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

/** Example k goes where the first epoch looks for its k-th example. */
export function inTrainingOrder(plain: ExampleSet): ExampleSet {
  const order = rng(SEED).split('order').split(0).permutation(plain.count)
  const scatter = (from: ArrayLike<number>, to: Float32Array | Int32Array): void => {
    const width = from.length / plain.count
    order.forEach((place, k) => {
      for (let column = 0; column < width; column++) to[place * width + column] = from[k * width + column] ?? 0
    })
  }
  const floats = (from: Float32Array | null) => {
    const to = from && new Float32Array(from.length)
    if (from && to) scatter(from, to)
    return to
  }
  const integers = (from: Int32Array) => {
    const to = new Int32Array(from.length)
    scatter(from, to)
    return to
  }
  return {
    count: plain.count,
    numbers: floats(plain.numbers),
    tokens: plain.tokens && integers(plain.tokens),
    lengths: integers(plain.lengths),
    targetNumbers: floats(plain.targetNumbers),
    targetTokens: plain.targetTokens && integers(plain.targetTokens),
  }
}

function summaries({ name, sizes }: GoldenModel): { input: InputSummary; target: TargetSummary } {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `column ${index}`)
  const tokens = { kind: 'tokens' as const, vocabulary: sizes.vocabulary ?? 0, unit: 'letter' as const }
  switch (name) {
    case 'forecast':
      return {
        input: { kind: 'numbers', features: names(sizes.features ?? 0) },
        target: { kind: 'numbers', names: names(sizes.outputs) },
      }
    case 'classify':
      return { input: tokens, target: { kind: 'class', classes: names(sizes.outputs) } }
    case 'nextSymbol':
    case 'transformer':
      return { input: tokens, target: { kind: 'symbol', vocabulary: sizes.outputs, unit: 'letter' } }
  }
}

/** A chain of nodes from the data set on. */
function goldenGraph({ name, sizes }: GoldenModel): Model {
  const embedding: [string, GraphNode] = ['embedding', { type: 'embedding', settings: { size: sizes.embedding ?? 1 } }]
  const dense: [string, GraphNode] = ['dense', { type: 'dense', settings: { size: null, activation: 'none' } }]
  const head: [string, GraphNode] = ['head', { type: name === 'transformer' ? 'nextSymbol' : name, settings: {} }]
  const { hidden } = sizes
  const middle: Record<GoldenModel['name'], [string, GraphNode][]> = {
    nextSymbol: [embedding, ['lstm', { type: 'lstm', settings: { hidden } }]],
    transformer: [
      embedding,
      ['position', { type: 'positionalEncoding', settings: { kind: 'sinusoidal' } }],
      [
        'block',
        {
          type: 'transformerBlock',
          settings: { heads: 2, feedForward: hidden, causal: true, norm: 'before', activation: 'gelu', dropout: 0 },
        },
      ],
    ],
    forecast: [
      ['rnn', { type: 'rnn', settings: { hidden, nonlinearity: 'tanh' } }],
      ['last', { type: 'lastStep', settings: {} }],
    ],
    classify: [
      embedding,
      ['gru', { type: 'gru', settings: { hidden } }],
      ['mean', { type: 'averageOverTime', settings: {} }],
    ],
  }
  const chain: [string, GraphNode][] = [['data', { type: 'dataset', settings: {} }], ...middle[name], dense, head]
  const wires = chain
    .slice(1)
    .map(([node], index) => [
      `wire-${index}`,
      { from: { node: chain[index]?.[0] ?? '', port: 'out' }, to: { node, port: 'in' } },
    ])
  return { id: 'model-1', name, nodes: Object.fromEntries(chain), wires: Object.fromEntries(wires) }
}
