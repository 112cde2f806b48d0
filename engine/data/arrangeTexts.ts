import { present } from '../base/invariant'
import { rng } from '../base/rng'
import type { DataDefinition } from '../document/dataSchema'
import { type Checked, good } from '../document/diagnostic'
import { countOf } from './describeData'
import { type Borders, checkParts, checkSize, partBorders } from './parts'
import type { Split } from './prepared'
import { DATA_SEED } from './unfinished'
import { makeVocabulary, type Vocabulary } from './vocabulary'

/** The texts of a table in the order in which they are used. */
export interface ArrangedTexts<T> {
  texts: readonly T[]
  borders: Borders
  counts: Record<Split, number>
  /** Symbols of the longest text. */
  steps: number
  /** Of the training part. */
  vocabulary: Vocabulary
}

/**
 * Shuffles texts with the data's own seed, cuts them into parts and makes the vocabulary of the training part. Diagnostics: an empty
 * part, more than memory should hold, a vocabulary that is too large.
 *
 * @param symbolsOf numbers of a text's symbols; `symbols` says what each number stands for
 * @param tensors how many numbers each symbol of a text takes among the examples
 */
export function arrangeTexts<T>(
  read: readonly T[],
  symbolsOf: (text: T) => Uint32Array,
  symbols: readonly string[],
  options: { file: string; split: DataDefinition['split']; minimumCount: number; tensors: number },
): Checked<ArrangedTexts<T>> {
  const order = rng(DATA_SEED).split('rows').permutation(read.length)
  const texts = Array.from(order, (index) => present(read[index], 'an order of the texts that there are'))
  const borders = partBorders(texts.length, options.split)
  const counts = { training: borders[1], validation: borders[2] - borders[1], test: borders[3] - borders[2] }
  const has = `“${options.file}” has ${countOf(texts.length, 'text')}.`
  const parts = checkParts(counts, `${has} Use more, or give that part a larger share.`)
  if (!parts.ok) return parts
  const steps = texts.reduce((longest, text) => Math.max(longest, symbolsOf(text).length), 1)
  const size = checkSize(texts.length, steps, options.tensors)
  if (!size.ok) return size
  const occurrences = new Uint32Array(symbols.length)
  for (const text of texts.slice(0, borders[1])) {
    for (const symbol of symbolsOf(text)) occurrences[symbol] = (occurrences[symbol] ?? 0) + 1
  }
  const vocabulary = makeVocabulary(symbols, occurrences, options.minimumCount)
  if (!vocabulary.ok) return vocabulary
  return good({ texts, borders, counts, steps, vocabulary: vocabulary.value })
}
