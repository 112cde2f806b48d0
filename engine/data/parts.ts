import type { DataDefinition } from '../document/dataSchema'
import { bad, type Checked, good } from '../document/diagnostic'
import { SPLITS, type Split } from './prepared'

/** First index of each part and the end of the last: [0, validation starts, test starts, n]. */
export type Borders = readonly [number, number, number, number]

/** Cuts `n` things in order; the test part is what is left. */
export function partBorders(n: number, split: DataDefinition['split']): Borders {
  const training = Math.min(n, Math.round(n * split.training))
  return [0, training, Math.max(training, Math.min(n, Math.round(n * (split.training + split.validation)))), n]
}

/**
 * Training, choosing the best epoch and an honest last word each need examples, so an empty part is a mistake; `advice` says what
 * to do about it.
 */
export function checkParts(counts: Record<Split, number>, advice: string): Checked<null> {
  const empty = SPLITS.filter((split) => counts[split] === 0)
  if (empty.length === 0) return good(null)
  const parts = empty.join(' and the ')
  return bad({
    code: 'data.short',
    severity: 'error',
    message: `The ${parts} part${empty.length > 1 ? 's have' : ' has'} no example. ${advice}`,
    place: { kind: 'data', field: 'split' },
  })
}

/** Numbers that the examples of one data set may hold in all: 1 GB as float32. */
const MAX_ELEMENTS = 2 ** 28

/** Refuses data whose examples would not fit into memory. */
export function checkSize(examples: number, steps: number, features: number): Checked<null> {
  const elements = examples * steps * features
  if (elements <= MAX_ELEMENTS) return good(null)
  return bad({
    code: 'data.size',
    severity: 'error',
    message: `These data would need ${(elements * 4e-9).toFixed(1)} GB of memory as examples. Take a shorter window, a larger step between examples, or fewer columns.`,
    place: { kind: 'data' },
  })
}
