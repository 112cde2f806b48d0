import { type Rng, rng } from '../base/rng'
import type { Dim } from '../ir/program'
import { constant, drawLengths, floats, integers, lossScale, shareOfOne, withEmptyRow } from './caseInputs'
import type { CaseInput, Maker, OpCase, Shape } from './opCase'
import { recurrentMakers } from './recurrentCases'
import { scanMakers } from './scanCases'
import type { Sizes } from './tape'

/** Time steps, rows and widths at which everything is tried: 1, 3, 5, 7 and sizes around whole vectors and panels. */
export const awkwardShapes: readonly Shape[] = [
  { T: 1, B: 1, I: 1, H: 1 },
  { T: 3, B: 1, I: 5, H: 3 },
  { T: 5, B: 3, I: 7, H: 5 },
  { T: 7, B: 5, I: 1, H: 7 },
  { T: 4, B: 2, I: 8, H: 16 },
]

/** Sizes beyond one block of every loop in the kernels; too slow for a gradient check. */
export const largeShapes: readonly Shape[] = [
  { T: 3, B: 4, I: 17, H: 33 },
  { T: 70, B: 4, I: 20, H: 24 },
  { T: 2, B: 9, I: 300, H: 21 },
]

/** Sizes at which linear recurrences are scanned in chunks of time, in whole and in part, and one at which they just are not. */
const longShapes: readonly Shape[] = [
  { T: 81, B: 1, I: 1, H: 2 },
  { T: 250, B: 3, I: 1, H: 1 },
  { T: 171, B: 5, I: 1, H: 4 },
  { T: 163, B: 1, I: 1, H: 5 },
  { T: 330, B: 1, I: 1, H: 8 },
  { T: 100, B: 2, I: 1, H: 8 },
]

/** The cases at which ops over many time steps choose other ways to compute. */
export function longCases(): OpCase[] {
  return longShapes.flatMap(opCases).filter(({ op }) => op === 'gatedRecurrence' || op === 'complexRecurrence')
}

/** One case of every op that is no gradient op (those are reached through the gradient rules), at `shape`. */
export function opCases(shape: Shape): OpCase[] {
  return Object.entries(makers).map(([label, make]) => {
    const random = rng(7).split(label).split(JSON.stringify(shape))
    const sizes = { B: shape.B, T: shape.T }
    const made = make({ random, shape, sizes, lengths: drawLengths(random, sizes) })
    const name = `${label}, T ${shape.T} B ${shape.B} I ${shape.I} H ${shape.H}`
    const op = label.split(' ')[0] ?? label
    return { name, op, attributes: {}, sizes, differentiable: [0], ...made }
  })
}

const makers: Record<string, Maker> = {
  linear: ({ random, shape: { I, H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', I]), floats(random, sizes, [H, I]), floats(random, sizes, [H])],
  }),
  'linear without bias': ({ random, shape: { I, H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', I]), floats(random, sizes, [H, I]), null],
  }),
  'activation tanh': elementWise('tanh'),
  'activation relu': elementWise('relu'),
  'activation sigmoid': elementWise('sigmoid'),
  embedding: ({ random, shape: { I, H }, sizes }) => ({
    inputs: [integers(sizes, ['T', 'B'], () => random.integer(H)), floats(random, sizes, [H, I])],
  }),
  'embedding with lengths': ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [integers(sizes, ['T', 'B'], () => random.integer(H)), floats(random, sizes, [H, I]), lengths],
  }),
  'embedding of one step': ({ random, shape: { I, H }, sizes }) => ({
    inputs: [integers(sizes, ['B'], () => random.integer(H)), floats(random, sizes, [H, I])],
  }),
  'embedding with a blank row': ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [integers(sizes, ['T', 'B'], () => random.integer(H)), floats(random, sizes, [H, I]), lengths],
    attributes: { padding: 0 },
  }),
  ...recurrentMakers,
  scaleFeatures: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), floats(random, sizes, [H])],
  }),
  eigenvalues: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, [H], 2), floats(random, sizes, [H])],
  }),
  gatedRecurrence: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [gate(random, sizes, H), floats(random, sizes, ['T', 'B', H]), lengths],
  }),
  'gatedRecurrence with states': ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [
      gate(random, sizes, H),
      floats(random, sizes, ['T', 'B', H]),
      withEmptyRow(lengths),
      floats(random, sizes, ['B', H]),
    ],
    attributes: { finalState: true },
    differentiable: [0, 1],
  }),
  complexRecurrence: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', 2 * H]), floats(random, sizes, [3, H], 0.7), lengths],
  }),
  'complexRecurrence with states': ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [
      floats(random, sizes, ['T', 'B', 2 * H]),
      floats(random, sizes, [3, H], 0.7),
      withEmptyRow(lengths),
      floats(random, sizes, ['B', 2 * H]),
    ],
    attributes: { finalState: true },
    differentiable: [0, 1],
  }),
  ...scanMakers,
  lastStep: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), lengths],
  }),
  averageOverTime: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), lengths],
  }),
  maxOverTime: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), lengths],
  }),
  causalWindow: ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', I]), lengths],
    attributes: { size: 1 + (H % 4), dilation: 1 + (I % 2) },
  }),
  repeatOverTime: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['B', H]), lengths],
  }),
  reshape: ({ random, shape: { I, H }, sizes }) => ({
    inputs: [floats(random, sizes, [H, I, 2])],
    attributes: { dims: `${H},${2 * I}` },
  }),
  reverse: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), lengths],
  }),
  dropout: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), anySeed(random, sizes)],
    attributes: { rate: 0.4, stream: 3 },
  }),
  meanSquaredError: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', H]), constant(floats(random, sizes, ['B', H])), lossScale(sizes)],
  }),
  meanAbsoluteError: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', H]), constant(floats(random, sizes, ['B', H])), lossScale(sizes)],
  }),
  huber: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', H], 2), constant(floats(random, sizes, ['B', H], 2)), lossScale(sizes)],
  }),
  'crossEntropy of classes': ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', H], 4), integers(sizes, ['B'], () => random.integer(H)), lossScale(sizes)],
  }),
  'crossEntropy of every step': ({ random, shape: { H }, sizes }) => ({
    inputs: [
      floats(random, sizes, ['T', 'B', H], 4),
      integers(sizes, ['T', 'B'], () => random.integer(H + 1) - 1),
      lossScale(sizes),
    ],
  }),
  'crossEntropy of weighted classes': ({ random, shape: { H }, sizes }) => ({
    inputs: [
      floats(random, sizes, ['B', H], 4),
      integers(sizes, ['B'], () => random.integer(H)),
      lossScale(sizes),
      shareOfOne(random, sizes, [H]),
    ],
    attributes: { labelSmoothing: 0.15 },
  }),
  'crossEntropy without one class': ({ random, shape: { H }, sizes }) => ({
    inputs: [
      floats(random, sizes, ['T', 'B', H], 4),
      integers(sizes, ['T', 'B'], () => random.integer(H + 1) - 1),
      lossScale(sizes),
    ],
    attributes: { ignored: 0, labelSmoothing: 0.1 },
  }),
  binaryCrossEntropy: ({ random, sizes }) => ({
    inputs: [floats(random, sizes, ['B', 1], 4), integers(sizes, ['B'], () => random.integer(3) - 1), lossScale(sizes)],
  }),
  'binaryCrossEntropy of weighted classes': ({ random, sizes }) => ({
    inputs: [
      floats(random, sizes, ['T', 'B', 1], 9),
      integers(sizes, ['T', 'B'], () => random.integer(3) - 1),
      lossScale(sizes),
      shareOfOne(random, sizes, [2]),
    ],
    attributes: { labelSmoothing: 0.2 },
  }),
  quantileLoss: ({ random, shape: { H }, sizes }) => ({
    inputs: [
      floats(random, sizes, ['B', 3 * H]),
      constant(floats(random, sizes, ['B', H])),
      lossScale(sizes),
      { dtype: 'f32', dims: [3], values: [0.1, 0.5, 0.9].map(Math.fround), differentiable: false },
    ],
  }),
  shownShare: ({ random, sizes, shape: { T } }) => ({
    inputs: [shareOfOne(random, sizes, [1])],
    attributes: { fall: T % 2 === 0 ? 'exponential' : 'inverseSigmoid', start: 0.9, end: 0.2 },
    differentiable: [],
  }),
  constant: () => ({ inputs: [], attributes: { values: '0.5,-1,3' }, differentiable: [] }),
  scaleBy: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['B', H]), floats(random, sizes, [1])],
    differentiable: [],
  }),
  scale: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H])],
    attributes: { factor: 0.3 },
  }),
  add: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), floats(random, sizes, ['T', 'B', H])],
  }),
  gelu: ({ random, shape: { I }, sizes }) => ({ inputs: [floats(random, sizes, ['T', 'B', I], 6)] }),
  layerNorm: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H], 3), floats(random, sizes, [H], 2), floats(random, sizes, [H])],
  }),
  multiply: ({ random, shape: { H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), floats(random, sizes, ['T', 'B', H])],
  }),
  concat: ({ random, shape: { I, H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', I]), floats(random, sizes, ['T', 'B', H])],
  }),
  slice: ({ random, shape: { I, H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', I + H])],
    attributes: { first: I - 1, count: H },
  }),
  attention: ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [...threeOf(random, sizes, ['T', 'B', 3 * H]), lengths],
    attributes: { heads: 3, causal: I % 2 === 0 },
  }),
  'attention of one tensor': ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', 6 * H], 2), null, null, lengths],
    attributes: { heads: 2, causal: true },
  }),
  'attention of one tensor both ways': ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', 3 * H], 2), null, null, lengths],
    attributes: { heads: 1, causal: false },
  }),
  'attention with dropout': ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [...threeOf(random, sizes, ['T', 'B', 2 * H]), lengths, anySeed(random, sizes)],
    attributes: { heads: 2, causal: I % 2 === 0, rate: 0.3, stream: 2 },
  }),
  'attention of one tensor with dropout': ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', 3 * H], 2), null, null, lengths, anySeed(random, sizes)],
    attributes: { heads: 1, causal: true, rate: 0.5, stream: 7 },
  }),
  attentionSample: ({ random, sizes, lengths }) => ({
    inputs: [shareOfOne(random, sizes, ['B', 2, 'T', 'T']), lengths],
    differentiable: [],
  }),
  additiveAttention: ({ random, shape: { I, H }, sizes, lengths }) => ({
    inputs: [
      floats(random, sizes, ['T', 'B', H], 2),
      floats(random, sizes, ['T', 'B', H], 2),
      floats(random, sizes, [1, H]),
      floats(random, sizes, ['T', 'B', I]),
      lengths,
    ],
    attributes: { causal: H % 2 === 0 },
  }),
  attentionPool: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), floats(random, sizes, ['T', 'B', 1], 3), lengths],
  }),
  sinusoid: ({ shape: { I } }) => ({ inputs: [], attributes: { features: I }, differentiable: [] }),
  addPositions: ({ random, shape: { T, H }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', H]), floats(random, sizes, [T + 2, H])],
  }),
  ones: ({ shape: { H } }) => ({ inputs: [], attributes: { features: H }, differentiable: [] }),
  rotary: ({ random, shape: { I, H }, sizes }) => ({
    // Two heads of an even size are turned, I columns behind them stay.
    inputs: [floats(random, sizes, ['T', 'B', 4 * H + I]), constant(floats(random, sizes, ['T', 2 * H]))],
    attributes: { columns: 4 * H, back: I % 2 === 0 },
  }),
  one: () => ({ inputs: [], differentiable: [] }),
  gateStatistics: ({ random, shape: { H }, sizes, lengths }) => ({
    inputs: [shareOfOne(random, sizes, ['T', 'B', 4 * H]), lengths],
    attributes: { gateCount: 4, blocks: '0,1,3' },
    differentiable: [],
  }),
}

function elementWise(kind: string): Maker {
  return ({ random, shape: { I }, sizes }) => ({
    inputs: [floats(random, sizes, ['T', 'B', I], 6)],
    attributes: { kind },
  })
}

function gate(random: Rng, sizes: Sizes, features: number): CaseInput {
  return { ...shareOfOne(random, sizes, ['T', 'B', features]), differentiable: true }
}

function anySeed(random: Rng, sizes: Sizes): CaseInput {
  return integers(sizes, [2], () => random.integer(0x100000000) - 0x80000000)
}

function threeOf(random: Rng, sizes: Sizes, dims: readonly Dim[]): CaseInput[] {
  return [0, 1, 2].map(() => floats(random, sizes, dims, 2))
}
