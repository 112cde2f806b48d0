import type { GateStatistics } from '../../engine/telemetry/frame'
import type { Verdict } from './learningVerdict'
import { percent } from './numbers'

/** Share of stuck activations from which it is worth saying, and from which it is a warning. */
const WORTH_SAYING = 0.05
const TOO_MANY = 0.6

/** Answers "What do the gates do?": how many activations of which gate are stuck open (above 0.9) or shut (below 0.1). */
export function gatesVerdict(gates: readonly GateStatistics[]): Verdict {
  if (gates.length === 0) return { text: '', tone: 'calm' }
  let worst: { gate: string; share: number; word: string } | null = null
  for (const { gate, low, high } of gates) {
    if (!worst || high > worst.share) worst = { gate, share: high, word: 'stuck open' }
    if (low > worst.share) worst = { gate, share: low, word: 'stuck shut' }
  }
  if (!worst || worst.share < WORTH_SAYING) return { text: 'all of them move freely', tone: 'calm' }
  return {
    text: `${percent(worst.share)} of ${worst.gate} gates ${worst.word}`,
    tone: worst.share > TOO_MANY ? 'notice' : 'calm',
  }
}

/**
 * The activation below which the share `q` lies, read from the two known points of the distribution (share below 0.1, share above
 * 0.9) and straight lines between them.
 */
export function quantileFromShares(low: number, high: number, q: number): number {
  const known = [
    { at: 0, share: 0 },
    { at: 0.1, share: low },
    { at: 0.9, share: 1 - high },
    { at: 1, share: 1 },
  ]
  for (let index = 1; index < known.length; index += 1) {
    const left = known[index - 1]
    const right = known[index]
    if (!left || !right || q > right.share) continue
    if (right.share - left.share < 1e-9) return (left.at + right.at) / 2
    return left.at + ((q - left.share) / (right.share - left.share)) * (right.at - left.at)
  }
  return 1
}
