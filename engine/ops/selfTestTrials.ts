import type { Attributes, Dim } from '../ir/program'

/** Time steps, unless a trial says otherwise, and rows. */
export const T = 6
export const B = 5

/** One call of an op. */
export interface Trial {
  op: string
  /** Shapes of the inputs; 'lengths', 'classes' and 'seed' are i32. */
  inputs: readonly (readonly Dim[] | 'lengths' | 'classes' | 'seed' | null)[]
  attributes: Attributes
  /** Time steps; T when absent. Lengths and classes are drawn between 1 and this. */
  steps?: number
}

/** Sizes that leave rests everywhere: rows, columns and inner dimensions that are no whole vectors, panels or blocks. */
export const trials: readonly Trial[] = [
  { op: 'linear', inputs: [[T, B, 37], [43, 37], [43]], attributes: {} },
  { op: 'linear', inputs: [[64, 64], [64, 64], null], attributes: {} },
  {
    op: 'linearInputGradient',
    inputs: [
      [B, 43],
      [43, 37],
    ],
    attributes: {},
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [300, 18],
      [300, 21],
    ],
    attributes: { bias: true },
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [260, 37],
      [260, 48],
    ],
    attributes: { bias: true },
  },
  {
    op: 'linearWeightGradient',
    inputs: [
      [40, 37],
      [40, 530],
    ],
    attributes: { bias: false },
  },
  { op: 'activation', inputs: [[T, B, 7]], attributes: { kind: 'tanh' } },
  { op: 'activation', inputs: [[T, B, 7]], attributes: { kind: 'sigmoid' } },
  { op: 'gelu', inputs: [[T, B, 7]], attributes: {} },
  {
    op: 'geluGradient',
    inputs: [
      [T, B, 7],
      [T, B, 7],
    ],
    attributes: {},
  },
  { op: 'layerNorm', inputs: [[T, B, 7], [7], [7]], attributes: {} },
  { op: 'layerNormGradient', inputs: [[T, B, 7], [7], [T, B, 2], [T, B, 7]], attributes: {} },
  { op: 'attention', inputs: [[T, B, 30], null, null, 'lengths'], attributes: { heads: 2, causal: true } },
  { op: 'attention', inputs: [[T, B, 10], [T, B, 10], [T, B, 10], 'lengths'], attributes: { heads: 2, causal: false } },
  {
    op: 'attentionGradient',
    inputs: [[T, B, 30], null, null, 'lengths', [B, 2, T, T], [T, B, 10]],
    attributes: { heads: 2, causal: false },
  },
  {
    op: 'attention',
    inputs: [[T, B, 30], null, null, 'lengths', 'seed'],
    attributes: { heads: 2, causal: true, rate: 0.3, stream: 1 },
  },
  {
    op: 'attentionGradient',
    inputs: [[T, B, 30], null, null, 'lengths', [B, 2, T, T], [T, B, 10], 'seed'],
    attributes: { heads: 2, causal: false, rate: 0.3, stream: 1 },
  },
  { op: 'attentionPool', inputs: [[T, B, 7], [T, B, 1], 'lengths'], attributes: {} },
  { op: 'attentionPoolGradient', inputs: [[T, B, 7], [T, B, 1], 'lengths', [B, 7]], attributes: {} },
  { op: 'crossEntropy', inputs: [[T, B, 11], 'classes', [1]], attributes: {} },
  { op: 'crossEntropy', inputs: [[T, B, 11], 'classes', [1], [11]], attributes: { labelSmoothing: 0.1, ignored: 2 } },
  { op: 'huber', inputs: [[B, 7], [B, 7], [1]], attributes: {} },
  { op: 'causalWindow', inputs: [[T, B, 5], 'lengths'], attributes: { size: 3, dilation: 2 } },
  {
    op: 'rotary',
    inputs: [
      [T, B, 15],
      [T, 6],
    ],
    attributes: { columns: 12, back: false },
  },
  {
    op: 'additiveAttention',
    inputs: [[T, B, 7], [T, B, 7], [1, 7], [T, B, 5], 'lengths'],
    attributes: { causal: true },
  },
  ...recurrent('rnn', 1, [], { nonlinearity: 'tanh' }),
  ...recurrent('lstm', 4, [4, 1], {}),
  ...recurrent('gru', 3, [3, 1], {}),
  { op: 'gatedRecurrence', inputs: [[T, B, 7], [T, B, 7], 'lengths', [B, 7]], attributes: { finalState: true } },
  {
    op: 'gatedRecurrenceGradient',
    inputs: [[T, B, 7], [T, B, 7], 'lengths', [T, B, 7], [T, B, 7], [B, 7], [B, 7]],
    attributes: { stateGradient: true },
  },
  { op: 'complexRecurrence', inputs: [[T, B, 14], [3, 7], 'lengths', [B, 14]], attributes: { finalState: true } },
  {
    op: 'complexRecurrenceGradient',
    inputs: [[T, B, 14], [3, 7], 'lengths', [T, B, 14], [T, B, 14], [B, 14], [B, 14]],
    attributes: { stateGradient: true },
  },
  ...scanned(),
  ...recurrent('rnn', 1, [], { nonlinearity: 'relu' }, ['state']),
  ...recurrent('lstm', 4, [4, 1], { peepholes: true }, ['state', 'state', 'unit', 'unit', 'unit']),
  ...recurrent('coupledLstm', 3, [3, 1], { peepholes: true }, ['state', 'state', 'unit', 'unit']),
  ...recurrent('gru', 3, [3, 1], { reset: 'before' }, ['state']),
  ...optionTrials(),
]

/** The lstm with every option; without states and peepholes, which others try. */
function optionTrials(): Trial[] {
  const [I, H, P] = [9, 10, 7]
  const wide = 4 * H
  const x = [T, B, I]
  const weights = [
    [wide, I],
    [wide, P],
  ]
  const absent = [null, null, null, null, null]
  const options = [[B, P], [wide], [wide], [P, H]]
  const kept = [
    [T, B, P],
    [T, B, 2 * wide],
    [T, B, 2],
    [T, B, H],
  ]
  const steps = [
    [T, B, P],
    [T, B, wide],
    [T, B, H],
    [T, B, P],
  ]
  const attributes = { masked: true, normalised: true, projection: true }
  return [
    { op: 'lstm', inputs: [x, ...weights, [wide], [wide], 'lengths', ...absent, ...options], attributes },
    {
      op: 'lstmGradient',
      inputs: [x, ...weights, 'lengths', ...steps, ...absent, null, null, ...options, ...kept],
      attributes: { ...attributes, inputGradient: true, weightGradient: true },
    },
  ]
}

/** @param optional further inputs: states [B, H], which then go out too, and diagonal weights [H] */
function recurrent(
  op: string,
  gates: number,
  kept: readonly number[],
  attributes: Attributes,
  optional: readonly ('state' | 'unit')[] = [],
): Trial[] {
  const [I, H] = [9, 22]
  const x = [T, B, I]
  const weights = [
    [gates * H, I],
    [gates * H, H],
  ]
  const steps = [1, ...kept, 1].map((width) => [T, B, width * H])
  const more = optional.map((kind) => (kind === 'state' ? [B, H] : [H]))
  const states = optional.filter((kind) => kind === 'state').map(() => [B, H])
  const shared = { ...attributes, ...(states.length > 0 ? { finalState: true } : {}) }
  return [
    { op, inputs: [x, ...weights, [gates * H], [gates * H], 'lengths', ...more], attributes: shared },
    {
      op: `${op}Gradient`,
      inputs: [x, ...weights, 'lengths', ...steps, ...more, ...states],
      attributes: {
        ...shared,
        inputGradient: true,
        weightGradient: true,
        ...(states.length > 0 ? { stateGradient: true } : {}),
        ...(states.length > 1 ? { memoryGradient: true } : {}),
      },
    },
  ]
}

/** Linear recurrences of few numbers over many steps, which are scanned in chunks of time. */
function scanned(): Trial[] {
  const steps = 210
  const few = [steps, B, 4]
  const pairs = [steps, B, 8]
  return [
    { op: 'gatedRecurrence', inputs: [[steps, B, 1], [steps, B, 1], 'lengths'], attributes: {}, steps },
    { op: 'gatedRecurrence', inputs: [few, few, 'lengths'], attributes: {}, steps },
    { op: 'gatedRecurrenceGradient', inputs: [few, few, 'lengths', few, few], attributes: {}, steps },
    { op: 'complexRecurrence', inputs: [pairs, [3, 4], 'lengths'], attributes: {}, steps },
    { op: 'complexRecurrenceGradient', inputs: [pairs, [3, 4], 'lengths', pairs, pairs], attributes: {}, steps },
  ]
}
