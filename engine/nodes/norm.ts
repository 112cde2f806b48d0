import type { ValueId } from '../ir/program'
import type { LoweringContext } from './defineNode'
import type { SettingsSpec } from './settings'

/**
 * Emits PyTorch's LayerNorm over the last axis with its weights `<prefix>weight` (ones) and `<prefix>bias` (zeros), both [features].
 * @param prefix "norm1." inside a larger node, else ""
 */
export function lowerLayerNorm<S extends SettingsSpec>(
  context: Pick<LoweringContext<S>, 'builder' | 'parameter'>,
  x: ValueId,
  features: number,
  prefix: string,
  name: string,
): ValueId {
  const weight = context.parameter(`${prefix}weight`, [features], { kind: 'constant', value: 1 })
  const bias = context.parameter(`${prefix}bias`, [features], { kind: 'zeros' })
  return context.builder.emit('layerNorm', [x, weight, bias], {}, [name, `${name}.statistics`])[0]
}
