import { invariant } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import type { PortShape, PortSpec } from '../nodes/defineNode'
import { formatCount, givesPhrase, needsPhrase, plural } from '../nodes/words'

/** Why a shape does not fit an input: another kind of thing, or another number of features. */
export type Misfit = 'kind' | 'features'

export function misfitOf(spec: PortSpec, shape: PortShape): Misfit | null {
  if (!spec.kinds.includes(shape.kind)) return 'kind'
  const wrongWidth = spec.features && shape.kind !== 'tokens' && shape.features !== spec.features.count
  return wrongWidth ? 'features' : null
}

/**
 * "Classify needs one vector per example, but LSTM gives a sequence of 24 steps." Titles as the user sees them.
 */
export function misfitSentence(
  to: { title: string; spec: PortSpec },
  from: { title: string; shape: PortShape },
  data: Pick<DataSummary, 'maximumSteps' | 'variableLength' | 'stepWord'>,
): string {
  if (misfitOf(to.spec, from.shape) === 'kind') {
    return `${to.title} needs ${needsPhrase(to.spec.kinds)}, but ${from.title} gives ${givesPhrase(from.shape, data)}.`
  }
  const { features } = to.spec
  invariant(features && from.shape.kind !== 'tokens', 'a misfit in width needs widths')
  const each = from.shape.kind === 'sequence' ? ' at each step' : ''
  const needed = `${plural(features.count, 'number')}${each} (${features.meaning})`
  return `${to.title} needs ${needed}, but ${from.title} gives ${formatCount(from.shape.features)}.`
}
