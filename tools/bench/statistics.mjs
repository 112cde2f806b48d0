/** @typedef {{ lower: number, median: number, upper: number }} Quartiles */

/**
 * Between the two neighbours in proportion, as NumPy's default (type 7 of Hyndman and Fan 1996).
 *
 * @param {readonly number[]} values at least one
 * @param {number} share 0 … 1
 */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('no values')
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5)
}

/** @param {readonly number[]} values @returns {Quartiles} */
export function quartiles(values) {
  return { lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) }
}

/**
 * How many times as long a peer takes, round by round: what slows the machine down for a while slows both.
 *
 * @param {readonly number[]} peer milliseconds per step in each round
 * @param {readonly number[]} own the same rounds
 */
export function ratio(peer, own) {
  if (peer.length !== own.length) throw new RangeError(`${peer.length} rounds against ${own.length}`)
  return quartiles(peer.map((ms, round) => ms / (own[round] ?? Number.NaN)))
}

/**
 * The setting with the smallest median.
 *
 * @template T
 * @param {readonly T[]} settings
 * @param {(setting: T) => readonly number[]} roundsOf
 * @returns {T | undefined} undefined when there are none
 */
export function better(settings, roundsOf) {
  return settings.toSorted((a, b) => median(roundsOf(a)) - median(roundsOf(b)))[0]
}
