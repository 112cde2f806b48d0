/** One step of a decoder for several beginnings of answers at once. */
export interface Stepper<Kept> {
  /**
   * Reads one symbol for each beginning and scores what may follow.
   * @param beginnings at most as many as the search is wide; `parent` is the place in the call before whose memory it goes on from (-1: at
   * the start), `token` the symbol that it says next
   * @returns for each: scores of every symbol, and what else is to be kept of the step
   */
  step(beginnings: readonly { parent: number; token: number }[]): readonly { scores: ArrayLike<number>; kept: Kept }[]
}

export interface Answer<Kept> {
  /** Without start and end. */
  tokens: number[]
  /** What was kept of the step that said each token. */
  kept: Kept[]
  /** Natural logarithm of its probability, the end symbol included. */
  logProbability: number
  /** Did it come to an end by itself? */
  complete: boolean
}

export interface SearchOptions {
  /** Beginnings that are followed at once; 1 is greedy. */
  width: number
  /** Symbols of an answer at most, the end symbol included. */
  longest: number
  start: number
  end: number
}

interface Beginning<Kept> extends Answer<Kept> {
  /** Its place in the last call of `step`. */
  place: number
  last: number
}

/**
 * Beam search (Sutskever 2014): of all ways to go on from the best beginnings the best are kept, until as many answers as the search is wide
 * have come to an end. Answers are ranked by their log probability divided by ((5 + length) / 6)^0.6 (Wu 2016), or short ones would
 * always win. Equal ones keep the order of beginnings, then of tokens, so that the result is the same on every run.
 *
 * @returns best first, at least one; answers that were cut off at their longest come last
 */
export function beamSearch<Kept>(stepper: Stepper<Kept>, options: SearchOptions): Answer<Kept>[] {
  const { width, longest, start, end } = options
  let open: Beginning<Kept>[] = [{ tokens: [], kept: [], logProbability: 0, complete: false, place: -1, last: start }]
  const complete: Answer<Kept>[] = []
  for (let length = 1; length <= longest && open.length > 0 && complete.length < width; length++) {
    const results = stepper.step(open.map(({ place, last }) => ({ parent: place, token: last })))
    const ways = open.flatMap((beginning, place) => {
      const scores = logSoftmax(results[place]?.scores ?? [])
      // Nothing is said before it begins.
      return [...scores.entries()].flatMap(([token, score]) =>
        token === start ? [] : [{ beginning, place, token, logProbability: beginning.logProbability + score }],
      )
    })
    // Sorting keeps the order of equal ones.
    ways.sort((a, b) => b.logProbability - a.logProbability)
    open = []
    for (const { beginning, place, token, logProbability } of ways.slice(0, width)) {
      const kept = results[place]?.kept
      if (token === end) {
        const { tokens, kept: before } = beginning
        complete.push({ tokens, kept: before, logProbability, complete: true })
      } else {
        const grown = kept === undefined ? beginning.kept : [...beginning.kept, kept]
        const tokens = [...beginning.tokens, token]
        open.push({ tokens, kept: grown, logProbability, complete: false, place, last: token })
      }
    }
  }
  const cutOff = open.map(({ tokens, kept, logProbability }) => ({ tokens, kept, logProbability, complete: false }))
  const ranked = (answers: readonly Answer<Kept>[]) => answers.toSorted((a, b) => rank(b) - rank(a))
  return [...ranked(complete), ...ranked(cutOff)].slice(0, width)
}

function rank({ tokens, logProbability, complete }: Answer<unknown>): number {
  const length = tokens.length + (complete ? 1 : 0)
  return logProbability / ((5 + length) / 6) ** 0.6
}

function logSoftmax(scores: ArrayLike<number>): number[] {
  const values = Array.from(scores)
  const most = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
  const sum = Math.log(values.reduce((total, value) => total + Math.exp(value - most), 0)) + most
  return values.map((value) => value - sum)
}
