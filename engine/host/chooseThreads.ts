import type { Session } from '../runtime/session'
import type { ShardPool } from '../runtime/shardPool'

/** Below this many milliseconds a step is too short to share: waking threads costs more. */
const TOO_SHORT = 0.1
/** Sharing must save this much of a step to be worth a busy core. */
const WORTH_IT = 0.9
const MEASUREMENTS = 2

/**
 * Measures the first batch on one thread and on all, and lets the others go when they do not help. Computes only, so that no
 * weight moves; which way it goes changes no digit of the run.
 *
 * @param now milliseconds
 */
export async function chooseThreads(session: Session, pool: ShardPool, now: () => number): Promise<void> {
  if (pool.threads === 1) return
  const job = session.loadBatch(1)
  const fastest = (work: () => void) => {
    // The first time binds the plan and lets V8 compile.
    work()
    let best = Number.POSITIVE_INFINITY
    for (let measurement = 0; measurement < MEASUREMENTS; measurement++) {
      const start = now()
      work()
      best = Math.min(best, now() - start)
    }
    return best
  }
  const alone = fastest(() => pool.runAlone(job))
  const together = alone < TOO_SHORT ? alone : fastest(() => pool.run(job))
  if (together > alone * WORTH_IT) await pool.becomeSingle()
}
