import type { GateStatistics } from '../../engine/telemetry/frame'
import type { Verdict } from './learningVerdict'
import { percent } from './numbers'

/** Share of stuck activations from which it is worth saying, and from which it is a warning. */
export const WORTH_SAYING = 0.05
const TOO_MANY = 0.9

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
