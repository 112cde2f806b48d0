import { type Baseline, type ExampleSet, SPLITS, type Split } from './prepared'

type Splits = Record<Split, ExampleSet>

/**
 * Guessing the next symbol from how often each occurs, and from how often each follows the one before, counted on the training part
 * with one added to every count, so that what never occurred keeps a finite loss. Loss: cross-entropy in nats for each symbol.
 */
export function nextSymbolBaselines(splits: Splits, vocabulary: number, unit: 'letter' | 'word'): Baseline[] {
  const { tokens, targetTokens } = splits.training
  const single = new Counts(vocabulary)
  const pairs = new Map<number, Counts>()
  targetTokens?.forEach((target, place) => {
    single.add(target)
    const before = tokens?.[place] ?? 0
    const known = pairs.get(before)
    const counts = known ?? new Counts(vocabulary)
    if (known === undefined) pairs.set(before, counts)
    counts.add(target)
  })
  const none = new Counts(vocabulary)
  return [
    measure('guessing by frequency', splits, () => single),
    measure(`guessing by the ${unit} before`, splits, (before) => pairs.get(before) ?? none),
  ]
}

/** Always the label that is most frequent in training; its loss is that of saying how frequent each label is. */
export function majorityBaseline(splits: Splits, classes: readonly string[]): Baseline {
  const counts = new Counts(classes.length)
  for (const target of splits.training.targetTokens ?? []) counts.add(target)
  // A label that training lacks would cost infinitely much; only then is one added to each count.
  const smoothing = counts.seen === classes.length ? 0 : 1
  return measure(`always “${classes[counts.most] ?? ''}”`, splits, () => counts, smoothing)
}

/**
 * Always the tag that is most frequent in training, and for each word the tag that it has most often there (rare words share one
 * count). Losses are those of saying how frequent each tag is, with one added to every count.
 */
export function tagBaselines(splits: Splits, vocabulary: number, tags: readonly string[]): Baseline[] {
  const all = new Counts(tags.length)
  const ofWord = Array.from({ length: vocabulary }, () => new Counts(tags.length))
  splits.training.targetTokens?.forEach((tag, place) => {
    if (tag < 0) return
    all.add(tag)
    ofWord[splits.training.tokens?.[place] ?? 0]?.add(tag)
  })
  return [
    measure(`always “${tags[all.most] ?? ''}”`, splits, () => all),
    measure('the most frequent tag of each word', splits, (word) => {
      const counts = ofWord[word]
      // Training may have no rare word at all.
      return counts && counts.seen > 0 ? counts : all
    }),
  ]
}

/**
 * Two guesses at a sequence that need no learning: the symbol that is most frequent at each place of an answer, and the one that most
 * often stands at a place whose input has this symbol (inputs that are over count as one more). Losses with one added to every count.
 */
export function sequenceBaselines(splits: Splits, steps: number, vocabulary: number): Baseline[] {
  const { tokens, targetTokens, lengths } = splits.training
  const atPlace = Array.from({ length: steps }, () => new Counts(vocabulary))
  const ofSymbol = new Map<number, Counts>()
  targetTokens?.forEach((target, place) => {
    if (target < 0) return
    atPlace[place % steps]?.add(target)
    const read = place % steps < (lengths[Math.floor(place / steps)] ?? 0) ? (tokens?.[place] ?? 0) : OVER
    const counts = ofSymbol.get(read) ?? new Counts(vocabulary)
    ofSymbol.set(read, counts)
    counts.add(target)
  })
  const none = new Counts(vocabulary)
  return [
    measure('the usual symbol of each place', splits, (_, place) => atPlace[place % steps] ?? none),
    measure('symbol for symbol', splits, (before, place, set) => {
      const isOver = place % steps >= (set.lengths[Math.floor(place / steps)] ?? 0)
      return ofSymbol.get(isOver ? OVER : before) ?? none
    }),
  ]
}

/** Stands for the input's symbol where the input is over. */
const OVER = -1

/** How often each of `size` symbols occurred; rare ones take no memory. */
class Counts {
  /** The most frequent symbol, the smallest of equals; 0 when there is none. */
  most = 0
  readonly #size: number
  readonly #counts = new Map<number, number>()
  #total = 0

  constructor(size: number) {
    this.#size = size
  }

  /** Different symbols that occurred. */
  get seen(): number {
    return this.#counts.size
  }

  add(symbol: number): void {
    const count = (this.#counts.get(symbol) ?? 0) + 1
    this.#counts.set(symbol, count)
    this.#total++
    const best = this.#counts.get(this.most) ?? 0
    if (count > best || (count === best && symbol < this.most)) this.most = symbol
  }

  share(symbol: number, smoothing: number): number {
    return ((this.#counts.get(symbol) ?? 0) + smoothing) / (this.#total + smoothing * this.#size)
  }
}

/** What to guess from: the input's symbol at this place of `targetTokens`. */
type Guess = (before: number, place: number, set: ExampleSet) => Counts

/** Targets below 0 do not count. */
function measure(name: string, splits: Splits, given: Guess, smoothing = 1): Baseline {
  const loss: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const metric: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  for (const split of SPLITS) {
    const { tokens, targetTokens } = splits[split]
    const total = Math.max(1, targetTokens?.reduce((count, target) => count + (target < 0 ? 0 : 1), 0) ?? 0)
    targetTokens?.forEach((target, place) => {
      if (target < 0) return
      const counts = given(tokens?.[place] ?? 0, place, splits[split])
      loss[split] -= Math.log(counts.share(target, smoothing)) / total
      metric[split] += (counts.most === target ? 1 : 0) / total
    })
  }
  return { name, loss, metric }
}
