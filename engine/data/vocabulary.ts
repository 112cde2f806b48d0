import { bad, type Checked, good } from '../document/diagnostic'

/** Stands for every symbol that is too rare or never seen in training. */
export const UNKNOWN_SYMBOL = '\ufffd'
export const UNKNOWN_TOKEN = 0
const MAX_VOCABULARY = 100_000

export interface Vocabulary {
  /** Symbol of each token; token 0 is UNKNOWN_SYMBOL, then by falling count in the training part, then by code unit. */
  symbols: string[]
  /** Token of each symbol that was read; 0 when it is not in the vocabulary. */
  tokenOf: Int32Array
}

/**
 * Keeps the symbols that the training part has at least `minimumCount` times.
 *
 * @param read every symbol that was read, by its id
 * @param counts how often each id stands in the training part
 */
export function makeVocabulary(
  read: readonly string[],
  counts: Uint32Array,
  minimumCount: number,
): Checked<Vocabulary> {
  const kept = read
    .map((symbol, id) => ({ symbol, id, count: counts[id] ?? 0 }))
    .filter(({ symbol, count }) => count >= minimumCount && symbol !== UNKNOWN_SYMBOL)
    .sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1))
  if (kept.length === 0) {
    return bad({
      code: 'data.vocabulary',
      severity: 'error',
      message: `No symbol occurs ${minimumCount} times in the training part. Lower the minimum count, or use more text.`,
      place: { kind: 'data', field: 'minimumCount' },
    })
  }
  if (kept.length >= MAX_VOCABULARY) {
    return bad({
      code: 'data.vocabulary',
      severity: 'error',
      message: `The text has ${kept.length} different symbols, more than the ${MAX_VOCABULARY} that a model can tell apart here. Raise the minimum count.`,
      place: { kind: 'data', field: 'minimumCount' },
    })
  }
  const tokenOf = new Int32Array(read.length)
  kept.forEach(({ id }, index) => {
    tokenOf[id] = index + 1
  })
  return good({ symbols: [UNKNOWN_SYMBOL, ...kept.map(({ symbol }) => symbol)], tokenOf })
}
