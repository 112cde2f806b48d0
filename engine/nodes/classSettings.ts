import type { TargetCounting } from '../base/targetCounting'
import type { DataSummary } from '../data/prepared'
import type { Attributes } from '../ir/program'
import type { ShapeContext } from './defineNode'
import { weightSetting } from './heads'
import type { ChoiceSetting, FractionSetting, SettingsSpec, TextSetting } from './settings'

/** What outputs that choose among classes share: how targets count, and how sure the model may become. */

export const smoothingSetting = {
  kind: 'fraction',
  label: 'Label smoothing',
  help: 'Takes a little certainty off every right answer and spreads it over all others, so that the model does not become too sure of itself. 10 % is common.',
  maximum: 0.5,
  default: 0,
} as const satisfies FractionSetting

export const classWeightsSetting = {
  kind: 'choice',
  label: 'Rare classes',
  help: 'Whether a class that is rare in the training part counts as much as a frequent one. It changes what the model learns and the loss, not how right answers are counted.',
  options: [
    { value: 'none', label: 'Count as often as they occur', help: 'Every example counts the same' },
    { value: 'balanced', label: 'Count more', help: 'All classes together count alike, however rare' },
  ],
  default: 'none',
} as const satisfies ChoiceSetting

export const ignoredSetting = {
  kind: 'text',
  label: 'Leave out',
  help: 'The name of one class that neither counts in the loss nor among right answers, such as a tag for “nothing”.',
  maximumLength: 200,
  placeholder: 'all count',
  default: '',
} as const satisfies TextSetting

/** Of outputs whose classes have names. */
export const namedClassSettings = {
  weights: classWeightsSetting,
  smoothing: smoothingSetting,
  ignored: ignoredSetting,
  weight: weightSetting,
} as const

interface NamedClassValues {
  weights: 'none' | 'balanced'
  smoothing: number
  ignored: string
  weight: number
}

/** Tells of a class to leave out that is not there; true when all is well. */
export function checkIgnored(
  { node, model, title, problem }: Pick<ShapeContext<SettingsSpec>, 'node' | 'model' | 'title' | 'problem'>,
  names: readonly string[],
  ignored: string,
  word: string,
): boolean {
  if (ignored === '' || names.includes(ignored)) return true
  const shown = names.slice(0, 8).map((name) => `“${name}”`)
  const rest = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  problem({
    code: 'output.ignored',
    message: `${title}: “${ignoredSetting.label}” names the ${word} “${ignored}”, but the data have ${shown.join(', ')}${rest}. Type one of these, or leave it empty.`,
    setting: 'ignored',
    fix: { label: 'Let all count', edits: [{ kind: 'setSetting', model, node, setting: 'ignored', value: '' }] },
  })
  return false
}

export function countingOfClasses(
  { weights, ignored, weight }: Omit<NamedClassValues, 'smoothing'>,
  names: readonly string[],
  { targetCounts }: Pick<DataSummary, 'targetCounts'>,
): TargetCounting {
  return {
    weight,
    classWeights: weights === 'balanced' ? balancedWeights(names.length, targetCounts ?? []) : null,
    ignored: ignored === '' ? null : names.indexOf(ignored),
  }
}

/**
 * Weight of each class so that all count alike in the training part and the mean over its targets is 1 (scikit-learn's "balanced"); 1 for
 * classes that it lacks, of which nothing can be learned.
 */
export function balancedWeights(classes: number, counts: readonly number[]): number[] {
  const seen = counts.filter((count) => count > 0).length
  const total = counts.reduce((sum, count) => sum + count, 0)
  return Array.from({ length: classes }, (_, index) => {
    const count = counts[index] ?? 0
    return count === 0 ? 1 : Number((total / (seen * count)).toPrecision(7))
  })
}

/** Attributes of the loss; what is not chosen is left out. */
export function classAttributes(smoothing: number, ignored: number | null): Attributes {
  return { ...(smoothing > 0 ? { labelSmoothing: smoothing } : {}), ...(ignored === null ? {} : { ignored }) }
}

/** What is chosen beyond plain counting, for cards: ", rare ones count more". */
export function countingWords({ weights, ignored }: Pick<NamedClassValues, 'weights' | 'ignored'>): string {
  return `${weights === 'balanced' ? ', rare ones count more' : ''}${ignored === '' ? '' : `, without ${ignored}`}`
}
