import type { Session } from '../runtime/session'
import type { ShardPool } from '../runtime/shardPool'

/** Below this many milliseconds a step is too short to share: waking threads costs more. */
const TOO_SHORT = 0.1
/** Changing over must save this much of a step. */
const WORTH_IT = 0.9
/** Measurements before the first step. */
const MEASUREMENTS = 2
/** Steps that are remembered, and steps of a trial (the first is not counted). */
const RECENT = 9
const TRIAL = 6
/** A trial of the other way comes after this many milliseconds of training and at least this many steps. */
const TRIAL_EVERY = 3000
const TRIAL_EVERY_STEPS = 60

/**
 * Decides whether a run uses one thread or all, by what a step costs: measured before the first step, and tried again now and then,
 * because other programs come and go. Which way it goes changes no digit of the run.
 */
export class ThreadGovernor {
  readonly #pool: ShardPool
  readonly #recent: number[] = []
  readonly #trial: number[] = []
  #trying = false
  #sinceTrial = 0
  #stepsSinceTrial = 0

  constructor(pool: ShardPool) {
    this.#pool = pool
  }

  /** Measures the first batch both ways; computes only, so that no weight moves. @param now milliseconds */
  start(session: Session, now: () => number): void {
    if (this.#pool.available === 1) return
    const job = session.loadBatch(1)
    const cost = (all: boolean) => {
      this.#pool.shareWork(all)
      // The first time binds the plan and lets V8 compile.
      this.#pool.run(job)
      let best = Number.POSITIVE_INFINITY
      for (let measurement = 0; measurement < MEASUREMENTS; measurement++) {
        const start = now()
        this.#pool.run(job)
        best = Math.min(best, now() - start)
      }
      return best
    }
    const alone = cost(false)
    this.#pool.shareWork(alone >= TOO_SHORT && cost(true) < alone * WORTH_IT)
  }

  /** After every step. @param milliseconds that it took, without looks at other data */
  stepped(milliseconds: number): void {
    if (this.#pool.available === 1) return
    if (this.#trying) this.#tried(milliseconds)
    else this.#worked(milliseconds)
  }

  #worked(milliseconds: number): void {
    this.#recent.push(milliseconds)
    if (this.#recent.length > RECENT) this.#recent.shift()
    this.#sinceTrial += milliseconds
    this.#stepsSinceTrial++
    if (this.#sinceTrial < TRIAL_EVERY || this.#stepsSinceTrial < TRIAL_EVERY_STEPS) return
    this.#sinceTrial = 0
    this.#stepsSinceTrial = 0
    if (this.#pool.threads === 1 && median(this.#recent) < TOO_SHORT) return
    this.#trying = true
    this.#pool.shareWork(this.#pool.threads === 1)
  }

  #tried(milliseconds: number): void {
    this.#trial.push(milliseconds)
    if (this.#trial.length < TRIAL) return
    this.#trying = false
    const other = median(this.#trial.slice(1))
    this.#trial.length = 0
    if (other < median(this.#recent) * WORTH_IT) this.#recent.length = 0
    else this.#pool.shareWork(this.#pool.threads === 1)
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
