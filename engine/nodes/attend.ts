import { present } from '../base/invariant'
import type { Builder } from '../ir/builder'
import type { ValueId } from '../ir/program'
import type { LoweringContext, ShapeContext } from './defineNode'
import type { FractionSetting, IntegerSetting, SettingsSpec, SwitchSetting } from './settings'
import { formatCount, plural } from './words'

/** What nodes with attention share: heads, the choice to look back only, weights. */

export const headsSetting = {
  kind: 'integer',
  label: 'Heads',
  help: 'How many looks it takes at once, each with its share of the numbers. Several can follow several things; the width must divide by them.',
  minimum: 1,
  maximum: 64,
  default: 4,
} as const satisfies IntegerSetting

export const causalSetting = {
  kind: 'switch',
  label: 'Look back only',
  help: 'Each step sees itself and the steps before, never those after. Needed to foretell the next letter or word; otherwise looking both ways is better.',
  default: false,
} as const satisfies SwitchSetting

export const rotarySetting = {
  kind: 'switch',
  label: 'Marks places by turning',
  help: 'Turns what the steps ask and offer by an angle that grows from step to step, so that the fit of two steps depends on how far apart they stand. Then no Positional encoding is needed before it.',
  default: false,
} as const satisfies SwitchSetting

export const lookDropoutSetting = {
  kind: 'fraction',
  label: 'Share of looks hidden',
  help: 'How many of its looks at other steps are hidden at each training step, so that it learns not to count on a single one.',
  unit: '%',
  maximum: 0.9,
  default: 0,
} as const satisfies FractionSetting

/** How attention looks; `dropout` is the share of its weights that is dropped while training. */
export interface Looking {
  heads: number
  causal: boolean
  rotary?: boolean
  dropout: number
}

type Attending<S extends SettingsSpec> = Pick<
  LoweringContext<S>,
  'builder' | 'parameter' | 'probe' | 'lengths' | 'mode' | 'feed'
>

/** Emits the op and shows its weights; `operands`: queries, keys and values, or one tensor of all three and two nulls. */
function emitAttention<S extends SettingsSpec>(
  context: Attending<S>,
  operands: readonly (ValueId | null)[],
  { heads, causal, dropout }: Looking,
): ValueId {
  const { builder, lengths, mode, feed } = context
  const drops = mode === 'train' && dropout > 0
  const inputs = [...operands, lengths, ...(drops ? [feed.randomSeed()] : [])]
  const attributes = { heads, causal, ...(drops ? { rate: dropout, stream: builder.stream() } : {}) }
  const [attended, looks] = builder.emit('attention', inputs, attributes, ['attended', 'attention'])
  watchLooks(context, looks)
  return attended
}

type Asking = Pick<ShapeContext<SettingsSpec>, 'node' | 'model' | 'title' | 'data' | 'problem'>

/** Tells of heads that the width does not divide by, and of looking ahead at what is to be foretold; true when all is well. */
export function checkAttention(
  { node, model, title, data, problem }: Asking,
  features: number,
  { heads, causal, rotary = false }: Omit<Looking, 'dropout'>,
): boolean {
  const set = (setting: string, value: number | boolean) => [
    { kind: 'setSetting' as const, model, node, setting, value },
  ]
  if (features % heads !== 0) {
    const fitting = largestDivisor(features, heads)
    problem({
      code: 'attention.heads',
      message: `${title}: ${plural(features, 'number')} at each step cannot be shared out evenly among ${plural(heads, 'head')}. Use ${plural(fitting, 'head')}, or another width before it.`,
      setting: 'heads',
      fix: { label: `Set Heads to ${formatCount(fitting)}`, edits: set('heads', fitting) },
    })
    return false
  }
  if (rotary && (features / heads) % 2 !== 0) {
    problem({
      code: 'attention.rotary',
      message: `${title}: places are marked by turning pairs of numbers, but each head has ${plural(features / heads, 'number')}, which do not fall into pairs. Use another width or number of heads, or turn off “${rotarySetting.label}”.`,
      setting: 'rotary',
      fix: { label: `Turn off ${rotarySetting.label}`, edits: set('rotary', false) },
    })
    return false
  }
  if (data.target.kind === 'symbol' && !causal) {
    problem({
      code: 'attention.seesAhead',
      message: `${title} looks ahead, so it can read off the next ${data.target.unit} instead of learning to foretell it. Turn on “Look back only”.`,
      setting: 'causal',
      fix: { label: 'Turn on Look back only', edits: set('causal', true) },
    })
    return false
  }
  return true
}

function largestDivisor(number: number, limit: number): number {
  for (let divisor = Math.min(number, limit); divisor > 1; divisor--) if (number % divisor === 0) return divisor
  return 1
}

/**
 * Emits multi-head self-attention with the weights of PyTorch's MultiheadAttention, `<prefix>in_proj_weight` [3E, E],
 * `<prefix>in_proj_bias` [3E], `<prefix>out_proj.weight` [E, E], `<prefix>out_proj.bias` [E]. Returns the value [T, B, E].
 */
export function lowerSelfAttention<S extends SettingsSpec>(
  context: Attending<S>,
  x: ValueId,
  features: number,
  looking: Looking,
  prefix: string,
  name: string,
): ValueId {
  const { builder, parameter } = context
  const inWeight = parameter(`${prefix}in_proj_weight`, [3 * features, features], { kind: 'glorotUniform' })
  const inBias = parameter(`${prefix}in_proj_bias`, [3 * features], { kind: 'zeros' })
  const outWeight = parameter(`${prefix}out_proj.weight`, [features, features], { kind: 'glorotUniform' })
  const outBias = parameter(`${prefix}out_proj.bias`, [features], { kind: 'zeros' })
  const [projected] = builder.emit('linear', [x, inWeight, inBias], {}, ['queriesKeysValues'])
  const turned = looking.rotary ? turn(builder, projected, features, looking.heads) : projected
  const attended = emitAttention(context, [turned, null, null], looking)
  return builder.emit('linear', [attended, outWeight, outBias], {}, [name])[0]
}

/** Lets telemetry see the weights [B, N, T, T] of an attention op: where the steps of one example look. */
export function watchLooks<S extends SettingsSpec>(
  { builder, probe, lengths }: Pick<LoweringContext<S>, 'builder' | 'probe' | 'lengths'>,
  weights: ValueId | undefined,
): void {
  const seen = present(weights, 'attention gives its weights')
  probe('attention', [], builder.emitProbe('attentionSample', [seen, lengths], {}, ['looks'])[0])
}

/** Turns questions and answers, the first two thirds of [T, B, 3E], by their place. */
function turn(builder: Builder, projected: ValueId, features: number, heads: number): ValueId {
  const [waves] = builder.emit('sinusoid', [], { features: features / heads }, ['waves'])
  return builder.emit('rotary', [projected, waves], { columns: 2 * features, back: false }, ['turned'])[0]
}

/**
 * Emits attention of one sequence [T, B, E] to another [T, B, M] with PyTorch's weights for `kdim` = `vdim` = M: `q_proj_weight` [E, E],
 * `k_proj_weight` and `v_proj_weight` [E, M], `in_proj_bias` [3E], `out_proj.weight` [E, E], `out_proj.bias` [E]; these names also where
 * M = E, when PyTorch lays the first three together. Returns the value [T, B, E].
 */
export function lowerCrossAttention<S extends SettingsSpec>(
  context: Attending<S>,
  values: { asking: ValueId; memory: ValueId },
  widths: { asking: number; memory: number },
  looking: Looking,
  name: string,
): ValueId {
  const { builder, parameter } = context
  const features = widths.asking
  const sides = [
    { letter: 'q', from: values.asking, width: features },
    { letter: 'k', from: values.memory, width: widths.memory },
    { letter: 'v', from: values.memory, width: widths.memory },
  ]
  const weights = sides.map(({ letter, width }) =>
    parameter(`${letter}_proj_weight`, [features, width], { kind: 'glorotUniform' }),
  )
  const inBias = parameter('in_proj_bias', [3 * features], { kind: 'zeros' })
  const outWeight = parameter('out_proj.weight', [features, features], { kind: 'glorotUniform' })
  const outBias = parameter('out_proj.bias', [features], { kind: 'zeros' })
  const projected = sides.map(({ letter, from }, side) => {
    const range = { first: side * features, count: features }
    const [bias] = builder.emit('slice', [inBias], range, [`${letter}.bias`])
    return builder.emit('linear', [from, weights[side] ?? null, bias], {}, [letter])[0]
  })
  const attended = emitAttention(context, projected, looking)
  return builder.emit('linear', [attended, outWeight, outBias], {}, [name])[0]
}
