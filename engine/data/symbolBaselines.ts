import { assertNever } from '../base/invariant'
import { countOfTarget, EVERY_TARGET, type TargetCounting } from '../base/targetCounting'
import { type Baseline, type ExampleSet, type PreparedData, SPLITS, type Split } from './prepared'

type Splits = Record<Split, ExampleSet>

/** How a baseline is measured, so that its loss can be told by the loss of any output. */
export interface ClassMeasure {
  counting: Omit<TargetCounting, 'weight'>
  /** Share of each target that is spread over all classes. */
  labelSmoothing: number
}

const PLAIN: ClassMeasure = { counting: EVERY_TARGET, labelSmoothing: 0 }

/** The baselines of data whose targets are classes, measured in another way; null for numbers. */
export function classBaselines({ summary, splits }: Pick<PreparedData, 'summary' | 'splits'>, how: ClassMeasure) {
  const { target, input } = summary
  switch (target.kind) {
    case 'numbers':
      return null
    case 'class':
      return [majorityBaseline(splits, target.classes, how)]
    case 'symbol':
      return nextSymbolBaselines(splits, target.vocabulary, target.unit, how)
    case 'tag':
      return tagBaselines(splits, input.kind === 'tokens' ? input.vocabulary : 1, target.tags, how)
    case 'sequence':
      return sequenceBaselines(splits, summary.maximumSteps, target.vocabulary, how)
    default:
      return assertNever(target)
  }
}

/**
 * Guessing the next symbol from how often each occurs, and from how often each follows the one before, counted on the training part
 * with one added to every count, so that what never occurred keeps a finite loss. Loss: cross-entropy in nats for each symbol.
 */
export function nextSymbolBaselines(
  splits: Splits,
  vocabulary: number,
  unit: 'letter' | 'word',
  how = PLAIN,
): Baseline[] {
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
    measure('guessing by frequency', splits, () => single, how),
    measure(`guessing by the ${unit} before`, splits, (before) => pairs.get(before) ?? none, how),
  ]
}

/** Always the label that is most frequent in training; its loss is that of saying how frequent each label is. */
export function majorityBaseline(splits: Splits, classes: readonly string[], how = PLAIN): Baseline {
  const counts = new Counts(classes.length)
  for (const target of splits.training.targetTokens ?? []) counts.add(target)
  // A label that training lacks would cost infinitely much; only then is one added to each count.
  const smoothing = counts.seen === classes.length ? 0 : 1
  return measure(`always “${classes[counts.most] ?? ''}”`, splits, () => counts, how, smoothing)
}

/**
 * Always the tag that is most frequent in training, and for each word the tag that it has most often there (rare words share one
 * count). Losses are those of saying how frequent each tag is, with one added to every count.
 */
export function tagBaselines(splits: Splits, vocabulary: number, tags: readonly string[], how = PLAIN): Baseline[] {
  const all = new Counts(tags.length)
  const ofWord = Array.from({ length: vocabulary }, () => new Counts(tags.length))
  splits.training.targetTokens?.forEach((tag, place) => {
    if (tag < 0) return
    all.add(tag)
    ofWord[splits.training.tokens?.[place] ?? 0]?.add(tag)
  })
  return [
    measure(`always “${tags[all.most] ?? ''}”`, splits, () => all, how),
    measure(
      'the most frequent tag of each word',
      splits,
      (word) => {
        const counts = ofWord[word]
        // Training may have no rare word at all.
        return counts && counts.seen > 0 ? counts : all
      },
      how,
    ),
  ]
}

/**
 * Two guesses at a sequence that need no learning: the symbol that is most frequent at each place of an answer, and the one that most
 * often stands at a place whose input has this symbol (inputs that are over count as one more). Losses with one added to every count.
 */
export function sequenceBaselines(splits: Splits, steps: number, vocabulary: number, how = PLAIN): Baseline[] {
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
    measure('the usual symbol of each place', splits, (_, place) => atPlace[place % steps] ?? none, how),
    measure(
      'symbol for symbol',
      splits,
      (before, place, set) => {
        const isOver = place % steps >= (set.lengths[Math.floor(place / steps)] ?? 0)
        return ofSymbol.get(isOver ? OVER : before) ?? none
      },
      how,
    ),
  ]
}

/** Stands for the input's symbol where the input is over. */
const OVER = -1

/** How often each of `size` symbols occurred; rare ones take no memory. */
class Counts {
  /** The most frequent symbol, the smallest of equals; 0 when there is none. */
  most = 0
  readonly size: number
  readonly #counts = new Map<number, number>()
  #total = 0

  constructor(size: number) {
    this.size = size
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

  /** Σ over all symbols of weight × −log share. */
  spreadCost(smoothing: number, weights: readonly number[] | null): number {
    let cost = 0
    let unseen = weights?.reduce((sum, weight) => sum + weight, 0) ?? this.size
    for (const symbol of this.#counts.keys()) {
      const weight = weights?.[symbol] ?? 1
      unseen -= weight
      cost -= weight * Math.log(this.share(symbol, smoothing))
    }
    return unseen <= 0 ? cost : cost - unseen * Math.log(smoothing / (this.#total + smoothing * this.size))
  }

  share(symbol: number, smoothing: number): number {
    return ((this.#counts.get(symbol) ?? 0) + smoothing) / (this.#total + smoothing * this.size)
  }
}

/** What to guess from: the input's symbol at this place of `targetTokens`. */
type Guess = (before: number, place: number, set: ExampleSet) => Counts

/** @param given the frequencies that a guess rests on */
function measure(
  name: string,
  splits: Splits,
  given: Guess,
  { counting, labelSmoothing }: ClassMeasure,
  smoothing = 1,
): Baseline {
  const loss: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const metric: Record<Split, number> = { training: 0, validation: 0, test: 0 }
  const { classWeights } = counting
  const spread = new Map<Counts, number>()
  const spreadCost = (counts: Counts): number => {
    if (labelSmoothing === 0) return 0
    const known = spread.get(counts) ?? (labelSmoothing / counts.size) * counts.spreadCost(smoothing, classWeights)
    spread.set(counts, known)
    return known
  }
  for (const split of SPLITS) {
    const { tokens, targetTokens } = splits[split]
    let weights = 0
    let right = 0
    let counted = 0
    targetTokens?.forEach((target, place) => {
      const weight = countOfTarget({ ...counting, weight: 1 }, target)
      if (weight === 0) return
      const counts = given(tokens?.[place] ?? 0, place, splits[split])
      weights += weight
      counted++
      loss[split] -= (1 - labelSmoothing) * weight * Math.log(counts.share(target, smoothing)) - spreadCost(counts)
      right += counts.most === target ? 1 : 0
    })
    if (counted === 0) continue
    loss[split] /= weights
    metric[split] = right / counted
  }
  return { name, loss, metric }
}
