import type { ValueId } from '../ir/program'
import { watchLooks } from './attend'
import type { LoweringContext } from './defineNode'
import type { IntegerSetting, SettingsSpec } from './settings'

/** Ways to score how well two steps fit, beside the scaled dot product of several heads: one look at a memory as it is. */

export const markingSize = {
  kind: 'integer',
  label: 'Marking width',
  help: 'How many numbers it weighs up to mark one step. More can tell finer differences.',
  minimum: 1,
  maximum: 1024,
  default: 32,
} as const satisfies IntegerSetting

type Lowering<S extends SettingsSpec> = Pick<LoweringContext<S>, 'builder' | 'parameter' | 'probe' | 'lengths'>

interface Sides<V> {
  asking: V
  memory: V
}

/**
 * Score q · k, or q · W · k with `weight` [M, E] (Luong et al. 2015, dot and general). The blend of the memory [T, B, M] that each step
 * takes.
 */
export function lowerLikeness<S extends SettingsSpec>(
  context: Lowering<S>,
  values: Sides<ValueId>,
  widths: Sides<number>,
  { learned, causal }: { learned: boolean; causal: boolean },
  name: string,
): ValueId {
  const { builder, parameter, lengths } = context
  const { memory } = values
  const asked = learned
    ? builder.emit(
        'linear',
        [values.asking, parameter('weight', [widths.memory, widths.asking], { kind: 'glorotUniform' }), null],
        {},
        ['asked'],
      )[0]
    : values.asking
  // The attention op divides its scores by the square root of the width.
  const [loud] = builder.emit('scale', [asked], { factor: Math.sqrt(widths.memory) }, ['loud'])
  const inputs = [loud, memory, memory, lengths]
  const [out, looks] = builder.emit('attention', inputs, { heads: 1, causal }, [name, 'attention'])
  watchLooks(context, looks)
  return out
}

/**
 * Score `score.weight` [1, A] · tanh(`query.weight` [A, E] · q + `query.bias` [A] + `key.weight` [A, M] · k) (Bahdanau et al. 2015). The
 * blend of the memory [T, B, M] that each step takes.
 */
export function lowerAdditive<S extends SettingsSpec>(
  context: Lowering<S>,
  { asking, memory }: Sides<ValueId>,
  widths: Sides<number>,
  { size, causal }: { size: number; causal: boolean },
  name: string,
): ValueId {
  const { builder, parameter, lengths } = context
  const queryWeight = parameter('query.weight', [size, widths.asking], { kind: 'glorotUniform' })
  const queryBias = parameter('query.bias', [size], { kind: 'zeros' })
  const keyWeight = parameter('key.weight', [size, widths.memory], { kind: 'glorotUniform' })
  const mark = parameter('score.weight', [1, size], { kind: 'glorotUniform' })
  const [queries] = builder.emit('linear', [asking, queryWeight, queryBias], {}, ['queries'])
  const [keys] = builder.emit('linear', [memory, keyWeight, null], {}, ['keys'])
  const names = [name, 'attention']
  const [out, looks] = builder.emit('additiveAttention', [queries, keys, mark, memory, lengths], { causal }, names)
  watchLooks(context, looks)
  return out
}
