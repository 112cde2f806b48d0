import type { EvaluationPoint } from '../../engine/telemetry/frame'
import { shortNumber } from './numbers'
import { slope } from './smoothing'

export interface Verdict {
  text: string
  tone: 'calm' | 'notice' | 'warning'
}

/** Evaluations that the answer looks at, and the change per epoch, relative to the loss, below which it counts as level. */
const RECENT = 4
const LEVEL = 0.003
/** Rise above the best, relative to it, that is more than noise. */
const WORSE = 0.01

/**
 * Answers "Is it still learning?" from the validation losses of the run so far. The pace is the slope of a straight line through
 * the last evaluations.
 */
export function learningVerdict(validation: readonly EvaluationPoint[], finished: boolean): Verdict {
  const latest = validation.at(-1)
  const first = validation[0]
  if (!latest || !first) {
    return finished
      ? { text: 'it ended before the first epoch did', tone: 'notice' }
      : { text: 'the first epoch is under way', tone: 'calm' }
  }
  if (validation.length < 2) return { text: 'too early to say', tone: 'calm' }
  const best = validation.reduce((a, b) => (b.loss < a.loss ? b : a))
  const size = Math.max(Math.abs(latest.loss), 1e-9)
  const sinceBest = validation.slice(validation.indexOf(best))
  if (sinceBest.length > 2 && latest.loss > best.loss + size * WORSE && gainPerEpoch(sinceBest) < 0) {
    if (best === first) return { text: 'no, it gets worse: try a smaller learning rate', tone: 'warning' }
    return finished
      ? { text: `no longer, it was best after epoch ${best.epoch}`, tone: 'calm' }
      : { text: `no, it was best after epoch ${best.epoch}`, tone: 'notice' }
  }
  const gain = gainPerEpoch(validation.slice(-RECENT))
  if (gain > size * LEVEL) {
    const pace = `${shortNumber(gain)} better per epoch`
    return finished ? { text: `yes, still ${pace} at the end`, tone: 'calm' } : { text: `yes, ${pace}`, tone: 'calm' }
  }
  return { text: `hardly, it has levelled off at ${shortNumber(latest.loss)}`, tone: 'calm' }
}

/** By how much the loss falls each epoch. */
function gainPerEpoch(points: readonly EvaluationPoint[]): number {
  return -slope(
    points.map((point) => point.epoch),
    points.map((point) => point.loss),
  )
}
